import type { CentraContext } from './context.js';
import type { CustomerRecord, KlarnaMethod, SelectionRecord, SessionRecord, VoucherRecord } from './records.js';
import { preparePayment } from './routes/checkouts.js';
import { addToSelection, newSelection } from './selections.js';
import { openSession } from './sessions.js';

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

/** Makes a basket whose shopper has just come back from the payment page: only payment-result is missing. */
export function readyCheckout(
  context: CentraContext,
  options: ReadyCheckout = {},
): { readonly selection: SelectionRecord; readonly session: SessionRecord } {
  const { customer = null, market = 'se', payment = 'kco3', method = 'INVOICE', vouchers = [] } = options;
  const selection = newSelection(context.store, market, {
    customer: customer?.email ?? null,
    vouchers,
    ...(options.id !== undefined && { id: options.id }),
  });
  for (const wanted of options.items ?? ['1003-1']) {
    const [item = '', plan] = wanted.split('@');
    addToSelection(context, selection, item, 1, plan ?? null);
  }
  const { country } = context.store.market(market);
  preparePayment(context, selection, {
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
  return { selection, session: openSession(context, { selection: selection.id, customer: customer?.email ?? null }) };
}
