import type { FastifyInstance } from 'fastify';
import { type Call, Endpoints, type MisbehaviourRules } from '../kit/endpoints.js';
import type { Input } from '../kit/input.js';
import { WriteGate } from '../kit/write-gate.js';
import { authenticate } from './authentication.js';
import type { AppstleContext } from './context.js';
import { queryInput } from './input.js';
import { writeJson } from './json-text.js';
import type { ShopRecord } from './records.js';
import { contractChanged, rateLimited, tooManyWrites, userError } from './refusals.js';

export const API_ROOT = '/api/external/v2';

/** One authenticated request. */
export interface Exchange extends Call {
  readonly context: AppstleContext;
  readonly shop: ShopRecord;
  /** The query: PUT and DELETE take their input there, not in a body. */
  readonly parameters: Input;
}

export type AppstleEndpoints = Endpoints<Exchange>;

/** Where a write names its contract. */
type ContractIn = (exchange: Exchange) => string | null;

export function createEndpoints(
  app: FastifyInstance,
  context: AppstleContext,
  misbehaviour: MisbehaviourRules<Exchange>,
): AppstleEndpoints {
  const { switches } = context;
  return new Endpoints<Exchange>(app, {
    prefix: `${API_ROOT}/`,
    context,
    ...misbehaviour,
    // Of two writes that meet on one contract the later one fails; too many at once fail as well.
    writes: new WriteGate({
      admit(running) {
        const limit = switches.get('concurrentWrites');
        if (limit > 0 && running >= limit) throw tooManyWrites();
        if (switches.get('billingLock'))
          throw userError('A billing operation is already in progress for this contract.');
      },
      conflict: contractChanged,
      durationMs: () => switches.get('writeDurationMs'),
    }),
    authenticate(call) {
      const { store } = context;
      const shop = authenticate(call.headers, call.query, store);
      if (!store.requestRate.take(shop.domain, switches.get('requestsPerSecond'), Date.now())) throw rateLimited();
      return { ...call, context, shop, parameters: queryInput(call.query) };
    },
    send: (exchange, answer) =>
      exchange.method === 'GET'
        ? exchange.reply.type('application/json').send(writeJson(answer))
        : sendSuccess(exchange, answer),
  });
}

/** Describes a route whose writes lock the contract they name. */
export function onContract(
  path: string,
  contractOf: ContractIn = ({ parameters }) => parameters.optionalText('contractId'),
) {
  return { path, locks: (exchange: Exchange) => [contractOf(exchange) ?? []].flat() };
}

/** Sends the result of a successful write. Some writes always have an empty body, the others now and then. */
function sendSuccess({ context, reply }: Exchange, value: unknown): unknown {
  const body = context.switches.get('successBody');
  if (value === undefined || body === 'empty204') return reply.code(204).send();
  if (body === 'empty200') return reply.code(200).send('');
  return reply.type('application/json').send(writeJson(value));
}
