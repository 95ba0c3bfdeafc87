import type { FastifyInstance } from 'fastify';
import { ControlInputError, fields, oneOf, type Schema, takes, text, wholeNumber } from '../kit/control-input.js';
import type { CentraContext } from './context.js';
import { readyCheckout } from './ready-checkout.js';
import type { ContractPaymentStatus, KlarnaMethod, PaymentOrderRecord } from './records.js';

const KLARNA_METHODS: readonly KlarnaMethod[] = [
  'INVOICE',
  'INVOICE_BUSINESS',
  'B2B_INVOICE',
  'ACCOUNT',
  'BASE_ACCOUNT',
  'DIRECT_DEBIT',
  'FIXED_AMOUNT',
  'DEFERRED_INTEREST',
  'CARD',
  'PAY_LATER_IN_PARTS',
];
const PAYMENT_ORDER_STATUSES: readonly PaymentOrderRecord['status'][] = [
  'AUTHORIZED',
  'CAPTURED',
  'CANCELLED',
  'EXPIRED',
];
const CONTRACT_PAYMENT_STATUSES: readonly ContractPaymentStatus[] = ['ACTIVE', 'SUSPENDED', 'REVOKED'];

interface CheckoutBody {
  readonly customer?: string;
  readonly market?: string;
  readonly payment?: string;
  readonly method?: KlarnaMethod;
  readonly items?: readonly string[];
  readonly voucher?: string;
}

/** Registers what the people of a shop, its customers and its payment provider do meanwhile. */
export function controls(app: FastifyInstance, context: CentraContext): void {
  // Makes a checkout and returns its selection and session token.
  const checkout = fields({
    customer: text,
    market: text,
    payment: text,
    method: oneOf(KLARNA_METHODS),
    items: { type: 'array', items: text, description: 'a list of items' },
    voucher: text,
  });
  app.post<{ Body: CheckoutBody | null }>(
    '/checkouts',
    takes({ ...checkout, type: ['object', 'null'] }),
    (request, reply) => {
      const { customer, voucher, items = [], ...chosen } = request.body ?? {};
      const { selection, session } = readyCheckout(context, {
        ...chosen,
        customer: context.store.customers.get(customer) ?? null,
        ...(items.length > 0 && { items }),
        ...(voucher !== undefined && { vouchers: [{ code: voucher, name: 'Voucher', amountOff: 1_000 }] }),
      });
      return reply.code(201).send({ selection: selection.id, token: session.token });
    },
  );

  app.post<{ Body: { item: string; stock: number } }>(
    '/stock',
    bodyOf({ item: text, stock: wholeNumber(0) }),
    ({ body }) => {
      const { size } = existing(context.store.findItem(body.item), 'item');
      size.stock = body.stock;
      return size;
    },
  );

  app.post<{ Body: { plan: string; discountPercent: number } }>(
    '/plans',
    bodyOf({ plan: text, discountPercent: wholeNumber(0) }),
    ({ body: { plan, discountPercent } }) =>
      context.store.plans.add({ ...existing(context.store.plans.get(plan), 'plan'), discountPercent }),
  );

  app.post<{ Body: { contract: number; status: ContractPaymentStatus } }>(
    '/contract-payments',
    bodyOf({ contract: wholeNumber(1), status: oneOf(CONTRACT_PAYMENT_STATUSES) }),
    ({ body }) => {
      const contract = existing(context.store.contracts.get(body.contract), 'contract');
      existing(contract.payment, 'payment of this contract').status = body.status;
      return contract;
    },
  );

  app.post<{ Body: Pick<PaymentOrderRecord, 'order_id' | 'status'> }>(
    '/payment-orders',
    bodyOf({ order_id: text, status: oneOf(PAYMENT_ORDER_STATUSES) }),
    ({ body: { order_id: id, status } }) =>
      Object.assign(existing(context.store.paymentOrders.get(id), 'payment order'), { status }),
  );
}

/** Returns the options of an endpoint whose body has every field. */
function bodyOf(properties: Readonly<Record<string, Schema>>) {
  return takes(fields(properties, Object.keys(properties)));
}

function existing<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw new ControlInputError(`There is no such ${what}.`);
  return value;
}
