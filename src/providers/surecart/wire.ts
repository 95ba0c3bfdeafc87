import {
  contractDrift,
  type JsonObject,
  requireObject,
  integer,
  isJsonObject,
  optionalBoolean,
  optionalText,
  text,
  statusText,
} from '../kit/decode.js';
import { minorIn } from './money.js';
import { decodePrice, decodeUpsell, type WirePrice, type WireUpsell } from './wire-catalogue.js';
import { idIn, type InnerList, listIn, neededId, objectIn, timeIn } from './wire-fields.js';
import { decodeSubscription, type WireSubscription } from './wire-subscriptions.js';

/** https://developer.surecart.com/api-reference/orders/list; money, customer and lines are its checkout's. */
export interface WireOrder {
  readonly id: string;
  readonly status: string;
  readonly orderType: string | null;
  readonly liveMode: boolean | null;
  readonly createdAt: Date | null;
  readonly checkout: WireCheckout;
}

/** https://developer.surecart.com/api-reference/checkouts/list */
export interface WireCheckout {
  readonly id: string;
  readonly currency: string | null;
  readonly customerId: string | null;
  readonly paidAt: Date | null;
  readonly upsellsExpireAt: Date | null;
  readonly currentUpsell: WireUpsell | null;
  readonly paymentMethodId: string | null;
  readonly manualPaymentMethodId: string | null;
  /** Null when the answer has none although they were asked for. */
  readonly lines: InnerList<StoredLine> | null;
  readonly subscriptions: InnerList<WireSubscription> | null;
  readonly subtotal: bigint | null;
  readonly discount: bigint | null;
  readonly tax: bigint | null;
  readonly shipping: readonly (bigint | null)[];
  readonly checkoutFees: bigint | null;
  readonly total: bigint | null;
}

/** https://developer.surecart.com/api-reference/line-items/upsell; it has no currency of its own. */
export interface WireLine {
  /** Null on a preview. */
  readonly id: string | null;
  readonly checkoutId: string | null;
  readonly priceId: string;
  readonly price: WirePrice | null;
  readonly variantId: string | null;
  readonly upsellId: string | null;
  /** Set on a component of a bundle, whose money the bundle's own line has. */
  readonly bundleLineId: string | null;
  readonly quantity: number;
  readonly subtotal: bigint | null;
  /** All fees together, reductions negative. */
  readonly fees: bigint | null;
  /** Each fee, when expanded. */
  readonly eachFee: readonly (bigint | null)[] | null;
  readonly discount: bigint | null;
  readonly tax: bigint | null;
  readonly total: bigint | null;
  readonly scratch: bigint | null;
  readonly trial: bigint | null;
  readonly locked: boolean | null;
  readonly stockHeld: boolean | null;
  readonly purchasableStatus: string | null;
  readonly createdAt: Date | null;
}

export interface StoredLine extends WireLine {
  readonly id: string;
}

export function decodeOrder(value: unknown): WireOrder {
  const fields = requireObject(value, 'an order');
  const checkout = fields['checkout'];
  if (!isJsonObject(checkout)) throw contractDrift('`checkout`');
  return {
    id: text(fields, 'id'),
    status: statusText(fields, 'status'),
    orderType: optionalText(fields, 'order_type'),
    liveMode: optionalBoolean(fields, 'live_mode'),
    createdAt: timeIn(fields, 'created_at'),
    checkout: decodeCheckout(checkout),
  };
}

export function decodeCheckout(value: unknown): WireCheckout {
  const fields = requireObject(value, 'a checkout');
  return {
    id: text(fields, 'id'),
    currency: optionalText(fields, 'currency'),
    customerId: idIn(fields, 'customer'),
    paidAt: timeIn(fields, 'paid_at'),
    upsellsExpireAt: timeIn(fields, 'upsells_expire_at'),
    currentUpsell: objectIn(fields, 'current_upsell', decodeUpsell),
    paymentMethodId: idIn(fields, 'payment_method'),
    manualPaymentMethodId: idIn(fields, 'manual_payment_method'),
    lines: listIn(fields, 'line_items', decodeStoredLine),
    subscriptions: listIn(fields, 'subscriptions', decodeSubscription),
    subtotal: minorIn(fields, 'subtotal_amount'),
    discount: minorIn(fields, 'discount_amount'),
    tax: minorIn(fields, 'tax_amount'),
    shipping: [
      minorIn(fields, 'shipping_amount'),
      minorIn(fields, 'shipping_tax_amount'),
      minorIn(fields, 'shipping_fees_amount'),
    ],
    checkoutFees: minorIn(fields, 'checkout_fees_amount'),
    total: minorIn(fields, 'total_amount'),
  };
}

/** A line that was saved has an identifier. */
export function decodeStoredLine(value: unknown): StoredLine {
  const fields = requireObject(value, 'a line item');
  return { ...decodeLine(fields), id: text(fields, 'id') };
}

export function decodeLine(value: unknown): WireLine {
  const fields = requireObject(value, 'a line item');
  return {
    id: optionalText(fields, 'id'),
    checkoutId: idIn(fields, 'checkout'),
    priceId: neededId(fields, 'price'),
    price: objectIn(fields, 'price', decodePrice),
    variantId: idIn(fields, 'variant'),
    upsellId: idIn(fields, 'upsell'),
    bundleLineId: idIn(fields, 'bundle_line_item'),
    quantity: integer(fields, 'quantity'),
    subtotal: minorIn(fields, 'subtotal_amount'),
    fees: minorIn(fields, 'fees_amount'),
    eachFee: feesIn(fields),
    discount: minorIn(fields, 'discount_amount'),
    tax: minorIn(fields, 'tax_amount'),
    total: minorIn(fields, 'total_amount'),
    scratch: minorIn(fields, 'scratch_amount'),
    trial: minorIn(fields, 'trial_amount'),
    locked: optionalBoolean(fields, 'locked'),
    stockHeld: optionalBoolean(fields, 'stock_held'),
    purchasableStatus: optionalText(fields, 'purchasable_status'),
    createdAt: timeIn(fields, 'created_at'),
  };
}

function feesIn(fields: JsonObject): readonly (bigint | null)[] | null {
  const fees = listIn(fields, 'fees', (fee) => minorIn(requireObject(fee, 'a fee'), 'amount'));
  return fees?.isWhole === true ? fees.records : null;
}
