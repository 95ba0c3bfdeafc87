import { reason } from '../../../domain/eligibility.js';
import { notEligible, notFound, providerFailed, type Refusal } from '../../../domain/refusal.js';
import type { SendResult } from '../../../domain/write.js';
import type { UnansweredResult } from '../results.js';

/** What a write is about, for the refusal of one that is gone. */
export interface WrittenRecord {
  readonly path: readonly string[];
  readonly what: string;
}

export const anOrder: WrittenRecord = { path: ['orderId'], what: 'order' };
export const anItem: WrittenRecord = { path: ['lineItemId'], what: 'item' };

export function toAnswer(result: UnansweredResult, written: WrittenRecord): SendResult {
  const { outcome, attempts, problem } = result;
  if (outcome === 'refused') return { outcome, attempts, refusal: refusalOf(result, written) };
  return { outcome, attempts, problem };
}

function refusalOf({ sign, problem }: UnansweredResult, { path, what }: WrittenRecord): Refusal {
  switch (sign) {
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
      break;
  }
  if (problem.kind === 'NOT_FOUND') return notFound(path, what);
  const isOurs = problem.kind === 'AUTHENTICATION' || problem.kind === 'FORBIDDEN';
  return providerFailed(problem, isOurs ? 'NEVER' : 'NEW_REQUEST');
}
