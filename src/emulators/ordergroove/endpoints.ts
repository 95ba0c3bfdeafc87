import type { FastifyInstance } from 'fastify';
import { type Call, Endpoints, type MisbehaviourRules } from '../kit/endpoints.js';
import type { Input } from '../kit/input.js';
import { WriteGate } from '../kit/write-gate.js';
import { type Access, authenticate, authorise, type Caller } from './authentication.js';
import type { OrdergrooveContext } from './context.js';
import { bodyInput } from './input.js';
import { authenticationFailed, resourceInUse } from './refusals.js';

/** One authenticated request. */
export interface Exchange extends Omit<Call, 'body'> {
  readonly context: OrdergrooveContext;
  readonly caller: Caller;
  readonly body: Input;
  /** `X-OG-API-VERSION: 2`. https://developer.ordergroove.com/api-reference/cursor-pagination */
  readonly usesCursor: boolean;
}

export type OrdergrooveEndpoints = Endpoints<Exchange, Access>;

export function createEndpoints(
  app: FastifyInstance,
  context: OrdergrooveContext,
  misbehaviour: MisbehaviourRules<Exchange>,
): OrdergrooveEndpoints {
  const { switches } = context;
  return new Endpoints<Exchange, Access>(app, {
    context,
    ...misbehaviour,
    writes: new WriteGate({
      conflict: () => (switches.get('serializeWrites') ? resourceInUse() : null),
      durationMs: () => switches.get('writeDurationMs'),
    }),
    authenticate: (call, access = 'application') => {
      const caller = authenticate(call.headers, context.store.merchant, context.clock.now());
      authorise(caller, access);
      const usesCursor = call.headers['x-og-api-version'] === '2';
      return { ...call, context, caller, body: bodyInput(call.body), usesCursor };
    },
  });
}

/** Whether a caller may see what belongs to a customer. Storefront scope sees its own customer alone. */
export function maySee(caller: Caller, customer: string | undefined): boolean {
  return caller.scope === 'application' || caller.customer === customer;
}

/** Refuses a caller without the application scope. Some fields of open endpoints are for that scope only. */
export function requireApplication(caller: Caller): void {
  if (caller.scope !== 'application') throw authenticationFailed();
}
