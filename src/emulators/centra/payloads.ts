import type { CentraContext } from './context.js';
import { linePayload } from './line-payload.js';
import { localTime } from './local-time.js';
import { absentPrice, pricePair } from './money.js';
import { totalsOf } from './pricing.js';
import type { AddressRecord, CurrencyRecord, OrderRecord, SelectionRecord, Dialect } from './records.js';

export type Payload = Record<string, unknown>;

/** What a status is called in the APIs: https://docs.centra.com/overview/orderflow */
const STATUSES: Readonly<Record<number, readonly [string, string]>> = {
  1: ['untouched', 'Pending'],
  2: ['progress', 'Confirmed'],
  3: ['progress', 'Processing'],
  4: ['ok', 'Completed'],
  5: ['archived', 'Archived'],
  6: ['failed', 'Cancelled'],
};

/** Renders an order as each API tells it. Checkout API nests it under `order`, Shop API has it at the root. */
export function orderPayload(context: CentraContext, order: OrderRecord, dialect: Dialect): Payload {
  const { store } = context;
  const market = store.market(order.market);
  const [status, statusDescription] = STATUSES[order.status] ?? ['untouched', 'Pending'];
  return {
    order: order.order,
    status,
    statusDescription,
    date: localTime(new Date(order.placedAt), store.timeZone),
    message: '',
    affiliateHtml: '',
    giftMessage: '',
    additionalNotes: '',
    language: null,
    vatExempt: false,
    paymentMethod: order.payment,
    paymentMethodName: store.plugins.get(order.payment)?.name ?? order.payment,
    shippingMethod: 'standard',
    shippingMethodName: 'Standard delivery',
    ...basketPayload(context, order, dialect),
    address: { ...addressPayload(order.address), vatNumber: '' },
    shippingAddress: { ...addressPayload(order.address), countryName: market.countryName },
    shipments: [],
    paymentMethodData: order.paymentReference === null ? [] : { snippet: '<div id="klarna-checkout-container"></div>' },
    ...(dialect === 'shop' && {
      market: market.id,
      pricelist: market.pricelist,
      customer: order.address.email,
      warehouse: false,
    }),
  };
}

export function selectionPayload(context: CentraContext, selection: SelectionRecord, dialect: Dialect): Payload {
  return {
    selection: selection.id,
    ...basketPayload(context, selection, dialect),
    address: selection.address === null ? {} : { ...addressPayload(selection.address), vatNumber: '' },
    paymentMethod: selection.payment,
  };
}

function basketPayload(context: CentraContext, basket: OrderRecord | SelectionRecord, dialect: Dialect): Payload {
  const currency = context.store.currencyOf(basket.market);
  return {
    currency: currency.currency,
    items: basket.lines.map((line) => linePayload(context, line, currency, dialect)),
    discounts: discountPayload(context, basket, currency, dialect),
    totals: totalsPayload(context, basket, currency),
    currencyFormat: currency,
  };
}

/** Renders the discounts. Shop API keys vouchers by their code, and PHP writes an empty map as `[]`. */
function discountPayload(
  { switches }: CentraContext,
  { vouchers, ...basket }: OrderRecord | SelectionRecord,
  currency: CurrencyRecord,
  dialect: Dialect,
) {
  const { discount } = totalsOf(switches, { vouchers, ...basket });
  const rows = vouchers.map(({ code, name, amountOff }) => ({
    voucher: code,
    name,
    type: 'code',
    method: 'code',
    attributes: [],
    ...pricePair('priceOff', -amountOff, currency),
  }));
  const isMap = dialect === 'shop' && rows.length > 0;
  return {
    anyDiscount: rows.length > 0,
    ...pricePair('discount', -discount, currency),
    vouchers: isMap ? Object.fromEntries(rows.map((row) => [row.voucher, row])) : rows,
    automaticDiscounts: [],
  };
}

function totalsPayload(
  { switches }: CentraContext,
  basket: OrderRecord | SelectionRecord,
  currency: CurrencyRecord,
): Payload {
  const { items, discount, shipping, tax, quantity, grand } = totalsOf(switches, basket);
  return {
    ...pricePair('itemsTotalPrice', items, currency),
    ...(discount === 0 ? absentPrice('totalDiscountPrice') : pricePair('totalDiscountPrice', -discount, currency)),
    ...pricePair('shippingPrice', shipping, currency),
    ...pricePair('handlingCostPrice', 0, currency),
    ...absentPrice('taxDeducted'),
    ...absentPrice('taxAdded'),
    taxPercent: 25,
    totalQuantity: quantity,
    ...pricePair('grandTotalPrice', grand, currency),
    ...pricePair('grandTotalPriceTax', tax, currency),
  };
}

export function addressPayload({
  firstName,
  lastName,
  address1,
  zipCode,
  city,
  country,
  email,
}: AddressRecord): Payload {
  const empty = { address2: '', state: '', company: '', phoneNumber: '', cellPhoneNumber: '' };
  return { email, firstName, lastName, address1, zipCode, city, country, ...empty };
}
