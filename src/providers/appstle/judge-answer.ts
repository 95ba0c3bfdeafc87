import type { OutboundResponse } from '../../domain/transport.js';
import type { ResponseClass } from '../../http/call.js';
import { signOf } from './answer-signs.js';

/** No figures are documented: these waits were seen to be enough. */
const FIRST_WAIT_WHEN_THROTTLED_MS = 300;
const FIRST_WAIT_AFTER_COLLISION_MS = 700;

/** Another billing or edit holds the contract for about that long. */
const LOCK_MS = 15_000;

/** What an answer that is no success did: 400 is shared by refusals and by collisions, after which nothing was done. */
export function judgeAnswer(
  answer: OutboundResponse,
  { attempt, isRepeatSafeWrite }: { readonly attempt: number; readonly isRepeatSafeWrite: boolean },
): ResponseClass | null {
  switch (signOf(answer)) {
    case 'THROTTLED':
      return { effect: 'not_applied', retryAfterMs: FIRST_WAIT_WHEN_THROTTLED_MS * 3 ** (attempt - 1) };
    case 'COLLISION':
      return { effect: 'not_applied', retryAfterMs: FIRST_WAIT_AFTER_COLLISION_MS * attempt };
    case 'LOCKED':
      return { effect: 'not_applied', retryAfterMs: LOCK_MS };
    case 'NO_QUEUED_ORDER':
      // A call that adds nothing when it is repeated has added nothing when it says so, whatever its status.
      return isRepeatSafeWrite ? { effect: 'refused' } : null;
    case 'FROZEN':
    case 'LAST_LINE':
    case 'OUT_OF_STOCK':
    case 'DECLINED':
    case null:
      return null;
  }
}
