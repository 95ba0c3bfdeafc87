import type { LineItem } from '../../../domain/line-item.js';
import type { AddItem, Snapshot } from '../../../domain/write.js';
import { type Infer, optionalText, record, text } from '../../kit/decode.js';
import { newSessionId } from '../keys.js';
import type { Session } from '../session.js';
import type { TargetOrder } from './target-order.js';

/** Decodes all that sending needs besides the request, so that any process can go on with it. */
export const decodeAddContext = record('the context of a write', (fields) => ({
  orderKey: text(fields, 'orderKey'),
  offerId: text(fields, 'offerId'),
  productId: text(fields, 'productId'),
  sessionId: text(fields, 'sessionId'),
  customerId: optionalText(fields, 'customerId'),
  payment: optionalText(fields, 'payment'),
  shippingAddress: optionalText(fields, 'shippingAddress'),
  /** Null when the order states none. */
  orderTotal: optionalText(fields, 'orderTotal'),
  /** `no` when the shopper may not see the order's items. */
  linesKnown: optionalText(fields, 'linesKnown') === 'yes' ? 'yes' : 'no',
}));

export type AddContext = Infer<typeof decodeAddContext>;

export function snapshotOf(
  { account }: Session,
  { wire }: TargetOrder,
  productId: string,
  offerId: string,
  lines: readonly LineItem[] | null,
): Snapshot<AddContext> {
  return {
    lineItemKeys: (lines ?? []).map(({ ref }) => ref.key),
    context: {
      orderKey: wire.publicId,
      offerId,
      productId,
      sessionId: newSessionId(account.settings.merchantId),
      customerId: wire.customer,
      payment: wire.payment,
      shippingAddress: wire.shippingAddress,
      orderTotal: wire.total,
      linesKnown: lines === null ? 'no' : 'yes',
    },
  };
}

/** One call needs a payment and an address from the order; without them the item comes first and is converted. */
export function stepsOf({ account }: Session, { subscribe }: AddItem, { wire }: TargetOrder): readonly string[] {
  if (subscribe === null) return ['add_item'];
  const isOneCallPossible = wire.payment !== null && wire.shippingAddress !== null && wire.customer !== null;
  return account.settings.addAsSubscription === 'single-call' && isOneCallPossible
    ? ['add_subscription']
    : ['add_item', 'create_subscription'];
}
