import type { FastifyInstance, FastifyReply } from 'fastify';
import type { CentraContext } from '../context.js';
import { majorUnits } from '../money.js';
import { totalsOf } from '../pricing.js';
import type { OrderRecord, SessionRecord } from '../records.js';
import { demoStorefrontToken } from '../scenarios/demo-credentials.js';
import { openSession } from '../sessions.js';
import { answerJson, type Question, questionIn } from './graphql-questions.js';

/**
 * Serves Storefront API: sessions, orders and baskets, and nothing to add to a placed order.
 * See https://centra.dev/storefront-api
 */
export function storefront(app: FastifyInstance, context: CentraContext): void {
  app.post('/storefront', (request, reply) => {
    const traceId = context.store.identifiers.next('trace');
    const [, token] = /^Bearer (.+)$/u.exec(request.headers.authorization ?? '') ?? [];
    const known = token === undefined ? undefined : context.store.sessions.get(token);
    const session = known ?? (token === demoStorefrontToken ? openSession(context) : null);
    if (!session) return fail(reply, traceId, 401, 'Invalid token');
    const question = questionIn(request.body);
    const answer = question && answerTo(context, session, question);
    if (!question || answer === undefined)
      return fail(reply, traceId, 200, `Cannot query field "${question?.field ?? ''}".`);
    const extensions = { token: session.token, traceId };
    return answerJson(reply, 200, { data: { [question.field]: answer }, extensions });
  });
}

function fail(reply: FastifyReply, traceId: string, status: number, message: string): FastifyReply {
  return answerJson(reply, status, { data: null, errors: [{ message }], extensions: { traceId } });
}

/** Answers a question; undefined when the schema has no such field. */
function answerTo(context: CentraContext, session: SessionRecord, { field, variables }: Question): unknown {
  const { store } = context;
  switch (field) {
    case 'order': {
      const order = store.orders.get(session.lastOrder ?? '');
      return order ? orderOf(context, order) : null;
    }
    case 'customer':
    case 'subscriptionContracts':
      return session.customer === null ? null : { email: session.customer };
    case 'displayItem':
      return store.products.get(String(variables['id'])) ? { id: Number(variables['id']) } : null;
    case 'displayItems':
      return {
        list: store.products
          .list()
          .slice(0, 40)
          .map(({ product }) => ({ id: Number(product) })),
      };
    case 'addItem': {
      const isKnown = store.findItem(String(variables['item'])) !== null;
      const userErrors = isKnown ? [] : [{ message: 'Item not found', path: ['item'] }];
      return { line: null, selection: { id: session.selection }, userErrors };
    }
    default:
      return undefined;
  }
}

function orderOf({ store, switches }: CentraContext, order: OrderRecord) {
  const currency = store.currencyOf(order.market);
  const { grand } = totalsOf(switches, order);
  return {
    id: order.id,
    number: Number(order.order),
    lines: order.lines.map(({ line, quantity }) => ({ id: line, quantity })),
    grandTotal: {
      value: majorUnits(grand, currency),
      currency: { code: currency.currency, denominator: currency.denominator },
    },
  };
}
