import type { Exchange, Reply } from '../endpoints.js';
import { orderPayload } from '../payloads.js';
import type { OrderRecord } from '../records.js';

/** Answers with an order. Checkout API nests the order, Shop API has its fields at the root. */
export function answerOrder(
  { context, dialect }: Exchange,
  order: OrderRecord,
  { status = 200, terms = false }: { readonly status?: number; readonly terms?: boolean } = {},
): Reply {
  const body = orderPayload(context, order, dialect);
  const isShown = terms || context.switches.get('crossSellOnReceipt');
  const shown = isShown ? termsPayload({ context }, order) : {};
  if (dialect === 'shop') return { status, body: { ...body, ...shown } };
  const isNested = context.switches.get('crossSellPlace') === 'order';
  return { status, body: { order: { ...body, ...(isNested && shown) }, ...(!isNested && shown) } };
}

/** Renders `crossSell`, formerly `upsell`. See https://docs.centra.com/fe-development/cross-sell */
function termsPayload(
  { context: { switches } }: Pick<Exchange, 'context'>,
  { crossSell }: OrderRecord,
): Record<string, unknown> {
  if (crossSell === null) return {};
  const isEmptyList = !crossSell.isAllowed && switches.get('crossSellWhenUnavailable') === 'list';
  return { [switches.get('crossSellName')]: isEmptyList ? [] : crossSell };
}
