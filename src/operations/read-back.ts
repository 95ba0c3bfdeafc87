import { type Lookup, missing } from '../domain/lookup.js';
import type { LineItem } from '../domain/line-item.js';
import type { Operation } from '../domain/operation.js';
import type { Order } from '../domain/order.js';
import { ProviderFailure, type ProviderProblem } from '../domain/problem.js';
import type { GuardedSource } from '../domain/provider.js';
import type { StepResult } from '../domain/write.js';
import type { ReadBack } from './compare.js';

/** What the provider shows now, and whether it is what the write was to bring about. */
export interface ReadBackResult {
  readonly seen: ReadBack;
  readonly isVisible: boolean;
  /** Why something could not be read; null when all was. */
  readonly problem: ProviderProblem | null;
}

/** Reads the records a write made or changed. Throws `ProviderFailure` only when the data source does. */
export async function readBack(source: GuardedSource, operation: Operation): Promise<ReadBackResult> {
  const stepResult = stepResultOf(operation);
  const orderKey = stepResult.orderKey ?? operation.orderRef?.key;
  const [order, subscription] = await Promise.all([
    readOne(orderKey, (keys) => source.orders.getMany(keys)),
    readOne(stepResult.subscriptionKey, async (keys) => source.subscriptions?.getMany(keys) ?? []),
  ]);
  const lines = await linesOf(source, order);
  const all = lines.state === 'found' ? lines.value : [];
  const seen: ReadBack = {
    order: order.state === 'found' ? order.value : null,
    subscription: subscription.state === 'found' ? subscription.value : null,
    line: all.find((line) => isLineOf(line, stepResult)) ?? null,
    newLines: newLinesAmong(all, operation),
  };
  return {
    seen,
    isVisible: isVisible(operation, stepResult, seen, lines),
    problem: [order, lines, subscription].map(problemIn).find((found) => found !== null) ?? null,
  };
}

/** All keys the finished steps produced; later steps win. */
export function stepResultOf({ progress, plannedSteps }: Operation): StepResult {
  return plannedSteps.reduce<StepResult>((stepResult, step) => ({ ...stepResult, ...progress?.done[step] }), {});
}

function isVisible(
  operation: Operation,
  stepResult: StepResult,
  seen: ReadBack,
  lines: Lookup<readonly LineItem[]>,
): boolean {
  // A recognised shopper may add an item but not list the order's items: the order itself is all that can be seen.
  const isHidden = lines.state === 'failed' && lines.problem.kind === 'FORBIDDEN';
  const hasLine = seen.line !== null || isHidden;
  switch (operation.request.kind) {
    case 'ADD_UPSELL_ITEM':
      return (
        hasLine &&
        seen.order !== null &&
        (operation.request.subscribe === null || stepResult.subscriptionKey !== undefined)
      );
    case 'CONVERT_TO_SUBSCRIPTION':
      return seen.subscription !== null;
    case 'CHANGE_UPSELL_ITEM_QUANTITY':
      return seen.line?.quantity === operation.request.quantity;
    case 'REMOVE_UPSELL_ITEM':
      // An order may vanish with its last item.
      return seen.line === null && lines.state !== 'failed';
    case 'DECLINE_UPSELL_OFFER':
      return seen.order !== null;
  }
}

function isLineOf(line: LineItem, { lineItemKey, removedLineItemKey, subscriptionKey }: StepResult): boolean {
  const key = lineItemKey ?? removedLineItemKey;
  if (key !== undefined) return line.ref.key === key;
  return subscriptionKey !== undefined && line.subscriptionRef?.key === subscriptionKey;
}

function newLinesAmong(lines: readonly LineItem[], { progress, request }: Operation): readonly LineItem[] {
  if (request.kind !== 'ADD_UPSELL_ITEM' || !progress) return [];
  const before = new Set(progress.snapshot.lineItemKeys);
  const wanted = request.item.product?.id;
  return lines.filter(
    ({ ref, product }) => !before.has(ref.key) && (wanted === undefined || product.providerId === wanted),
  );
}

async function linesOf(source: GuardedSource, order: Lookup<Order>): Promise<Lookup<readonly LineItem[]>> {
  if (order.state !== 'found') return order;
  return (await source.lineItems?.forOrders([order.value]))?.[0] ?? missing;
}

async function readOne<T>(
  key: string | undefined,
  getMany: (keys: readonly string[]) => Promise<readonly Lookup<T>[]>,
): Promise<Lookup<T>> {
  if (key === undefined) return missing;
  try {
    return (await getMany([key]))[0] ?? missing;
  } catch (error) {
    if (error instanceof ProviderFailure) return { state: 'failed', problem: error.problem };
    throw error;
  }
}

function problemIn(lookup: Lookup<unknown>): ProviderProblem | null {
  return lookup.state === 'failed' ? lookup.problem : null;
}
