import { type Interval as CalendarInterval, nextInstant } from '../kit/calendar.js';
import type { AppstleContext } from './context.js';
import { instantOf, utcText } from './dates.js';
import type { AttemptRecord, ContractRecord, IntervalUnit } from './records.js';
import type { AppstleStore } from './store.js';

/** Returns the queued attempts of a contract by instant; the lower id wins a tie. */
export function queuedOf(store: AppstleStore, contractId: string): AttemptRecord[] {
  return store
    .attemptsOf(contractId)
    .filter(({ status }) => status === 'QUEUED')
    .sort(byInstant);
}

export function byInstant(left: AttemptRecord, right: AttemptRecord): number {
  const difference = instantOf(left.billingDate) - instantOf(right.billingDate);
  return difference || Number(BigInt(left.id) - BigInt(right.id));
}

export function queueAttempt(store: AppstleStore, contract: ContractRecord, billingDate: string): AttemptRecord {
  return store.attempts.add({
    id: store.identifiers.next('attempt'),
    shop: contract.shop,
    contractId: contract.id,
    status: 'QUEUED',
    billingDate,
    attemptCount: 0,
    billingAttemptId: null,
    orderId: null,
    orderName: null,
    orderAmount: null,
    orderNote: null,
    responseMessage: null,
    variants: null,
  });
}

/** Queues what is missing behind the last attempt, or from the contract's next date on. */
export function fillQueue({ store, switches }: AppstleContext, contract: ContractRecord): void {
  if (contract.status !== 'ACTIVE' || contract.nextBillingDate === null) return;
  const queued = queuedOf(store, contract.id);
  let last = queued.at(-1)?.billingDate ?? null;
  for (let count = queued.length; count < switches.get('queuedAhead'); count += 1) {
    last = last === null ? contract.nextBillingDate : nextDate(contract, last);
    queueAttempt(store, contract, last);
  }
  refreshNextDate(store, contract);
}

const UNITS: Readonly<Record<IntervalUnit, CalendarInterval['unit']>> = {
  DAY: 'day',
  WEEK: 'week',
  MONTH: 'month',
  YEAR: 'year',
};

/** Returns the date one billing interval later; the contract keeps its day of the month through shorter months. */
function nextDate(contract: ContractRecord, date: string): string {
  const { unit, count } = contract.billing;
  const next = nextInstant(instantOf(date), { unit: UNITS[unit], count }, contract.anchorDay);
  contract.anchorDay = next.anchorDay;
  return utcText(next.at);
}

/** Sets the contract's date to that of its earliest queued attempt. */
export function refreshNextDate(store: AppstleStore, contract: ContractRecord): void {
  contract.nextBillingDate = queuedOf(store, contract.id)[0]?.billingDate ?? contract.nextBillingDate;
}

/** Takes all queued attempts away; their one-offs go as switched. */
export function clearQueue(context: AppstleContext, contract: ContractRecord): void {
  const { store, switches } = context;
  for (const attempt of queuedOf(store, contract.id)) {
    if (contract.status !== 'ACTIVE' && switches.get('attemptsOnPause') === 'mark') {
      attempt.status = contract.status === 'PAUSED' ? 'CONTRACT_PAUSED' : 'CONTRACT_CANCELLED';
    } else {
      store.attempts.delete(attempt.id);
    }
  }
  if (switches.get('oneOffsOfLostAttempts') !== 'drop') return;
  for (const row of lostOneOffs(store, contract.id)) store.oneOffs.delete(row.id);
}

/** Replaces the schedule by one with new ids from the next date on. */
export function renewQueue(context: AppstleContext, contract: ContractRecord): void {
  const { store, switches } = context;
  clearQueue(context, contract);
  fillQueue(context, contract);
  const [first] = queuedOf(store, contract.id);
  if (!first || switches.get('oneOffsOfLostAttempts') !== 'move') return;
  for (const row of lostOneOffs(store, contract.id)) row.attemptId = first.id;
}

/** Returns the first date of the contract's schedule that is still to come. */
export function nextDateAfter(contract: ContractRecord, now: Date): string {
  let date = contract.nextBillingDate ?? utcText(now);
  while (instantOf(date) <= now.getTime()) date = nextDate(contract, date);
  return date;
}

/** Returns the rows of attempts that are neither queued nor, like skipped ones, able to come back. */
function lostOneOffs(store: AppstleStore, contractId: string) {
  const kept = new Set(['QUEUED', 'SKIPPED']);
  return store.oneOffsOf(contractId).filter(({ attemptId }) => !kept.has(store.attempts.get(attemptId)?.status ?? ''));
}
