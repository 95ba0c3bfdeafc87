import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { allowedOrigins, isServerCall, sessionTokenIn } from './credentials.js';
import { Fields } from './fields.js';
import { phpJson } from './php-json.js';
import { accessDenied, notFound, Refusal } from './refusals.js';
import type { CustomerRecord, SelectionRecord, SessionRecord } from './records.js';
import { rotate, sessionOf } from './sessions.js';
import { known } from './store.js';
import type { CentraWorld } from './world.js';

/** Checkout API speaks for one session; Shop API for any selection or customer its path names. */
export type Dialect = 'checkout' | 'shop';

export const BASES: Readonly<Record<Dialect, string>> = { checkout: '/api/checkout', shop: '/api/shop' };

export interface Reply {
  readonly status?: number;
  readonly body: Readonly<Record<string, unknown>>;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type PathRequest = FastifyRequest<{ Params: Record<string, string> }>;

/** One call of either API. */
export class Exchange {
  readonly fields: Fields;

  constructor(
    readonly world: CentraWorld,
    readonly dialect: Dialect,
    private readonly request: PathRequest,
    /** Shop API has none, and neither has a call with the token `none`. */
    readonly session: SessionRecord | null,
    readonly isServer: boolean,
  ) {
    this.fields = new Fields(request.body);
  }

  get method(): string {
    return this.request.method;
  }

  part(name: string): string {
    return this.request.params[name] ?? '';
  }

  /** The basket of the session, or the one in the path. */
  get selection(): SelectionRecord {
    const id = this.dialect === 'shop' ? this.part('selection') : (this.session?.selection ?? '');
    const selection = this.world.store.selections.get(id);
    if (!selection) throw notFound('selection');
    return selection;
  }

  /** The customer who is logged in, or the one in the path. */
  get customer(): CustomerRecord {
    const { customers } = this.world.store;
    if (this.dialect === 'checkout') {
      const email = this.session?.customer ?? null;
      if (email === null) throw accessDenied();
      return known(customers.get(email), `customer ${email}`);
    }
    const customer = customers.get(this.part('email')) ?? customers.get(this.fields.optionalText('customer') ?? '');
    if (!customer) throw notFound('customer');
    return customer;
  }
}

/** Registers the endpoints of one API with its authentication and its envelope. */
export class Api {
  constructor(
    private readonly app: FastifyInstance,
    readonly world: CentraWorld,
    readonly dialect: Dialect,
  ) {}

  route(
    method: Method | readonly Method[],
    path: string,
    answer: (exchange: Exchange) => Reply | Promise<Reply>,
  ): void {
    this.app.route<{ Params: Record<string, string> }>({
      method: [method].flat(),
      url: BASES[this.dialect] + path,
      handler: (request, reply) => this.#handle(request, reply, answer),
    });
  }

  async #handle(
    request: PathRequest,
    reply: FastifyReply,
    answer: (exchange: Exchange) => Reply | Promise<Reply>,
  ): Promise<unknown> {
    const { world, dialect } = this;
    reply.header('date', world.clock.now().toUTCString());
    const correlation = request.headers['x-correlation-id'];
    if (typeof correlation === 'string') reply.header('x-correlation-id', correlation);
    let session: SessionRecord | null = null;
    try {
      const isServer = isServerCall(request.headers);
      if (dialect === 'shop' && !isServer) throw new Refusal(401, { authorization: 'missing' });
      if (dialect === 'checkout') {
        if (!isServer) this.#checkOrigin(request);
        const token = sessionTokenIn(request.headers);
        session = token === 'none' ? null : sessionOf(world, token);
      }
      const { status = 200, body } = await answer(new Exchange(world, dialect, request, session, isServer));
      return await reply
        .code(status)
        .type('application/json')
        .send(phpJson({ ...this.#token(session), ...body }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return reply.code(error.status).send({ ...this.#token(session), ...error.more, errors: error.errors });
    }
  }

  /** Every body carries the token, and with a customer who is logged in, who that is. */
  #token(session: SessionRecord | null): Record<string, unknown> {
    if (this.dialect === 'shop') return {};
    if (session === null) return { token: null };
    const rotation = this.world.switches.get('rotateTokens');
    if (rotation !== 'never') rotate(this.world, session, rotation === 'keep-old');
    const customer = this.world.store.customers.get(session.customer ?? '');
    const loggedIn = customer && { email: customer.email, firstName: customer.firstName, lastName: customer.lastName };
    return { token: session.token, ...(loggedIn && { loggedIn }) };
  }

  #checkOrigin({ headers: { origin } }: FastifyRequest): void {
    const isAllowed = allowedOrigins.length === 0 || (origin !== undefined && allowedOrigins.includes(origin));
    if (this.world.switches.get('checkOrigin') && !isAllowed) throw new Refusal(401, { origin: 'not allowed' });
  }
}

/** Writes take a while in reality; overlapping ones then really overlap. */
export async function takeTime({ switches }: CentraWorld): Promise<void> {
  const milliseconds = switches.get('writeDurationMs');
  if (milliseconds > 0) await sleep(milliseconds);
}
