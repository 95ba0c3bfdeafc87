import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from './refusal.js';
import type { WriteGate } from './write-gate.js';

type WriteMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Method = WriteMethod | 'GET';

/** One request, before it is known who calls. */
export interface Call {
  readonly method: string;
  readonly headers: FastifyRequest['headers'];
  readonly url: URL;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly reply: FastifyReply;
  /** A part of the path by its name. */
  part(name: string): string;
}

/** A path alone, or with who may call it and what a write to it locks. */
export type Route<Exchange, Access> =
  | string
  | {
      readonly path: string;
      readonly access?: Access;
      locks?(exchange: Exchange): readonly string[];
      /** Whether this request changes nothing although its endpoint writes. */
      isDryRun?(exchange: Exchange): boolean;
    };

/** What the endpoints of one API have in common. */
export interface EndpointRules<Exchange, Access> {
  readonly prefix?: string;
  readonly writes: WriteGate;
  /** Authenticates the caller and returns what handlers work on; throws the refusal of who may not call. */
  authenticate(call: Call, access: Access | undefined): Exchange;
  /** Sends what a handler returned, as JSON when absent. */
  send?(exchange: Exchange, answer: unknown): unknown;
  /** Sends a refusal where it depends on the caller; `exchange` is null when authentication failed. */
  refuse?(call: Call, refusal: Refusal, exchange: Exchange | null): unknown;
}

type Answer<Exchange> = (exchange: Exchange) => unknown;

/** Registers endpoints. Each request is authenticated, becomes an exchange, is answered and sent; writes pass the gate. */
export class Endpoints<Exchange, Access = never> {
  constructor(
    private readonly app: FastifyInstance,
    private readonly rules: EndpointRules<Exchange, Access>,
  ) {}

  read(route: Route<Exchange, Access>, answer: Answer<Exchange>): void {
    this.#register('GET', route, answer);
  }

  /** A read with another method than GET. */
  query(method: WriteMethod, route: Route<Exchange, Access>, answer: Answer<Exchange>): void {
    this.#register(method, route, answer);
  }

  write(method: WriteMethod | WriteMethod[], route: Route<Exchange, Access>, answer: Answer<Exchange>): void {
    const { locks, isDryRun } = typeof route === 'string' ? {} : route;
    this.#register(method, route, (exchange) => {
      if (isDryRun?.(exchange) === true) return answer(exchange);
      return this.rules.writes.run({ locks: locks?.(exchange) ?? [], apply: () => answer(exchange) });
    });
  }

  #register(method: Method | Method[], route: Route<Exchange, Access>, answer: Answer<Exchange>): void {
    const { path, access } = typeof route === 'string' ? { path: route, access: undefined } : route;
    this.app.route<{ Params: Record<string, string> }>({
      method,
      url: (this.rules.prefix ?? '') + path,
      handler: (request, reply) => this.#handle(callOf(request, reply), access, answer),
    });
  }

  async #handle(call: Call, access: Access | undefined, answer: Answer<Exchange>): Promise<unknown> {
    const { rules } = this;
    let exchange: Exchange | null = null;
    try {
      exchange = rules.authenticate(call, access);
      const result = await answer(exchange);
      return rules.send ? await rules.send(exchange, result) : result;
    } catch (error) {
      if (!(error instanceof Refusal) || !rules.refuse) throw error;
      return rules.refuse(call, error, exchange);
    }
  }
}

function callOf(request: FastifyRequest<{ Params: Record<string, string> }>, reply: FastifyReply): Call {
  const url = new URL(request.url, `http://${request.host}`);
  return {
    method: request.method,
    headers: request.headers,
    url,
    query: url.searchParams,
    body: request.body,
    reply,
    part: (name) => request.params[name] ?? '',
  };
}
