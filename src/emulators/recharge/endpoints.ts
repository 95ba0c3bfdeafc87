import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { type Call, Endpoints, type MisbehaviourRules } from '../kit/endpoints.js';
import { type Input, isTrue } from '../kit/input.js';
import { WriteGate } from '../kit/write-gate.js';
import { type Access, authenticate, authorize, type Version, versionIn } from './authentication.js';
import type { RechargeContext } from './context.js';
import { bodyInput } from './input.js';
import { toOldShape } from './payloads.js';
import type { TokenRecord } from './records.js';
import { inProgress, tooManyRequests } from './refusals.js';

/** One authenticated request. */
export interface Exchange extends Call {
  readonly context: RechargeContext;
  readonly token: TokenRecord;
  readonly version: Version;
  readonly input: Input;
}

export type RechargeEndpoints = Endpoints<Exchange, Access>;

export function createEndpoints(
  app: FastifyInstance,
  context: RechargeContext,
  misbehaviour: MisbehaviourRules<Exchange>,
): RechargeEndpoints {
  return new Endpoints<Exchange, Access>(app, {
    context,
    ...misbehaviour,
    // Two edits under one address at once: the later one is refused.
    writes: new WriteGate({ conflict: inProgress, durationMs: () => context.switches.get('writeDurationMs') }),
    authenticate(call, access = []) {
      const { store, switches } = context;
      const { headers, reply } = call;
      const size = switches.get('bucketSize');
      const caller = String(headers['x-recharge-access-token']);
      const isWithin = store.bucket.take(caller, size, Date.now());
      reply.header('x-request-id', randomUUID());
      reply.header('x-recharge-limit', `${Math.ceil(store.bucket.level(caller, Date.now()))}/${size}`);
      const version = versionIn(headers);
      reply.header('x-recharge-version', version);
      const token = authenticate(context, headers);
      if (!isWithin) {
        if (switches.get('retryAfter')) reply.header('retry-after', '1');
        throw tooManyRequests();
      }
      authorize(context, token, access);
      return { ...call, context, token, version, input: bodyInput(call.body) };
    },
    send({ context: { switches }, method, version, reply, url }, answer) {
      if (answer === undefined) return switches.get('deleteAnswer') === 'empty204' ? reply.code(204).send() : {};
      if (method === 'POST') reply.code(201);
      // The search has a format of its own, whatever the version.
      return version === '2021-01' && url.pathname !== '/product_search' ? toOldShape(answer) : answer;
    },
  });
}

/** Describes a write that changes what an address owes, and locks that address. */
export function onAddress(path: string, access: Access, addressOf: (exchange: Exchange) => number | null) {
  return {
    path,
    access,
    locks: (exchange: Exchange) => {
      const address = addressOf(exchange);
      return address === null ? [] : [`address ${address}`];
    },
  };
}

/** Whether the answer waits for the rebuild, as `commit=true` asks. */
export function isCommitted({ query }: Exchange): boolean {
  return isTrue(query.get('commit'));
}

/** Reads the id in the path; NaN is no record's. */
export function idIn(exchange: Exchange): number {
  return Number(exchange.part('id'));
}
