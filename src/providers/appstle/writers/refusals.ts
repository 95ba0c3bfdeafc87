import { reason } from '../../../domain/eligibility.js';
import { notEligible, providerFailed, type Refusal } from '../../../domain/refusal.js';
import type { SendResult } from '../../../domain/write.js';
import { refusalOf, unconfirmed, type WrittenRecord } from '../../kit/send-result.js';
import type { UnansweredResult } from '../requests.js';

/** Classifies a write that was not answered by a success. */
export function notConfirmed(result: UnansweredResult, written: WrittenRecord): SendResult {
  return unconfirmed(result, () => refusalIn(result, written));
}

function refusalIn({ signal, problem }: UnansweredResult, written: WrittenRecord): Refusal {
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
      return providerFailed(problem, 'NEVER');
    case 'COLLISION':
    case 'LOCKED':
    case 'THROTTLED':
    case null:
      return refusalOf(problem, written);
  }
}
