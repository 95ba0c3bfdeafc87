import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Access, authenticate, authorise, type Caller } from './authentication.js';
import { Body } from './input.js';
import { authenticationFailed } from './refusals.js';
import type { OrdergrooveWorld } from './world.js';
import { WriteGate } from './write-gate.js';

/** One authenticated request. */
export interface Exchange {
  readonly world: OrdergrooveWorld;
  readonly caller: Caller;
  readonly url: URL;
  readonly query: URLSearchParams;
  readonly body: Body;
  readonly usesCursor: boolean;
  readonly reply: FastifyReply;
  /** A part of the path. */
  part(name: string): string;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** Registers endpoints with the access each one's reference page states. */
export class Endpoints {
  readonly #gate = new WriteGate();

  constructor(
    readonly app: FastifyInstance,
    private readonly world: OrdergrooveWorld,
  ) {}

  read(path: string, access: Access, answer: (exchange: Exchange) => unknown): void {
    this.#route('GET', path, access, answer);
  }

  /** A read by POST. */
  ask(path: string, access: Access, answer: (exchange: Exchange) => unknown): void {
    this.#route('POST', path, access, answer);
  }

  /** `ordersOf` names the orders the write would change, so that overlapping ones can be told. */
  write(
    method: Exclude<Method, 'GET'>,
    path: string,
    access: Access,
    ordersOf: (exchange: Exchange) => readonly string[],
    answer: (exchange: Exchange) => unknown,
  ): void {
    this.#route(method, path, access, (exchange) =>
      this.#gate.run(this.world.switches, ordersOf(exchange), () => answer(exchange)),
    );
  }

  #route(method: Method, path: string, access: Access, answer: (exchange: Exchange) => unknown): void {
    this.app.route<{ Params: Record<string, string> }>({
      method,
      url: path,
      handler: async (request, reply) => {
        const caller = authenticate(request.headers, this.world.store.merchant, this.world.clock.now());
        authorise(caller, access);
        const url = new URL(request.url, `http://${request.host}`);
        return answer({
          world: this.world,
          caller,
          url,
          query: url.searchParams,
          body: new Body(request.body),
          usesCursor: request.headers['x-og-api-version'] === '2',
          reply,
          part: (name) => partOf(request, name),
        });
      },
    });
  }
}

/** Storefront scope sees its own customer alone. */
export function maySee(caller: Caller, customer: string | undefined): boolean {
  return caller.scope === 'application' || caller.customer === customer;
}

/** Some fields of open endpoints are for the application scope only. */
export function requireApplication(caller: Caller): void {
  if (caller.scope !== 'application') throw authenticationFailed();
}

function partOf(request: FastifyRequest<{ Params: Record<string, string> }>, name: string): string {
  return request.params[name] ?? '';
}
