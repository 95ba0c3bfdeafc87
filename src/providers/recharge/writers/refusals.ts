import { type EligibilityReason, reason } from '../../../domain/eligibility.js';
import { notEligible, type Refusal } from '../../../domain/refusal.js';
import type { SendResult } from '../../../domain/write.js';
import type { UnansweredJson } from '../../kit/json-api.js';
import { refusalOf, unconfirmed, type WrittenRecord } from '../../kit/send-result.js';
import { type ErrorSignal, errorSignal } from '../api-errors.js';
import { errorChargeBlocks } from '../order-reasons.js';

/** Classifies a write that was not answered by a success. */
export function notConfirmed(result: UnansweredJson, written: WrittenRecord): SendResult {
  const signal = result.response && errorSignal(result.response);
  const sent = unconfirmed(result, (found) => refusalFor(signal) ?? refusalOf(found, written));
  return sent.outcome === 'refused' ? { ...sent, isDocumented: signal !== null } : sent;
}

function refusalFor(signal: ErrorSignal | null): Refusal | null {
  return signal === null ? null : notEligible([reasonFor(signal)]);
}

function reasonFor(signal: ErrorSignal): EligibilityReason {
  const evidence = 'refused by Recharge';
  switch (signal) {
    case 'ERROR_CHARGES':
      return errorChargeBlocks;
    case 'PAST_DATE':
      return reason('WINDOW_CLOSED', 'The time to change this order is over.', { evidence, remedy: 'USE_NEXT_ORDER' });
    case 'NO_PLAN':
      return reason('NO_SUBSCRIPTION_PLAN', 'This item can only be bought once, not subscribed to.', { evidence });
    case 'NO_VARIANT':
      return reason('VARIANT_GONE', 'This product cannot be added.', { evidence, remedy: 'CHOOSE_OTHER_PRODUCT' });
    case 'QUANTITY':
      return reason('QUANTITY_NOT_SUPPORTED', 'This quantity is not possible.', {
        evidence,
        remedy: 'REDUCE_QUANTITY',
      });
  }
}
