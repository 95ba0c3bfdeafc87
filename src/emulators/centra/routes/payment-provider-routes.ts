import type { FastifyInstance } from 'fastify';
import { type Call, Endpoints } from '../../kit/endpoints.js';
import { Refusal } from '../../kit/refusal.js';
import { WriteGate } from '../../kit/write-gate.js';
import type { CentraContext } from '../context.js';
import { bodyInput } from '../input.js';
import { type Attempt, cancel, capture, updateAuthorisation } from '../payment-provider.js';
import { demoKlarnaPassword, demoKlarnaUser } from '../scenarios/demo-credentials.js';

export const PAYMENT_PROVIDER = '/psp';

/** Serves Klarna's order management, as Centra uses it. See https://docs.klarna.com/order-management/ */
export function paymentProviderRoutes(app: FastifyInstance, context: CentraContext): void {
  const endpoints = createEndpoints(app, context);

  endpoints.read('', ({ part }) => {
    const order = context.store.paymentOrders.get(part('id'));
    return order ? { status: 200, body: order } : { status: 404, body: { error_code: 'NO_SUCH_ORDER' } };
  });
  endpoints.write('PATCH', '/authorization', ({ part, body, headers }) => {
    const fields = bodyInput(body);
    const key = headers['klarna-idempotency-key'];
    return updateAuthorisation(context, part('id'), {
      order_amount: Number(fields.value('order_amount')),
      description: fields.optionalText('description') ?? '',
      lines: fields.list('order_lines').length,
      idempotencyKey: typeof key === 'string' ? key : context.store.identifiers.next('payment-update'),
    });
  });
  endpoints.write('POST', '/captures', ({ part, body }) =>
    capture(context, part('id'), bodyInput(body).integer('captured_amount')),
  );
  endpoints.write('POST', '/cancel', ({ part }) => cancel(context, part('id')));
}

function createEndpoints(app: FastifyInstance, context: CentraContext): Endpoints<Call> {
  const expected = `Basic ${Buffer.from(`${demoKlarnaUser}:${demoKlarnaPassword}`).toString('base64')}`;
  return new Endpoints<Call>(app, {
    prefix: `${PAYMENT_PROVIDER}/ordermanagement/v1/orders/:id`,
    context,
    writes: new WriteGate(),
    authenticate(call) {
      if (call.headers.authorization !== expected) throw new Refusal(401, undefined);
      return call;
    },
    send({ reply }, answer) {
      const attempt = isAttempt(answer) ? answer : null;
      // No answer at all.
      if (attempt === null) return reply.hijack();
      return attempt.body === null ? reply.code(attempt.status).send() : reply.code(attempt.status).send(attempt.body);
    },
  });
}

function isAttempt(answer: unknown): answer is Exclude<Attempt, null> {
  return typeof answer === 'object' && answer !== null && 'status' in answer;
}
