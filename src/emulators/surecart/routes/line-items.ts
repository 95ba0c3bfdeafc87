import type { SureCartContext } from '../context.js';
import { type Exchange, find, isPreview, type SureCartEndpoints } from '../endpoints.js';
import { attributesIn } from '../input.js';
import { deleteLine, recalculate, repriceLine, storeLine } from '../line-items.js';
import type { NewFee } from '../pricing.js';
import type { LineItemRecord } from '../records/sales.js';
import { refuse } from '../refusals.js';
import { acceptUpsell, previewUpsell, readUpsell } from '../upsells.js';

export function lineItemRoutes(endpoints: SureCartEndpoints): void {
  endpoints.write('POST', { path: '/line_items/upsell', access: 'sensitive', isDryRun: isPreview }, (exchange) => {
    const { context, body, query } = exchange;
    const isDryRun = isPreview(exchange);
    const request = readUpsell(context, attributesIn(body, 'line_item'), isDryRun);
    if (!isDryRun) return exchange.show(acceptUpsell(context, request, exchange));
    const { payload, fees } = previewUpsell(context, request);
    return query.getAll('expand[]').includes('fees') ? { ...payload, fees: previewedFees(fees) } : payload;
  });

  endpoints.write('POST', '/line_items', (exchange) => exchange.show(create(exchange)));
  endpoints.write('PATCH', '/line_items/:id', (exchange) => {
    const line = editable(exchange);
    const body = attributesIn(exchange.body, 'line_item');
    line.quantity = body.optionalInteger('quantity') ?? line.quantity;
    line.price = body.optionalText('price', 'price_id') ?? line.price;
    line.variant = body.optionalText('variant', 'variant_id') ?? line.variant;
    repriceLine(exchange.context, line);
    return exchange.show(line);
  });
  endpoints.write('DELETE', '/line_items/:id', (exchange) => {
    const line = editable(exchange);
    deleteLine(exchange.context, line);
    const checkout = exchange.context.store.tables.checkout.get(line.checkout);
    if (checkout) recalculate(exchange.context, checkout);
    return { id: line.id, object: 'line_item', deleted: true };
  });
  endpoints.write('PATCH', '/line_items/:id/swap', (exchange) => {
    const line = editable(exchange);
    const swap = exchange.context.store.tables.swap
      .list()
      .find(({ price, archived }) => price === line.price && !archived);
    if (!swap) throw refuse('line_item.swap.blank', 'This line has nothing to be swapped for.');
    Object.assign(line, { swap: swap.id, price: swap.swap_price });
    repriceLine(exchange.context, line);
    return exchange.show(line);
  });
  endpoints.write('PATCH', '/line_items/:id/unswap', (exchange) => {
    const line = editable(exchange);
    const swap = exchange.context.store.tables.swap.get(line.swap);
    if (!swap) throw refuse('line_item.swap.blank', 'This line was not swapped.');
    Object.assign(line, { swap: null, price: swap.price });
    repriceLine(exchange.context, line);
    return exchange.show(line);
  });
}

function previewedFees(fees: readonly NewFee[]) {
  const data = fees.map((fee) => ({ id: null, object: 'fee', ...fee, line_item: null }));
  return { object: 'list', pagination: { count: data.length, limit: 20, page: 1, url: '/v1/fees' }, data };
}

function create({ context, body: sent }: Exchange): LineItemRecord {
  const body = attributesIn(sent, 'line_item');
  const checkout = find(context, 'checkout', body.text('checkout'));
  if (checkout.status !== 'draft') throw refuse('checkout.invalid', 'Lines are added to draft checkouts.');
  const variant = body.optionalText('variant');
  return storeLine(context, checkout, {
    price: find(context, 'price', body.text('price', 'price_id')),
    variant: variant === null ? null : find(context, 'variant', variant),
    quantity: body.optionalInteger('quantity') ?? 1,
    adHocAmount: body.optionalInteger('ad_hoc_amount'),
    upsell: null,
  });
}

function editable({ context, target }: Exchange): LineItemRecord {
  const line = target('line_item');
  if (line.locked || !isDraft(context, line)) {
    throw refuse('line_item.update_not_allowed', 'This line item can no longer be changed.');
  }
  return line;
}

function isDraft({ store }: SureCartContext, line: LineItemRecord): boolean {
  return store.tables.checkout.get(line.checkout)?.status === 'draft';
}
