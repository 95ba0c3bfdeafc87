import { parseLocalDateTime, type ScheduledMoment } from '../../domain/moment.js';
import type { PaymentFailureReason } from '../../domain/payment-failure.js';
import type { Subscription } from '../../domain/subscription.js';
import { noteGap } from '../kit/decode.js';
import { toSubscriptionStatus } from './statuses.js';
import type { WireSubscription } from './wire-contract.js';

type Outlook = Pick<Subscription, 'status' | 'nextDelivery' | 'endsAt' | 'pendingChanges' | 'dunning'>;

/** Returns what lies ahead of a subscription. One that needs attention is not delivered, whatever its status says. */
export function outlookOf(wire: WireSubscription, timeZone: string | null): Outlook {
  const stated = toSubscriptionStatus(wire.status);
  const isFailing = needsAttention(wire) && stated !== 'CANCELLED';
  const reason = paymentFailureIn(wire.attentionReasons);
  const nextAttemptAt = momentIn(wire, 'nextRetryDate', timeZone)?.at ?? null;
  return {
    status: stated === 'ACTIVE' && isFailing && reason !== null ? 'PAST_DUE' : stated,
    nextDelivery: stated === 'ACTIVE' ? momentIn(wire, 'nextOrderDate', timeZone) : null,
    endsAt: null,
    pendingChanges: [],
    dunning: isFailing ? { reason: reason ?? 'UNKNOWN', nextAttemptAt, endsAt: null } : null,
  };
}

/** Whether a subscription needs attention: it says so, or why, or when its payment is tried again. */
function needsAttention({ needsAttention: stated, attentionReasons, nextRetryDate }: WireSubscription): boolean {
  return stated ?? (attentionReasons.length > 0 || nextRetryDate !== null);
}

/** Maps the reasons for attention to that of a failed payment; null where something else needs attention. */
function paymentFailureIn(reasons: readonly string[]): PaymentFailureReason | null {
  if (reasons.includes('PAYMENT_DECLINED')) return 'DECLINED';
  return reasons.includes('PAYMENT_REVOKED') ? 'METHOD_NOT_SUPPORTED' : null;
}

function momentIn(
  wire: WireSubscription,
  name: 'nextOrderDate' | 'nextRetryDate',
  timeZone: string | null,
): ScheduledMoment | null {
  const { [name]: text } = wire;
  if (text === null) return null;
  const moment = parseLocalDateTime(text, timeZone);
  if (moment.date !== null) return moment;
  noteGap(`a day in \`${name}\``);
  return null;
}
