import type { AddItem, Snapshot } from '../../../domain/write.js';
import type { LineItem } from '../../../domain/line-item.js';
import { newSessionId } from '../keys.js';
import type { Session } from '../session.js';
import type { TargetOrder } from './target-order.js';

/** All that sending needs besides the request, so that any process can go on with it. */
export interface AddContext {
  readonly orderKey: string;
  readonly offerId: string;
  readonly productId: string;
  readonly sessionId: string;
  readonly customerId: string;
  readonly payment: string;
  readonly shippingAddress: string;
  /** Empty when the order states none. */
  readonly orderTotal: string;
  /** `no` when the shopper may not see the order's items. */
  readonly linesKnown: 'yes' | 'no';
}

export function snapshotOf(
  { account }: Session,
  { wire }: TargetOrder,
  productId: string,
  offerId: string,
  lines: readonly LineItem[] | null,
): Snapshot {
  const context: AddContext = {
    orderKey: wire.publicId,
    offerId,
    productId,
    sessionId: newSessionId(account.settings.merchantId),
    customerId: wire.customer ?? '',
    payment: wire.payment ?? '',
    shippingAddress: wire.shippingAddress ?? '',
    orderTotal: wire.total ?? '',
    linesKnown: lines === null ? 'no' : 'yes',
  };
  return { lineItemKeys: (lines ?? []).map(({ ref }) => ref.key), context: { ...context } };
}

export function contextOf({ context }: Snapshot): AddContext {
  const fact = (name: keyof AddContext) => context[name] ?? '';
  return {
    orderKey: fact('orderKey'),
    offerId: fact('offerId'),
    productId: fact('productId'),
    sessionId: fact('sessionId'),
    customerId: fact('customerId'),
    payment: fact('payment'),
    shippingAddress: fact('shippingAddress'),
    orderTotal: fact('orderTotal'),
    linesKnown: fact('linesKnown') === 'yes' ? 'yes' : 'no',
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
