import { type Endpoints, type Exchange, find } from '../exchange.js';
import { Body } from '../input.js';
import { deleteLine, recalculate, repriceLine, storeLine } from '../line-items.js';
import type { NewFee } from '../pricing.js';
import type { LineItemRecord } from '../records/sales.js';
import { refuse } from '../refusals.js';
import { acceptUpsell, previewUpsell, readUpsell } from '../upsells.js';
import type { SureCartWorld } from '../world.js';

export function lineItemRoutes(endpoints: Endpoints): void {
  endpoints.sensitive('POST', '/line_items/upsell', (exchange) => {
    const { world, body, query } = exchange;
    const isPreview = exchange.isAsked('preview');
    const request = readUpsell(world, Body.of(body, 'line_item'), isPreview);
    if (!isPreview) return exchange.show(acceptUpsell(world, request));
    const { payload, fees } = previewUpsell(world, request);
    return query.getAll('expand[]').includes('fees') ? { ...payload, fees: previewedFees(fees) } : payload;
  });

  endpoints.on('POST', '/line_items', (exchange) => exchange.show(create(exchange)));
  endpoints.on('PATCH', '/line_items/:id', (exchange) => {
    const line = editable(exchange);
    const body = Body.of(exchange.body, 'line_item');
    line.quantity = body.optionalInteger('quantity') ?? line.quantity;
    line.price = body.optionalText('price', 'price_id') ?? line.price;
    line.variant = body.optionalText('variant', 'variant_id') ?? line.variant;
    repriceLine(exchange.world, line);
    return exchange.show(line);
  });
  endpoints.on('DELETE', '/line_items/:id', (exchange) => {
    const line = editable(exchange);
    deleteLine(exchange.world, line);
    const checkout = exchange.world.store.tables.checkout.get(line.checkout);
    if (checkout) recalculate(exchange.world, checkout);
    return { id: line.id, object: 'line_item', deleted: true };
  });
  endpoints.on('PATCH', '/line_items/:id/swap', (exchange) => {
    const line = editable(exchange);
    const swap = exchange.world.store.tables.swap
      .list()
      .find(({ price, archived }) => price === line.price && !archived);
    if (!swap) throw refuse('line_item.swap.blank', 'This line has nothing to be swapped for.');
    Object.assign(line, { swap: swap.id, price: swap.swap_price });
    repriceLine(exchange.world, line);
    return exchange.show(line);
  });
  endpoints.on('PATCH', '/line_items/:id/unswap', (exchange) => {
    const line = editable(exchange);
    const swap = exchange.world.store.tables.swap.get(line.swap);
    if (!swap) throw refuse('line_item.swap.blank', 'This line was not swapped.');
    Object.assign(line, { swap: null, price: swap.price });
    repriceLine(exchange.world, line);
    return exchange.show(line);
  });
}

function previewedFees(fees: readonly NewFee[]) {
  const data = fees.map((fee) => ({ id: null, object: 'fee', ...fee, line_item: null }));
  return { object: 'list', pagination: { count: data.length, limit: 20, page: 1, url: '/v1/fees' }, data };
}

function create({ world, body: sent }: Exchange): LineItemRecord {
  const body = Body.of(sent, 'line_item');
  const checkout = find(world, 'checkout', body.text('checkout'));
  if (checkout.status !== 'draft') throw refuse('checkout.invalid', 'Lines are added to draft checkouts.');
  const variant = body.optionalText('variant');
  return storeLine(world, checkout, {
    price: find(world, 'price', body.text('price', 'price_id')),
    variant: variant === null ? null : find(world, 'variant', variant),
    quantity: body.optionalInteger('quantity') ?? 1,
    adHocAmount: body.optionalInteger('ad_hoc_amount'),
    upsell: null,
  });
}

function editable({ world, target }: Exchange): LineItemRecord {
  const line = target('line_item');
  if (line.locked || !isDraft(world, line)) {
    throw refuse('line_item.update_not_allowed', 'This line item can no longer be changed.');
  }
  return line;
}

function isDraft({ store }: SureCartWorld, line: LineItemRecord): boolean {
  return store.tables.checkout.get(line.checkout)?.status === 'draft';
}
