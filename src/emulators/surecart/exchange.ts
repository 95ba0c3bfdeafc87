import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Payload, readExpansion, render } from './expand.js';
import { isTrue } from './input.js';
import { NotFound, tooManyRequests } from './refusals.js';
import type { AnyRecord, ObjectName, RecordOf } from './store.js';
import type { SureCartWorld } from './world.js';

/** One authenticated request. */
export interface Exchange {
  readonly world: SureCartWorld;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly reply: FastifyReply;
  /** A part of the path. */
  part(name: string): string;
  isAsked(flag: string): boolean;
  /** The record with what the request wants expanded. */
  show(record: AnyRecord): Payload;
  /** The record of the path's `:id`, or 404. */
  target<Name extends ObjectName>(object: Name): RecordOf<Name>;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
const MINUTE_MS = 60_000;

export class Endpoints {
  constructor(
    readonly app: FastifyInstance,
    readonly world: SureCartWorld,
  ) {}

  on(method: Method, path: string, answer: (exchange: Exchange) => unknown): void {
    const { world } = this;
    this.app.route<{ Params: Record<string, string> }>({
      method,
      url: `/v1${path}`,
      handler: (request, reply) => {
        const query = new URL(request.url, 'http://localhost').searchParams;
        const part = (name: string) => request.params[name] ?? '';
        return answer({
          world,
          query,
          body: request.body,
          reply,
          part,
          isAsked: (flag) => isTrue(query.get(flag)),
          show: (record) => render(world, record, readExpansion(world, query)),
          target: (object) => find(world, object, part('id')),
        });
      },
    });
  }

  /** An endpoint of the group that may notify people or call third parties. */
  sensitive(method: Method, path: string, answer: (exchange: Exchange) => unknown): void {
    this.on(method, path, (exchange) => {
      const isCounted = !exchange.isAsked('preview') || this.world.switches.get('sensitivePreview');
      if (isCounted) countSensitive(this.world);
      return answer(exchange);
    });
  }
}

/** The record, or the not-found answer. */
export function find<Name extends ObjectName>({ store }: SureCartWorld, object: Name, id: string): RecordOf<Name> {
  const record = store.tables[object].get(id);
  if (record === undefined) throw new NotFound(object);
  return record;
}

function countSensitive({ switches, store, clock }: SureCartWorld): void {
  const limit = switches.get('sensitiveLimit');
  const isAdmitted = limit <= 0 || store.rates.admits('sensitive', limit, MINUTE_MS, clock.now().getTime());
  if (!isAdmitted) throw tooManyRequests();
}
