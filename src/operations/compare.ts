import type { LineItem } from '../domain/line-item.js';
import type { Money } from '../domain/money.js';
import type { AppliedDifference, Operation } from '../domain/operation.js';
import type { Order } from '../domain/order.js';
import type { Frequency, Subscription } from '../domain/subscription.js';
import { type RequestedFrequency, statedFrequency, type WriteProgress } from '../domain/write.js';

/** What a read shows after the write. */
export interface ReadBack {
  readonly order: Order | null;
  /** Lines of the order that were not there before. */
  readonly newLines: readonly LineItem[];
  readonly line: LineItem | null;
  readonly subscription: Subscription | null;
}

/** What was asked against what the provider did. */
export function differencesOf(operation: Operation, seen: ReadBack): readonly AppliedDifference[] {
  return [...differencesOfRequest(operation, seen), ...differencesOfMoney(operation, seen)].filter(
    ({ requested, applied }) => requested !== applied,
  );
}

function differencesOfRequest(
  { request, progress }: Operation,
  { order, line, subscription, newLines }: ReadBack,
): AppliedDifference[] {
  switch (request.kind) {
    case 'ADD_UPSELL_ITEM':
      return [
        ...(order ? [critical('order', request.orderKey, order.ref.key)] : []),
        ...(newLines.length > 1 ? [critical('lines', addedCount(progress), String(newLines.length))] : []),
        ...(line ? [minor('quantity', String(request.quantity), String(line.quantity))] : []),
        ...(line && request.item.product
          ? [critical('product', request.item.product.id, line.product.providerId)]
          : []),
        ...frequency(request.subscribe, subscription),
      ];
    case 'CONVERT_TO_SUBSCRIPTION':
      return frequency(request.frequency, subscription);
    case 'CHANGE_UPSELL_ITEM_QUANTITY':
      return line ? [minor('quantity', String(request.quantity), String(line.quantity))] : [];
    case 'REMOVE_UPSELL_ITEM':
    case 'DECLINE_UPSELL_OFFER':
      return [];
  }
}

/** Some providers add one unit a step, each on a line of its own. */
function addedCount(progress: WriteProgress | null): string {
  const keys = Object.values(progress?.done ?? {}).flatMap(({ lineItemKey }) => lineItemKey ?? []);
  return String(Math.max(1, new Set(keys).size));
}

function differencesOfMoney({ baseline }: Operation, { order }: ReadBack): AppliedDifference[] {
  const before = baseline?.orderTotal;
  const after = order?.totals?.total;
  if (!before || !after || before.currency !== after.currency) return [];
  const limit = smaller(baseline.maxIncrease, baseline.expectedIncrease);
  const growth = after.minus(before);
  if (!limit || limit.currency !== growth.currency || growth.minor <= limit.minor) return [];
  return [critical('increase', limit.toString(), growth.toString())];
}

function smaller(left: Money | null, right: Money | null): Money | null {
  if (!left || !right) return left ?? right;
  return left.currency === right.currency && left.minor < right.minor ? left : right;
}

/** Only what was asked for can differ. */
function frequency(asked: RequestedFrequency | null, subscription: Subscription | null): AppliedDifference[] {
  const requested = statedFrequency(asked);
  if (!requested || !subscription) return [];
  const { frequency: applied } = subscription;
  return [minor('frequency', everyText(requested), applied && everyText(applied))];
}

function everyText({ every, unit }: Frequency): string {
  return `${every} ${unit}`;
}

function critical(field: string, requested: string | null, applied: string | null): AppliedDifference {
  return { field, requested, applied, critical: true };
}

function minor(field: string, requested: string | null, applied: string | null): AppliedDifference {
  return { field, requested, applied, critical: false };
}
