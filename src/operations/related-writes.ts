import { reason } from '../domain/eligibility.js';
import { isSettled, type Operation } from '../domain/operation.js';
import type { LineItem } from '../domain/line-item.js';
import { notEligible, type Refusal } from '../domain/refusal.js';
import type { Expected, OrderBefore, PlannedStep, StepResult, WriteTarget } from '../domain/write.js';
import { outcomeUnknown } from './claim.js';
import { ABSENCE_IS_FINAL_MS } from './outcome/judge.js';
import { toOrderBefore } from './outcome/order-before.js';
import type { WriteRun } from './write-run.js';

/** What the ledger knows of the order a write is about. */
export interface RelatedWrites {
  /** A write of the same decision whose first half is in force and whose rest is not; null when there is none. */
  readonly unfinished: Operation | null;
  /** The same removal, done before; null when there is none. */
  readonly removed: Operation | null;
  /** Refuses a write that could not be told from one whose outcome is open, or that was done for good. */
  refusalOf(target: WriteTarget): Refusal | null;
}

/** Looks up other writes on the same order, whoever asked for them. */
export async function readRelatedWrites(run: WriteRun, lockName: string): Promise<RelatedWrites> {
  const { operation } = run.journal;
  const { request, lineName } = operation;
  const names = lineName === null ? [lockName] : [lockName, lineName];
  const others = (await run.ledger.onOrder(names)).filter(({ id }) => id !== operation.id);
  run.related.others = others;
  const isSame = (other: Operation) => other.inputHash === operation.inputHash && other.actorId === operation.actorId;
  const latest = others.find(isSame) ?? null;
  return {
    unfinished: latest?.status === 'PARTIAL' && isHalfDone(latest) ? latest : null,
    removed: latest?.status === 'SUCCEEDED' && request.kind === 'REMOVE_UPSELL_ITEM' ? latest : null,
    refusalOf(target) {
      const subjects = subjectsOf(target.steps, toOrderBefore(target.order, target.before));
      const isInDoubt = (other: Operation) => isOpen(run, other) || mayStillShow(run, other);
      const open = others.find((other) => isInDoubt(other) && isConfusable(other, subjects));
      if (open) return outcomeUnknown(open.id);
      const converted = others.some((other) => isConversionOf(other, operation));
      return converted ? notEligible([convertedBefore]) : null;
    },
  };
}

/** Whether a first half is known to be in force. Of what is not known nothing is taken for the first half. */
function isHalfDone(operation: Operation): boolean {
  return resultsOf(operation).length > 0 && restOf(operation).length > 0;
}

/** Returns the steps of a write that are not done. */
export function restOf({ plannedSteps, progress }: Operation): readonly PlannedStep[] {
  return plannedSteps.filter(({ name }) => progress?.done[name] === undefined);
}

/**
 * Returns the lines and subscriptions that other writes on the order account for, by key. One that was there before is
 * anybody's: more of it is what this write may have added. One that a later write removed, or that was gone long
 * before, is made anew under the same key, where a provider makes keys of what a line holds.
 */
export function claimsOf(
  others: readonly Operation[],
  { progress, createdAt }: Operation,
): readonly (readonly [string, number])[] {
  const before = progress?.before ?? null;
  const wasThere = new Set([...(before?.lines ?? []), ...(before?.elsewhere ?? [])].map(({ key }) => key));
  const removals = others.flatMap((other) =>
    resultsOf(other).flatMap(({ removedLineItemKey: key }) => (key === undefined ? [] : [{ key, at: lastOf(other) }])),
  );
  return others.flatMap((other) => {
    const at = lastOf(other);
    if (createdAt.getTime() - at >= ABSENCE_IS_FINAL_MS) return [];
    const isRemoved = (key: string) => removals.some((removal) => removal.key === key && removal.at > at);
    const made = resultsOf(other).flatMap(({ lineItemKey, subscriptionKey }) => [lineItemKey, subscriptionKey]);
    return [...made, ...(other.progress?.also ?? [])].flatMap((key) =>
      key === undefined || wasThere.has(key) || isRemoved(key) ? [] : [[key, Number.POSITIVE_INFINITY] as const],
    );
  });
}

/** Returns what the steps of a write made or changed, as far as they are done. */
export function resultsOf({ progress }: Operation): readonly StepResult[] {
  return Object.values(progress?.done ?? {});
}

/** Returns when what a write did was last in motion: the time it settled, or no end. */
function lastOf({ settledAt }: Operation): number {
  return settledAt?.getTime() ?? Number.POSITIVE_INFINITY;
}

/** Returns the keys of everything that other writes on the order did since one began. */
export function changedSince(others: readonly Operation[], { createdAt }: Operation): ReadonlySet<string> {
  const since = others.filter(({ settledAt }) => settledAt !== null && settledAt >= createdAt);
  return new Set(
    since
      .flatMap(resultsOf)
      .flatMap(({ lineItemKey, removedLineItemKey, subscriptionKey }) =>
        [lineItemKey, removedLineItemKey, subscriptionKey].flatMap((key) => key ?? []),
      ),
  );
}

/** Returns the lines of other orders that may be what an open write on that order has done, by key. */
export function disputedAmong(lines: readonly LineItem[], others: readonly Operation[]): ReadonlySet<string> {
  const open = others.filter((other) => !isSettled(other) && other.progress !== null);
  const isDisputed = ({ orderRef, product }: LineItem) =>
    open.some(
      (other) =>
        other.orderRef?.key === orderRef.key &&
        subjectsOf(other.plannedSteps, other.progress?.before ?? null).has(`product:${product.providerId}`),
    );
  return new Set(lines.filter(isDisputed).map(({ ref }) => ref.key));
}

/** Whether another write is open. One that was given up is for a person to look at, and stands in nobody's way. */
function isOpen({ now, giveUpMs }: WriteRun, other: Operation): boolean {
  return !isSettled(other) && other.progress !== null && now().getTime() - other.createdAt.getTime() < giveUpMs;
}

/** Whether a write was confirmed a moment ago and is not seen yet: once more, and it may show twice. */
function mayStillShow({ now }: WriteRun, { status, effect, settledAt, plannedSteps }: Operation): boolean {
  const isUnseen = status === 'PARTIAL' && effect === 'UNKNOWN' && settledAt !== null;
  if (!isUnseen || now().getTime() - settledAt.getTime() >= ABSENCE_IS_FINAL_MS) return false;
  return plannedSteps.some(({ expects }) => expects.some(({ kind }) => ADDING.has(kind)));
}

const ADDING: ReadonlySet<Expected['kind']> = new Set(['line_added', 'line_recurs', 'subscription_made']);

/** Whether what one write does could be taken for what the other does. */
function isConfusable({ plannedSteps, progress }: Operation, subjects: ReadonlySet<string>): boolean {
  return [...subjectsOf(plannedSteps, progress?.before ?? null)].some((subject) => subjects.has(subject));
}

/** Returns the lines and products that steps are about: another write may add to a line of its product. */
function subjectsOf(steps: readonly PlannedStep[], before: OrderBefore | null): ReadonlySet<string> {
  const productOf = new Map((before?.lines ?? []).map(({ key, productId }) => [key, productId]));
  const ofLine = (key: string) => {
    const productId = productOf.get(key);
    return productId === undefined ? [`line:${key}`] : [`line:${key}`, `product:${productId}`];
  };
  return new Set(
    steps.flatMap(({ expects }) =>
      expects.flatMap((expected): readonly string[] => {
        switch (expected.kind) {
          case 'line_added':
          case 'subscription_made':
            return [`product:${expected.productId}`];
          case 'line_changed':
          case 'line_gone':
            return ofLine(expected.lineItemKey);
          case 'line_recurs':
            return expected.lineItemKey === null ? [] : ofLine(expected.lineItemKey);
          case 'fact':
            return [`fact:${expected.name}`];
        }
      }),
    ),
  );
}

function isConversionOf({ kind, status, lineName, subscriptionRef }: Operation, asked: Operation): boolean {
  const isInForce = (status === 'SUCCEEDED' || status === 'PARTIAL') && subscriptionRef !== null;
  return kind === 'CONVERT_TO_SUBSCRIPTION' && asked.kind === kind && lineName === asked.lineName && isInForce;
}

const convertedBefore = reason('ALREADY_SUBSCRIBED', 'A subscription already carries this item on.', {
  evidence: 'converted before',
});
