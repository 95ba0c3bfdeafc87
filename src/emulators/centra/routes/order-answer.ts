import type { Exchange, Reply } from '../exchange.js';
import { orderPayload } from '../payloads.js';
import type { OrderRecord } from '../records.js';

/** Checkout API nests the order, Shop API has its fields at the root. */
export function answerOrder(
  { world, dialect }: Exchange,
  order: OrderRecord,
  { status = 200, terms = false }: { readonly status?: number; readonly terms?: boolean } = {},
): Reply {
  const body = orderPayload(world, order, dialect);
  const isShown = terms || world.switches.get('crossSellOnReceipt');
  const shown = isShown ? termsPayload({ world }, order) : {};
  if (dialect === 'shop') return { status, body: { ...body, ...shown } };
  const isNested = world.switches.get('crossSellPlace') === 'order';
  return { status, body: { order: { ...body, ...(isNested && shown) }, ...(!isNested && shown) } };
}

/** `crossSell`, formerly `upsell`: https://docs.centra.com/fe-development/cross-sell */
function termsPayload(
  { world: { switches } }: Pick<Exchange, 'world'>,
  { crossSell }: OrderRecord,
): Record<string, unknown> {
  if (crossSell === null) return {};
  const isEmptyList = !crossSell.isAllowed && switches.get('crossSellWhenUnavailable') === 'list';
  return { [switches.get('crossSellName')]: isEmptyList ? [] : crossSell };
}
