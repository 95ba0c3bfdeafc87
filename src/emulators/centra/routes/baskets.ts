import type { CentraEndpoints, Exchange, Reply } from '../endpoints.js';
import { selectionPayload } from '../payloads.js';
import type { Dialect } from '../records.js';
import { accessDenied, CentraRefusal } from '../refusals.js';
import { addToSelection, lineOf, planOf, setQuantity, unavailable } from '../selections.js';
import { answerOrder } from './order-answer.js';

/** Baskets: https://docs.centra.com/api-references/checkout-api/api-reference/selections-and-orders */
export function baskets(endpoints: CentraEndpoints, dialect: Dialect): void {
  const own = dialect === 'shop' ? '/selections/:selection' : '';
  const whole = dialect === 'shop' ? own : '/selection';

  // After the checkout the same token shows the order instead.
  endpoints.read(whole, (exchange) => {
    const { session, context } = exchange;
    const order = context.store.orders.get(session?.lastOrder ?? '');
    return order && exchange.selection.order === order.order ? answerOrder(exchange, order) : answer(exchange);
  });
  endpoints.write('PUT', whole, (exchange) => {
    choosePlace(exchange);
    return answer(exchange);
  });

  endpoints.write('POST', [own, '/items/:item'].join(''), (exchange) => addItem(exchange, 1));
  endpoints.write('POST', `${own}/items/:item/quantity/:quantity`, (exchange) => addItem(exchange, numberIn(exchange)));
  endpoints.write('POST', dialect === 'shop' ? `${own}/bundles` : '/items/bundles/:item', (exchange) =>
    addItem(exchange, 1),
  );
  if (dialect === 'checkout') endpoints.write('PUT', '/items', changeMany);

  const line = `${own}/lines/:line`;
  const change = (quantityOf: (before: number, given: number) => number) => (exchange: Exchange) => {
    const { selection } = exchange;
    const target = lineOf(selection, exchange.part('line'));
    setQuantity(selection, target, quantityOf(target.quantity, numberIn(exchange)));
    return answer(exchange);
  };
  endpoints.write(
    'PUT',
    `${line}/quantity/:quantity`,
    change((_before, given) => given),
  );
  endpoints.write(
    'POST',
    `${line}/quantity/:quantity`,
    change((before, given) => before + given),
  );
  endpoints.write(
    'DELETE',
    `${line}/quantity/:quantity`,
    change((before, given) => before - given),
  );
  endpoints.write('DELETE', line, (exchange) => {
    setQuantity(exchange.selection, lineOf(exchange.selection, exchange.part('line')), 0);
    return answer(exchange);
  });

  endpoints.write('PUT', `${line}/subscription-plan/:plan`, (exchange) => {
    const target = lineOf(exchange.selection, exchange.part('line'));
    const { product } = exchange.context.store.itemOf(target);
    target.plan = planOf(exchange.context, product, exchange.part('plan'));
    target.unitPrice = Math.round((target.fullPrice * (100 - target.plan.discountPercent)) / 100);
    return answer(exchange);
  });
  endpoints.write('DELETE', `${line}/subscription-plan`, (exchange) => {
    const target = lineOf(exchange.selection, exchange.part('line'));
    target.plan = null;
    target.unitPrice = target.fullPrice;
    return answer(exchange);
  });
}

function answer(exchange: Exchange): Reply {
  const { context, dialect, selection } = exchange;
  const missing = withdrawUnavailable(exchange);
  const body = selectionPayload(context, selection, dialect);
  return {
    body: {
      ...(dialect === 'checkout' ? { selection: body } : body),
      ...(missing.length > 0 && { unavailable: missing }),
    },
  };
}

/** Takes out of the basket what others have bought. Aggressive overselling prevention does so with a 200. */
function withdrawUnavailable({ context, selection }: Exchange) {
  if (context.switches.get('stockMode') !== 'aggressive') return [];
  return selection.lines.flatMap((line) => {
    const { product, size } = context.store.itemOf(line);
    if (size.stock >= line.quantity) return [];
    const row = unavailable(product, line.item, size, line.quantity);
    setQuantity(selection, line, size.stock);
    return [row];
  });
}

function addItem(exchange: Exchange, quantity: number): Reply {
  const { context, selection, fields } = exchange;
  addToSelection(
    context,
    selection,
    exchange.part('item') || fields.text('item'),
    quantity,
    fields.optionalText('subscriptionPlan'),
  );
  return answer(exchange);
}

/** Adds many items. A 200 may be partial: `errors` then lists what failed. */
function changeMany(exchange: Exchange): Reply {
  const { context, selection, fields } = exchange;
  const errors: Record<string, string> = {};
  for (const given of fields.list('items')) {
    const item = String(Reflect.get(Object(given), 'item'));
    try {
      if (selection.lines.some((line) => line.item === item))
        throw new CentraRefusal(406, { item: 'already in selection' });
      addToSelection(context, selection, item, Number(Reflect.get(Object(given), 'quantity') ?? 1));
    } catch (error) {
      if (!(error instanceof CentraRefusal)) throw error;
      errors[item] = Object.values(error.errors).join(', ');
    }
  }
  for (const given of fields.list('lines')) {
    const id = String(Reflect.get(Object(given), 'line'));
    const line = selection.lines.find((each) => each.line === id);
    if (line) setQuantity(selection, line, Number(Reflect.get(Object(given), 'quantity')));
    else errors[id] = 'not found';
  }
  const { body } = answer(exchange);
  return { body: Object.keys(errors).length > 0 ? { ...body, errors } : body };
}

/** Chooses the market of a basket. Market and pricelist are for servers; anybody may say the country. */
function choosePlace({ context, selection, fields, isServer }: Exchange): void {
  if (!isServer && (fields.has('market') || fields.has('pricelist'))) throw accessDenied();
  const country = fields.optionalText('country');
  const market = fields.optionalText('market');
  const chosen = context.store.markets.list().find((each) => each.id === market || each.country === country);
  if (chosen) selection.market = chosen.id;
}

function numberIn(exchange: Exchange): number {
  return Math.max(Number(exchange.part('quantity')) || 0, 0);
}
