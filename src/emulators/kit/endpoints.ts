import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { EmulatorContext } from './context.js';
import { misbehaviourFor } from './fault-hooks.js';
import { AnswerLost, loseAnswer, runWrite } from './misbehaving-write.js';
import type { Deeds, Misbehaviour, MisbehaviourKind } from './misbehaviours.js';
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
  /** What was scripted for this request; null mostly. */
  readonly misbehaviour: Misbehaviour | null;
  /** Returns a part of the path by its name. */
  part(name: string): string;
}

/** Whether a handler is to do it this way. */
export function misbehaves({ misbehaviour }: Pick<Call, 'misbehaviour'>, kind: MisbehaviourKind): boolean {
  return misbehaviour?.kind === kind;
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

/** What a provider does of the misbehaviours the kit cannot do by itself. */
export interface MisbehaviourRules<Exchange> {
  /** Makes another request of one that meets a misbehaviour. */
  amend?(call: Call, misbehaviour: Misbehaviour): Call;
  /** What becomes of the books around a write that meets one. */
  readonly deeds?: Deeds<Exchange>;
}

/** What the endpoints of one API have in common. */
export interface EndpointRules<Exchange, Access> extends MisbehaviourRules<Exchange> {
  readonly prefix?: string;
  readonly context: Pick<EmulatorContext<unknown>, 'deferred' | 'staleReads' | 'writes' | 'store'>;
  readonly writes: WriteGate;
  /** Authenticates the caller and returns what handlers work on; throws the refusal of who may not call. */
  authenticate(call: Call, access: Access | undefined): Exchange;
  /** Sends what a handler returned, as JSON when absent. */
  send?(exchange: Exchange, answer: unknown): unknown;
  /** Sends a refusal where it depends on the caller; `exchange` is null when authentication failed. */
  refuse?(call: Call, refusal: Refusal, exchange: Exchange | null): unknown;
}

type Answer<Exchange> = (exchange: Exchange) => unknown;
type Handle<Exchange> = (exchange: Exchange, call: Call) => unknown;

/** Registers endpoints. Each request is authenticated, becomes an exchange, is answered and sent; writes pass the gate. */
export class Endpoints<Exchange, Access = never> {
  constructor(
    private readonly app: FastifyInstance,
    private readonly rules: EndpointRules<Exchange, Access>,
  ) {}

  read(route: Route<Exchange, Access>, answer: Answer<Exchange>): void {
    this.query('GET', route, answer);
  }

  /** Registers a read with another method than GET. */
  query(method: Method, route: Route<Exchange, Access>, answer: Answer<Exchange>): void {
    this.#register(method, route, (exchange) => this.rules.context.staleReads.read(() => answer(exchange)));
  }

  write(method: WriteMethod | WriteMethod[], route: Route<Exchange, Access>, answer: Answer<Exchange>): void {
    const { locks, isDryRun } = typeof route === 'string' ? {} : route;
    this.#register(method, route, (exchange, asked) => {
      if (isDryRun?.(exchange) === true) return answer(exchange);
      const { misbehaviour, reply } = asked;
      const log = this.#begin(asked);
      const apply = () => log(() => answer(exchange), reply);
      const write = { locks: locks?.(exchange) ?? [], apply };
      return misbehaviour ? runWrite(this.rules, misbehaviour, exchange, write) : this.rules.writes.run(write);
    });
  }

  #begin({ method, url, query, body }: Call) {
    const { writes } = this.rules.context;
    return writes.begin({ method, path: url.pathname, query: Object.fromEntries(query), body: body ?? null });
  }

  #register(method: Method | Method[], route: Route<Exchange, Access>, handle: Handle<Exchange>): void {
    const { path, access } = typeof route === 'string' ? { path: route, access: undefined } : route;
    this.app.route<{ Params: Record<string, string> }>({
      method,
      url: (this.rules.prefix ?? '') + path,
      handler: (request, reply) => this.#handle(callOf(request, reply), access, handle),
    });
  }

  async #handle(asked: Call, access: Access | undefined, handle: Handle<Exchange>): Promise<unknown> {
    const { rules } = this;
    const call = (asked.misbehaviour && rules.amend?.(asked, asked.misbehaviour)) ?? asked;
    let exchange: Exchange | null = null;
    try {
      exchange = rules.authenticate(call, access);
      const result = await handle(exchange, asked);
      return rules.send ? await rules.send(exchange, result) : result;
    } catch (error) {
      if (error instanceof AnswerLost) return loseAnswer(call.reply, error);
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
    misbehaviour: misbehaviourFor(request),
    part: (name) => request.params[name] ?? '',
  };
}
