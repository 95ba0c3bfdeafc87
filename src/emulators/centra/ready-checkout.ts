import type { FastifyInstance } from 'fastify';
import { ControlInputError, knownKeysOnly, objectInput, optionalText } from '../kit/control-input.js';
import { Fields } from './fields.js';
import type { CustomerRecord, KlarnaMethod, SelectionRecord, SessionRecord, VoucherRecord } from './records.js';
import { preparePayment } from './routes/checkouts.js';
import { addToSelection, newSelection } from './selections.js';
import { openSession } from './sessions.js';
import type { CentraWorld } from './world.js';

export interface ReadyCheckout {
  readonly id?: string;
  readonly market?: string;
  readonly customer?: CustomerRecord | null;
  readonly payment?: string;
  readonly method?: KlarnaMethod;
  /** Items, one of each; with `@plan` behind it as a subscription. */
  readonly items?: readonly string[];
  readonly vouchers?: readonly VoucherRecord[];
}

/** A basket whose shopper has just come back from the payment page: only payment-result is missing. */
export function readyCheckout(
  world: CentraWorld,
  options: ReadyCheckout = {},
): { readonly selection: SelectionRecord; readonly session: SessionRecord } {
  const { customer = null, market = 'se', payment = 'kco3', method = 'INVOICE', vouchers = [] } = options;
  const selection = newSelection(world.store, market, {
    customer: customer?.email ?? null,
    vouchers,
    ...(options.id !== undefined && { id: options.id }),
  });
  for (const wanted of options.items ?? ['1003-1']) {
    const [item = '', plan] = wanted.split('@');
    addToSelection(world, selection, item, 1, plan ?? null);
  }
  const { country } = world.store.market(market);
  preparePayment(world, selection, {
    payment,
    method,
    address: {
      firstName: customer?.firstName ?? 'Guest',
      lastName: customer?.lastName ?? 'Shopper',
      address1: 'Exempelgatan 1',
      zipCode: '111 22',
      city: 'Example City',
      country,
      email: customer?.email ?? 'guest@example.com',
    },
  });
  return { selection, session: openSession(world, { selection: selection.id, customer: customer?.email ?? null }) };
}

const METHODS: readonly KlarnaMethod[] = [
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

/** `POST /__emulator/checkouts` makes one and tells its selection and session token. */
export function checkoutControls(app: FastifyInstance, world: CentraWorld): void {
  app.post('/checkouts', (request, reply) => {
    const input = objectInput(request.body ?? {}, 'The body');
    knownKeysOnly(input, ['customer', 'market', 'payment', 'method', 'items', 'voucher'], 'A checkout');
    const customerEmail = optionalText(input['customer'], 'customer');
    const method = optionalText(input['method'], 'method') ?? 'INVOICE';
    const known = METHODS.find((each) => each === method);
    if (!known) throw new ControlInputError(`method must be one of ${METHODS.join(', ')}.`);
    const items = new Fields(input).texts('items');
    const voucher = optionalText(input['voucher'], 'voucher');
    const { selection, session } = readyCheckout(world, {
      customer: customerEmail === undefined ? null : (world.store.customers.get(customerEmail) ?? null),
      market: optionalText(input['market'], 'market') ?? 'se',
      payment: optionalText(input['payment'], 'payment') ?? 'kco3',
      method: known,
      ...(items.length > 0 && { items }),
      ...(voucher !== undefined && { vouchers: [{ code: voucher, name: 'Voucher', amountOff: 1_000 }] }),
    });
    return reply.code(201).send({ selection: selection.id, token: session.token });
  });
}
