import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { authenticate } from './authentication.js';
import { writeJson } from './json-text.js';
import { Parameters } from './parameters.js';
import { RateLimit } from './rate-limit.js';
import type { ShopRecord } from './records.js';
import { WriteGate } from './write-gate.js';
import type { AppstleWorld } from './world.js';

export const API_ROOT = '/api/external/v2';

/** One authenticated request. */
export interface Exchange {
  readonly world: AppstleWorld;
  readonly shop: ShopRecord;
  readonly parameters: Parameters;
  readonly body: unknown;
  readonly reply: FastifyReply;
  /** A part of the path. */
  part(name: string): string;
}

type WriteMethod = 'PUT' | 'POST' | 'DELETE';

/** Where the contract of a write is named, so that overlapping ones can be told. */
export type ContractIn = (exchange: Exchange) => string | null;

/** Registers endpoints of the admin API. */
export class Endpoints {
  readonly #gate = new WriteGate();
  readonly #limit = new RateLimit();

  constructor(
    readonly app: FastifyInstance,
    readonly world: AppstleWorld,
  ) {}

  read(path: string, answer: (exchange: Exchange) => unknown): void {
    this.#route('GET', path, (exchange) => sendJson(exchange.reply, answer(exchange)));
  }

  write(
    method: WriteMethod,
    path: string,
    answer: (exchange: Exchange) => unknown,
    contractOf: ContractIn = ({ parameters }) => parameters.optional('contractId'),
  ): void {
    this.#route(method, path, async (exchange) => {
      const contract = contractOf(exchange);
      const result = await this.#gate.run(this.world.switches, contract, () => answer(exchange));
      return sendSuccess(exchange, result);
    });
  }

  #route(method: WriteMethod | 'GET', path: string, answer: (exchange: Exchange) => unknown): void {
    this.app.route<{ Params: Record<string, string> }>({
      method,
      url: `${API_ROOT}/${path}`,
      handler: async (request, reply) => {
        const { world } = this;
        const { searchParams } = new URL(request.url, 'http://emulator');
        const shop = authenticate(request.headers, searchParams, world.store);
        this.#limit.count(shop.domain, world.switches);
        const parameters = new Parameters(searchParams);
        return answer({ world, shop, parameters, body: request.body, reply, part: (name) => partOf(request, name) });
      },
    });
  }
}

export function sendJson(reply: FastifyReply, value: unknown): FastifyReply {
  return reply.type('application/json').send(writeJson(value));
}

/** Successes come with an empty body now and then; some always do. */
function sendSuccess({ world, reply }: Exchange, value: unknown): FastifyReply {
  const body = world.switches.get('successBody');
  if (value === undefined || body === 'empty204') return reply.code(204).send();
  if (body === 'empty200') return reply.code(200).send('');
  return sendJson(reply, value);
}

function partOf(request: FastifyRequest<{ Params: Record<string, string> }>, name: string): string {
  return request.params[name] ?? '';
}
