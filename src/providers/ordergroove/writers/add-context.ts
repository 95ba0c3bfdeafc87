import { type AddItem, type PlannedStep, statedFrequency } from '../../../domain/write.js';
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
}));

export type AddContext = Infer<typeof decodeAddContext>;

export function contextOf({ account }: Session, { wire }: TargetOrder, productId: string, offerId: string): AddContext {
  return {
    orderKey: wire.publicId,
    offerId,
    productId,
    sessionId: newSessionId(account.settings.merchantId),
    customerId: wire.customer,
    payment: wire.payment,
    shippingAddress: wire.shippingAddress,
  };
}

export const ADD_ITEM = 'add_item';
export const CREATE_SUBSCRIPTION = 'create_subscription';
export const ADD_SUBSCRIPTION = 'add_subscription';

/**
 * Plans the steps of an add. One call needs a payment and an address from the order; without them the item comes first
 * and is converted.
 */
export function stepsOf({ account }: Session, request: AddItem, { wire }: TargetOrder): readonly PlannedStep[] {
  const { subscribe, quantity, item } = request;
  const line = { kind: 'line_added', productId: item.product?.id ?? '', quantity, mark: null } as const;
  // The call names the order: https://developer.ordergroove.com/reference/rest-rpc-api/items/create-in-order
  const once: PlannedStep = { name: ADD_ITEM, expects: [{ ...line, recurring: false, stays: true }] };
  if (subscribe === null) return [once];
  const frequency = statedFrequency(subscribe);
  const isOneCallPossible = wire.payment !== null && wire.shippingAddress !== null && wire.customer !== null;
  if (account.settings.addAsSubscription === 'single-call' && isOneCallPossible) {
    return [{ name: ADD_SUBSCRIPTION, expects: [{ ...line, recurring: true, frequency }] }];
  }
  return [once, { name: CREATE_SUBSCRIPTION, expects: [{ kind: 'line_recurs', lineItemKey: null, frequency }] }];
}
