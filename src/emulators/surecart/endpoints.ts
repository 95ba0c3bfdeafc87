import type { FastifyInstance } from 'fastify';
import { type Call, Endpoints, type MisbehaviourRules } from '../kit/endpoints.js';
import { isTrue } from '../kit/input.js';
import { WriteGate } from '../kit/write-gate.js';
import { authenticate } from './authentication.js';
import type { SureCartContext } from './context.js';
import { type Payload, readExpansion, render } from './payloads.js';
import { countSensitive } from './rate-limit.js';
import { notFound } from './refusals.js';
import type { AnyRecord, ObjectName, RecordOf } from './store.js';

/** One authenticated request. */
export interface Exchange extends Call {
  readonly context: SureCartContext;
  isAsked(flag: string): boolean;
  /** Renders the record with what the request wants expanded. */
  show(record: AnyRecord): Payload;
  /** Returns the record of the path's `:id`, or refuses with 404. */
  target<Name extends ObjectName>(object: Name): RecordOf<Name>;
}

/** Endpoints that may notify people or call third parties have a limit of their own. */
export type Access = 'sensitive';

export type SureCartEndpoints = Endpoints<Exchange, Access>;

export function createEndpoints(
  app: FastifyInstance,
  context: SureCartContext,
  misbehaviour: MisbehaviourRules<Exchange>,
): SureCartEndpoints {
  return new Endpoints<Exchange, Access>(app, {
    prefix: '/v1',
    context,
    ...misbehaviour,
    writes: new WriteGate(),
    authenticate(call, access) {
      authenticate(call.headers, context.store.token);
      const exchange: Exchange = {
        ...call,
        context,
        isAsked: (flag) => isTrue(call.query.get(flag)),
        show: (record) => render(context, record, readExpansion(context, call.query)),
        target: (object) => find(context, object, call.part('id')),
      };
      if (access === 'sensitive' && (!isPreview(exchange) || context.switches.get('sensitivePreview'))) {
        countSensitive(context);
      }
      return exchange;
    },
  });
}

export function isPreview({ isAsked }: Exchange): boolean {
  return isAsked('preview');
}

/** Returns the record, or throws the not-found answer. */
export function find<Name extends ObjectName>({ store }: SureCartContext, object: Name, id: string): RecordOf<Name> {
  const record = store.tables[object].get(id);
  if (record === undefined) throw notFound(object);
  return record;
}
