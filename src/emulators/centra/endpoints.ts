import type { FastifyInstance } from 'fastify';
import { type Call, Endpoints, type MisbehaviourRules } from '../kit/endpoints.js';
import type { Input } from '../kit/input.js';
import { WriteGate } from '../kit/write-gate.js';
import { isServerCall, requireOrigin, sessionTokenIn } from './authentication.js';
import type { CentraContext } from './context.js';
import { bodyInput } from './input.js';
import { phpJson } from './php-json.js';
import type { CustomerRecord, Dialect, SelectionRecord, SessionRecord } from './records.js';
import { accessDenied, CentraRefusal, notFound } from './refusals.js';
import { rotate, sessionOf } from './sessions.js';

export const BASES: Readonly<Record<Dialect, string>> = { checkout: '/api/checkout', shop: '/api/shop' };

export interface Reply {
  readonly status?: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** One call of either API. */
export class Exchange {
  constructor(
    readonly context: CentraContext,
    readonly dialect: Dialect,
    private readonly call: Call,
    /** Shop API has none, and neither has a call with the token `none`. */
    readonly session: SessionRecord | null,
    readonly isServer: boolean,
  ) {}

  get method(): string {
    return this.call.method;
  }

  get misbehaviour(): Call['misbehaviour'] {
    return this.call.misbehaviour;
  }

  get reply(): Call['reply'] {
    return this.call.reply;
  }

  get fields(): Input {
    return bodyInput(this.call.body);
  }

  part(name: string): string {
    return this.call.part(name);
  }

  /** The basket of the session, or the one in the path. */
  get selection(): SelectionRecord {
    const id = this.dialect === 'shop' ? this.part('selection') : this.session?.selection;
    const selection = this.context.store.selections.get(id);
    if (!selection) throw notFound('selection');
    return selection;
  }

  /** The customer who is logged in, or the one in the path. */
  get customer(): CustomerRecord {
    const { customers } = this.context.store;
    if (this.dialect === 'checkout') {
      const email = this.session?.customer ?? null;
      if (email === null) throw accessDenied();
      return customers.existing(email);
    }
    const customer = customers.get(this.part('email')) ?? customers.get(this.fields.optionalText('customer'));
    if (!customer) throw notFound('customer');
    return customer;
  }
}

export type CentraEndpoints = Endpoints<Exchange>;

/** Creates the endpoints of one API with its authentication and its envelope. */
export function createEndpoints(
  app: FastifyInstance,
  context: CentraContext,
  dialect: Dialect,
  misbehaviour: MisbehaviourRules<Exchange>,
): CentraEndpoints {
  const { switches } = context;
  return new Endpoints<Exchange>(app, {
    prefix: BASES[dialect],
    context,
    ...misbehaviour,
    // Overlapping writes really overlap: each is there at once and answers later.
    writes: new WriteGate({ durationMs: () => switches.get('writeDurationMs'), appliesFirst: true }),
    authenticate(call) {
      call.reply.header('date', context.clock.now().toUTCString());
      const correlation = call.headers['x-correlation-id'];
      if (typeof correlation === 'string') call.reply.header('x-correlation-id', correlation);
      const isServer = isServerCall(call.headers);
      if (dialect === 'shop') {
        if (!isServer) throw new CentraRefusal(401, { authorization: 'missing' });
        return new Exchange(context, dialect, call, null, isServer);
      }
      if (!isServer && switches.get('checkOrigin')) requireOrigin(call.headers);
      const token = sessionTokenIn(call.headers);
      return new Exchange(context, dialect, call, token === 'none' ? null : sessionOf(context, token), isServer);
    },
    send({ reply, session }, answer) {
      const { status = 200, body } = isReply(answer) ? answer : { body: {} };
      return reply
        .code(status)
        .type('application/json')
        .send(phpJson({ ...tokenIn(context, dialect, session), ...body }));
    },
    refuse: (call, { status, body }, exchange) =>
      call.reply.code(status).send({ ...tokenIn(context, dialect, exchange?.session ?? null), ...Object(body) }),
  });
}

function isReply(answer: unknown): answer is Reply {
  return typeof answer === 'object' && answer !== null && 'body' in answer;
}

/** Returns what every body of Checkout API carries: the token, and with a customer who is logged in, who that is. */
function tokenIn(context: CentraContext, dialect: Dialect, session: SessionRecord | null): Record<string, unknown> {
  if (dialect === 'shop') return {};
  if (session === null) return { token: null };
  const rotation = context.switches.get('rotateTokens');
  if (rotation !== 'never') rotate(context, session, rotation === 'keep-old');
  const customer = context.store.customers.get(session.customer);
  const loggedIn = customer && { email: customer.email, firstName: customer.firstName, lastName: customer.lastName };
  return { token: session.token, ...(loggedIn && { loggedIn }) };
}
