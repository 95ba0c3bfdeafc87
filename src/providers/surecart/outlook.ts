import { fromInstant, type ScheduledMoment } from '../../domain/moment.js';
import type { Dunning, PendingChange, Subscription, SubscriptionStatus } from '../../domain/subscription.js';
import type { SureCartAccount } from './session.js';
import type { WireSubscription } from './wire-subscriptions.js';

type Outlook = Pick<Subscription, 'nextDelivery' | 'endsAt' | 'pendingChanges' | 'dunning'>;

/** Returns what lies ahead of a subscription, whatever its status says. */
export function outlookOf(wire: WireSubscription, status: SubscriptionStatus, account: SureCartAccount): Outlook {
  const moment = (at: Date | null) => at && fromInstant(at, account.timeZone);
  const periodEnd = moment(wire.periodEndsAt);
  return {
    nextDelivery: nextDeliveryOf(wire, status, periodEnd, moment(wire.restoreAt)),
    endsAt: endOf(wire, status, periodEnd, moment(wire.endedAt)),
    pendingChanges: pendingChangesOf(wire, status, periodEnd),
    dunning: dunningOf(wire, status),
  };
}

function nextDeliveryOf(
  wire: WireSubscription,
  status: SubscriptionStatus,
  periodEnd: ScheduledMoment | null,
  restored: ScheduledMoment | null,
): ScheduledMoment | null {
  if (status === 'PAUSED') return restored;
  const isRunning = status === 'ACTIVE' || status === 'TRIALING';
  return isRunning && !endsWithPeriod(wire) ? periodEnd : null;
}

/**
 * Returns when a subscription ends. A pause is a cancellation with a day to come back.
 * See https://developer.surecart.com/api-reference/subscriptions/cancelpause
 */
function endOf(
  wire: WireSubscription,
  status: SubscriptionStatus,
  periodEnd: ScheduledMoment | null,
  ended: ScheduledMoment | null,
): ScheduledMoment | null {
  if (status === 'CANCELLED' || status === 'EXPIRED') return ended;
  if (status === 'PAUSED' || (isCancelling(wire) && wire.restoreAt !== null)) return null;
  return endsWithPeriod(wire) ? periodEnd : null;
}

function endsWithPeriod(wire: WireSubscription): boolean {
  return isCancelling(wire) || (wire.finite === true && wire.periodsLeft === 0);
}

function isCancelling({ cancelsAtPeriodEnd }: WireSubscription): boolean {
  return cancelsAtPeriodEnd === true;
}

const PLAN_FIELDS: ReadonlySet<string> = new Set(['price', 'quantity', 'variant', 'ad_hoc_amount']);

/**
 * Lists changes that come into force with the next payment.
 * See https://developer.surecart.com/reference/update_subscription
 */
function pendingChangesOf(
  wire: WireSubscription,
  status: SubscriptionStatus,
  effectiveAt: ScheduledMoment | null,
): readonly PendingChange[] {
  const isOver = status === 'CANCELLED' || status === 'EXPIRED' || status === 'PAUSED';
  const changes: PendingChange[] = [];
  if (isCancelling(wire) && !isOver) {
    changes.push({ kind: wire.restoreAt === null ? 'CANCELLATION' : 'PAUSE', effectiveAt });
  }
  if (wire.pendingFields.length > 0) {
    const isOfPlan = wire.pendingFields.some((name) => PLAN_FIELDS.has(name));
    changes.push({ kind: isOfPlan ? 'PLAN' : 'UNKNOWN', effectiveAt });
  }
  return changes;
}

/** Describes the retries of a failed payment: its period says when. Why it failed is told by no subscription. */
function dunningOf({ period }: WireSubscription, status: SubscriptionStatus): Dunning | null {
  return status === 'PAST_DUE' ? { reason: 'UNKNOWN', nextAttemptAt: period?.nextRetryAt ?? null, endsAt: null } : null;
}
