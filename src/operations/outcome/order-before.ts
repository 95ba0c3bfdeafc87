import type { LineItem } from '../../domain/line-item.js';
import type { Listing } from '../../domain/lookup.js';
import type { Order } from '../../domain/order.js';
import type { LineBefore, OrderBefore, OrderView } from '../../domain/write.js';

/** Takes from a view what the outcome is judged by later. A list with a gap is not kept: nothing can be told from it. */
export function toOrderBefore(order: Order | null, view: OrderView): OrderBefore {
  const { lines, elsewhere, subscriptions, facts, changeMark } = view;
  return {
    isThere: order !== null,
    status: order?.status ?? 'UNKNOWN',
    providerStatus: order?.providerStatus ?? '',
    totals: order?.totals ?? null,
    changeMark,
    lines: wholeOrNull(lines)?.map(toLineBefore) ?? null,
    elsewhere: wholeOrNull(elsewhere)?.map(toLineBefore) ?? null,
    subscriptions: wholeOrNull(subscriptions)?.map(({ ref, status }) => ({ key: ref.key, status })) ?? null,
    facts,
  };
}

/** Whether a line recurs; null when that is not known. */
export function isRecurring({ purchaseMode, subscriptionRef }: LineItem): boolean | null {
  if (purchaseMode === 'UNKNOWN' && subscriptionRef === null) return null;
  return purchaseMode === 'SUBSCRIPTION' || subscriptionRef !== null;
}

function toLineBefore(line: LineItem): LineBefore {
  const { ref, product, quantity, unitPrice, total } = line;
  return {
    key: ref.key,
    productId: product.providerId,
    quantity,
    recurring: isRecurring(line),
    unitPrice,
    total,
  };
}

function wholeOrNull<T>(listing: Listing<T> | null): readonly T[] | null {
  return listing === null || listing.problem !== null ? null : listing.items;
}
