import { reason } from '../../../domain/eligibility.js';
import { problem } from '../../../domain/problem.js';
import { notEligible, providerFailed, type Refusal } from '../../../domain/refusal.js';
import type { SendResult } from '../../../domain/write.js';
import { refusalOf, unconfirmed, type WrittenRecord } from '../../kit/send-result.js';
import type { UnansweredResult } from '../requests.js';

/** A success that does not show its effect: bodies may be empty, a 200 may decline, and work may follow later. */
export const notShown = problem('CONFLICT', 'Appstle accepted the change and does not show it yet.');

/** Classifies a write that was not answered by a success. */
export function notConfirmed(result: UnansweredResult, written: WrittenRecord): SendResult {
  const sent = unconfirmed(result, () => refusalIn(result, written));
  return sent.outcome === 'refused' ? { ...sent, isDocumented: isDocumented(result) } : sent;
}

/**
 * Whether a refusal follows a documented rule; the others were only seen.
 * See https://developers.appstle.com/api-reference/subscription-one-time-products and
 * https://developers.appstle.com/api-reference/subscription-products
 */
function isDocumented({ signal }: UnansweredResult): boolean {
  return signal === 'NO_QUEUED_ORDER' || signal === 'FROZEN' || signal === 'LAST_LINE';
}

function refusalIn({ signal, problem: found }: UnansweredResult, written: WrittenRecord): Refusal {
  switch (signal) {
    case 'NO_QUEUED_ORDER':
      return notEligible([
        reason('NO_UPCOMING_ORDER', 'This subscription has no order to come.', { evidence: 'No value present' }),
      ]);
    case 'FROZEN':
      return notEligible([
        reason('SUBSCRIPTION_FROZEN', 'This subscription takes no changes during its minimum term.', {
          evidence: 'refused by Appstle',
        }),
      ]);
    case 'LAST_LINE':
      return notEligible([
        reason('LOCKED_LINE', 'The last item of a subscription cannot be taken off.', {
          evidence: 'refused by Appstle',
        }),
      ]);
    case 'OUT_OF_STOCK':
      return notEligible([
        reason('OUT_OF_STOCK', 'This product is out of stock.', {
          evidence: 'refused by Appstle',
          remedy: 'CHOOSE_OTHER_PRODUCT',
        }),
      ]);
    case 'DECLINED':
      return providerFailed(found, 'NEVER');
    case 'COLLISION':
    case 'LOCKED':
    case 'THROTTLED':
    case null:
      return refusalOf(found, written);
  }
}
