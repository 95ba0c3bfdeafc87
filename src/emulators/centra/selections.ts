import type { CentraContext } from './context.js';
import type { LineRecord, PlanRecord, ProductRecord, SelectionRecord, SizeRecord } from './records.js';
import { CentraRefusal, notFound } from './refusals.js';
import type { CentraStore } from './store.js';

export function newSelection(
  store: CentraStore,
  market: string,
  fields: Partial<SelectionRecord> = {},
): SelectionRecord {
  const selection: SelectionRecord = {
    id: fields.id ?? store.identifiers.next('selection'),
    market,
    lines: [],
    vouchers: [],
    customer: null,
    payment: null,
    address: null,
    shippingPrice: 0,
    order: null,
    paymentReference: null,
    ...fields,
  };
  store.selections.add(selection);
  return selection;
}

export interface Purchasable {
  readonly product: ProductRecord;
  readonly size: SizeRecord;
  readonly price: number;
}

/** Checks an item by the rules of adding to a basket, which hold for cross-sell too. */
export function purchasable(context: CentraContext, marketId: string, item: string, quantity: number): Purchasable {
  const { store, switches } = context;
  const found = store.findItem(item);
  if (!found) throw notFound('item', 'product item not found');
  const { product, size } = found;
  const price = product.prices[store.market(marketId).pricelist];
  if (price === undefined) throw notFound('item', 'product item not found');
  if (price === null) throw new CentraRefusal(406, { item: 'not purchasable' });
  if (quantity < product.minimum || quantity % product.multipleOf !== 0) {
    throw new CentraRefusal(406, { quantity: 'not allowed' });
  }
  if (switches.get('stockMode') !== 'off' && size.stock < quantity) {
    throw new CentraRefusal(
      410,
      { stock: 'unavailable items' },
      { unavailable: [unavailable(product, item, size, quantity)] },
    );
  }
  return { product, size, price };
}

export function unavailable({ product }: ProductRecord, item: string, { stock }: SizeRecord, quantity: number) {
  return { item, product, originalQuantity: quantity, unavailable: quantity - stock, available: stock };
}

export function newLine(
  store: CentraStore,
  item: string,
  quantity: number,
  { product, price }: Pick<Purchasable, 'product' | 'price'>,
  plan: PlanRecord | null = null,
): LineRecord {
  const discounted = plan === null ? price : Math.round((price * (100 - plan.discountPercent)) / 100);
  return {
    line: store.identifiers.next('line'),
    item,
    quantity,
    unitPrice: discounted,
    fullPrice: price,
    taxPercent: product.taxPercent,
    plan,
  };
}

/** Adds an item to a basket. The same item under the same plan is one line. */
export function addToSelection(
  context: CentraContext,
  selection: SelectionRecord,
  item: string,
  quantity: number,
  planId: string | null = null,
): LineRecord {
  const { store } = context;
  const sold = purchasable(context, selection.market, item, quantity);
  const plan = planId === null ? null : planOf(context, sold.product, planId);
  const present = selection.lines.find((line) => line.item === item && line.plan?.id === plan?.id);
  if (present) {
    present.quantity += quantity;
    return present;
  }
  const line = newLine(store, item, quantity, sold, plan);
  selection.lines.push(line);
  return line;
}

export function planOf({ store }: CentraContext, { plans }: ProductRecord, id: string): PlanRecord {
  if (!plans.includes(id)) throw notFound('subscriptionPlan');
  return store.plans.existing(id);
}

export function lineOf(selection: SelectionRecord, id: string): LineRecord {
  const line = selection.lines.find((each) => each.line === id);
  if (!line) throw notFound('line');
  return line;
}

export function setQuantity(selection: SelectionRecord, line: LineRecord, quantity: number): void {
  line.quantity = quantity;
  if (quantity < 1) selection.lines = selection.lines.filter((each) => each !== line);
}

/** Takes what an order holds out of the stock, or puts it back. */
export function moveStock(store: CentraStore, lines: readonly LineRecord[], direction: 1 | -1): void {
  for (const line of lines) store.itemOf(line).size.stock += direction * line.quantity;
}
