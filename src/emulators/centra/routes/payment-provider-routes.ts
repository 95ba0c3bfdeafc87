import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { demoKlarnaPassword, demoKlarnaUser } from '../credentials.js';
import { Fields } from '../fields.js';
import { cancel, capture, type PaymentAnswer, updateAuthorisation } from '../payment-provider.js';
import type { CentraWorld } from '../world.js';

export const PAYMENT_PROVIDER = '/psp';

/** Klarna's order management, as Centra uses it: https://docs.klarna.com/order-management/ */
export function paymentProviderRoutes(app: FastifyInstance, world: CentraWorld): void {
  const base = `${PAYMENT_PROVIDER}/ordermanagement/v1/orders/:id`;
  const expected = `Basic ${Buffer.from(`${demoKlarnaUser}:${demoKlarnaPassword}`).toString('base64')}`;

  const route = (
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    answer: (request: OrderRequest) => PaymentAnswer | null,
  ) =>
    app.route<{ Params: { id: string } }>({
      method,
      url: base + path,
      handler: async (request, reply) => {
        if (request.headers.authorization !== expected) return send(reply, { status: 401, body: null });
        const found = answer(request);
        // No answer at all.
        return found === null ? reply.hijack() : send(reply, found);
      },
    });

  route('GET', '', ({ params }) => {
    const order = world.store.paymentOrders.get(params.id);
    return order ? { status: 200, body: order } : { status: 404, body: { error_code: 'NO_SUCH_ORDER' } };
  });
  route('PATCH', '/authorization', ({ params, body, headers }) => {
    const fields = new Fields(body);
    const key = headers['klarna-idempotency-key'];
    return updateAuthorisation(world, params.id, {
      order_amount: Number(fields.value('order_amount')),
      description: fields.optionalText('description') ?? '',
      lines: fields.list('order_lines').length,
      idempotencyKey: typeof key === 'string' ? key : world.store.identifiers.next('payment-update'),
    });
  });
  route('POST', '/captures', ({ params, body }) =>
    capture(world, params.id, new Fields(body).integer('captured_amount')),
  );
  route('POST', '/cancel', ({ params }) => cancel(world, params.id));
}

type OrderRequest = FastifyRequest<{ Params: { id: string } }>;

function send(reply: FastifyReply, { status, body }: PaymentAnswer): FastifyReply {
  return body === null ? reply.code(status).send() : reply.code(status).send(body);
}
