import type { ItemRecord, OrderRecord, ProductRecord } from './records.js';
import type { OrdergrooveStore } from './store.js';
import type { OrdergrooveSwitches } from './switches.js';

/** Parses decimal text into exact hundredths. Ordergroove writes money as decimal text with two digits. */
export function hundredths(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  const digits = BigInt(`${whole.replace('-', '')}${fraction.padEnd(2, '0').slice(0, 2)}`);
  return whole.startsWith('-') ? -digits : digits;
}

export function moneyText(amount: bigint): string {
  const digits = String(amount < 0n ? -amount : amount).padStart(3, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export function isMoneyText(value: string): boolean {
  return /^\d{1,12}(?:\.\d{1,2})?$/u.test(value);
}

/** Brings a line's price and total up to its product, price lock and discount; a frozen line keeps its price. */
export function priceItem(store: OrdergrooveStore, switches: OrdergrooveSwitches, item: ItemRecord): void {
  const product = store.products.get(item.product);
  const lock = item.subscription === null ? null : (store.subscriptions.get(item.subscription)?.price ?? null);
  if (!item.frozen) item.price = lock ?? product?.price ?? item.price;
  const percent = item.frozen ? 0 : discountPercent(store, product);
  const quantity = BigInt(item.quantity);
  const unit = hundredths(item.price);
  const discount =
    switches.get('discountRounding') === 'unit'
      ? percentOf(unit, percent) * quantity
      : percentOf(unit * quantity, percent);
  item.total_price = moneyText(unit * quantity - discount);
}

/** Totals an order. `sub_total` is net: the discounts of `discount_total` are taken off already. */
export function totalOrder(store: OrdergrooveStore, switches: OrdergrooveSwitches, order: OrderRecord): void {
  let gross = 0n;
  let net = 0n;
  for (const item of store.itemsOf(order.public_id)) {
    gross += hundredths(item.price) * BigInt(item.quantity);
    net += hundredths(item.total_price);
  }
  const tax = switches.get('taxInTotal') ? hundredths(order.tax_total) : 0n;
  order.sub_total = moneyText(net);
  order.discount_total = moneyText(gross - net);
  const freeFrom = BigInt(switches.get('freeShippingFrom'));
  if (freeFrom > 0n) order.shipping_total = moneyText(net < freeFrom ? BigInt(switches.get('shippingFee')) : 0n);
  order.total = moneyText(net + hundredths(order.shipping_total) + tax);
}

/** Returns a product's recurring discount, or else the program's: for upsold lines too, one-time or not. */
function discountPercent(store: OrdergrooveStore, product: ProductRecord | undefined): number {
  return product?.recurringDiscount ?? store.merchant.recurringDiscount;
}

function percentOf(amount: bigint, percent: number): bigint {
  return (amount * BigInt(percent) + 50n) / 100n;
}
