import { announceAttempt } from './announcements.js';
import type { AppstleContext } from './context.js';
import { instantOf, utcText } from './dates.js';
import { gid } from './gids.js';
import { amountOf, isOneTime } from './pricing.js';
import type { AttemptRecord, AttemptStatus, ContractRecord } from './records.js';
import { fillQueue } from './schedule.js';

export const BILLING_OUTCOMES = ['SUCCESS', 'FAILURE', 'SECURITY_CHALLENGE', 'SKIPPED_INVENTORY_MGMT'] as const;

/** A jump over centuries is worked off over several requests instead of stalling one. */
const STEPS_PER_TICK = 2_000;

/** Moves attempts on by the clock: QUEUED, REQUESTING, PROGRESS, and what billing ends with. */
export function billDueAttempts(context: AppstleContext): void {
  const now = context.clock.now().getTime();
  for (let step = 0; step < STEPS_PER_TICK; step += 1) {
    const [next] = context.store.attempts
      .list()
      .flatMap((attempt) => {
        const at = nextMoment(context, attempt);
        return at !== null && at <= now ? [{ attempt, at }] : [];
      })
      .sort((left, right) => left.at - right.at);
    if (!next) return;
    moveOn(context, next.attempt, next.at);
  }
}

/** Returns when the attempt will change by itself; null when nothing more is due. */
function nextMoment({ switches }: AppstleContext, { status, billingDate }: AttemptRecord): number | null {
  const half = switches.get('billingSeconds') * 500;
  const due = instantOf(billingDate);
  if (status === 'QUEUED') return due;
  if (status === 'REQUESTING' || status === 'IMMEDIATE_TRIGGERED') return due + half;
  return status === 'PROGRESS' ? due + 2 * half : null;
}

function moveOn(context: AppstleContext, attempt: AttemptRecord, at: number): void {
  if (attempt.status === 'QUEUED') attempt.status = 'REQUESTING';
  else if (attempt.status !== 'PROGRESS') attempt.status = 'PROGRESS';
  else finish(context, attempt, utcText(at));
}

/** Bills an attempt before its time, with this outcome. */
export function billNow(context: AppstleContext, attempt: AttemptRecord, outcome: AttemptStatus): void {
  const now = utcText(context.clock.now());
  context.store.scriptedOutcomes.set(attempt.id, outcome);
  attempt.billingDate = now;
  finish(context, attempt, now);
}

function finish(context: AppstleContext, attempt: AttemptRecord, at: string): void {
  const { store } = context;
  const contract = store.contracts.get(attempt.contractId);
  if (!contract) return;
  attempt.attemptCount += 1;
  attempt.billingAttemptId = gid('SubscriptionBillingAttempt', store.identifiers.next('billing'));
  attempt.variants = billedVariants(context, contract, attempt);
  attempt.status = outcomeOf(context, attempt);
  if (attempt.status === 'SUCCESS') succeed(context, contract, attempt, at);
  else attempt.responseMessage = JSON.stringify(MESSAGES[attempt.status] ?? MESSAGES.FAILURE);
  fillQueue(context, contract);
  announceAttempt(context, attempt);
}

function outcomeOf({ store, switches }: AppstleContext, { id, variants }: AttemptRecord): AttemptStatus {
  const scripted = store.scriptedOutcomes.get(id);
  store.scriptedOutcomes.delete(id);
  if (scripted) return scripted;
  // Stock is judged at billing only.
  const isMissing = variants?.some(({ variantId }) => store.variants.get(variantId)?.inStock === false);
  return isMissing ? 'SKIPPED_INVENTORY_MGMT' : switches.get('billingOutcome');
}

function billedVariants({ store }: AppstleContext, { id, lines }: ContractRecord, attempt: AttemptRecord) {
  const oneOffs = store.oneOffsOf(id).filter(({ attemptId }) => attemptId === attempt.id);
  return [...lines, ...oneOffs].map(({ variantId, quantity }) => ({ variantId, quantity }));
}

/** Makes an attempt succeed. Its one-offs and the contract's one-time lines vanish with the order they were for. */
function succeed(
  { store, switches }: AppstleContext,
  contract: ContractRecord,
  attempt: AttemptRecord,
  at: string,
): void {
  const oneOffs = store.oneOffsOf(contract.id).filter(({ attemptId }) => attemptId === attempt.id);
  const amount = amountOf(switches, contract, oneOffs);
  attempt.orderId = store.identifiers.next('order');
  attempt.orderName = `#${attempt.orderId.slice(-4)}`;
  attempt.orderAmount = amount;
  store.charges.push({ attemptId: attempt.id, contractId: contract.id, amount, currency: contract.currency, at });
  for (const row of oneOffs) store.oneOffs.delete(row.id);
  contract.lines = contract.lines.filter((line) => !isOneTime(line));
  contract.successfulOrders += 1;
  contract.lastPaymentFailed = false;
  contract.updatedAt = at;
}

const MESSAGES: Partial<Record<AttemptStatus, object>> & { readonly FAILURE: object } = {
  FAILURE: { error_code: 'PAYMENT_METHOD_DECLINED', error_message: 'The payment method was declined.' },
  SECURITY_CHALLENGE: { error_code: 'AUTHENTICATION_ERROR', error_message: 'The payment needs a confirmation.' },
  SKIPPED_INVENTORY_MGMT: { error_code: 'INSUFFICIENT_INVENTORY', error_message: 'A product is out of stock.' },
};
