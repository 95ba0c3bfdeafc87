import type { OutboundResponse } from '../../domain/transport.js';
import type { ResponseClass } from '../../http/call.js';
import { isJsonObject, optionalText } from '../kit/decode.js';
import { readJson } from '../kit/json.js';
import type { AttemptedRequest } from '../kit/json-api.js';

/**
 * What an answer says beyond its status. Status alone proves little here: several refusals share 400, and a 200 may
 * decline. COLLISION, LOCKED and THROTTLED mean that nothing was done and it may be tried again.
 */
export type ErrorSignal =
  'COLLISION' | 'LOCKED' | 'THROTTLED' | 'NO_QUEUED_ORDER' | 'FROZEN' | 'LAST_LINE' | 'OUT_OF_STOCK' | 'DECLINED';

export function errorSignal({ status, text }: Pick<OutboundResponse, 'status' | 'text'>): ErrorSignal | null {
  if (status === 429) return 'THROTTLED';
  const body = readJson(text);
  const fields = body.ok && isJsonObject(body.value) ? body.value : {};
  if (status >= 200 && status < 300) return isDecline(fields) ? 'DECLINED' : null;
  const says = ['message', 'detail', 'title', 'error'].flatMap((name) => optionalText(fields, name) ?? []).join(' ');
  if (/No value present/.test(says)) return 'NO_QUEUED_ORDER';
  if (status >= 500) return null;
  if (optionalText(fields, 'errorKey') === '10001' || /contract has changed/i.test(says)) return 'COLLISION';
  return PHRASES.find(([phrase]) => phrase.test(says))?.[1] ?? null;
}

const PHRASES: readonly (readonly [RegExp, ErrorSignal])[] = [
  [/billing operation is already in progress|ongoing processes|billing cycle contract edit/i, 'LOCKED'],
  [/at least one subscription product/i, 'LAST_LINE'],
  [/out of stock/i, 'OUT_OF_STOCK'],
  [/frozen|freeze|minimum (?:number of )?(?:billing )?cycles/i, 'FROZEN'],
];

function isDecline({ errorKey, success, errors }: Readonly<Record<string, unknown>>): boolean {
  return typeof errorKey === 'string' || success === false || (Array.isArray(errors) && errors.length > 0);
}

/** No figure is documented: this wait was seen to be enough. */
const FIRST_WAIT_AFTER_COLLISION_MS = 700;

/** Another billing or edit holds the contract for about that long. */
const LOCK_MS = 15_000;

/** Classifies an answer that is no success: 400 is shared by refusals and by collisions, after which nothing was done. */
export function classify(response: OutboundResponse, { attempt, repeatSafe }: AttemptedRequest): ResponseClass | null {
  switch (errorSignal(response)) {
    case 'THROTTLED':
      return { effect: 'not_applied' };
    case 'COLLISION':
      return { effect: 'not_applied', retryAfterMs: FIRST_WAIT_AFTER_COLLISION_MS * attempt };
    case 'LOCKED':
      return { effect: 'not_applied', retryAfterMs: LOCK_MS };
    case 'NO_QUEUED_ORDER':
      // A call that adds nothing when it is repeated has added nothing when it says so, whatever its status.
      return repeatSafe ? { effect: 'refused' } : null;
    case 'FROZEN':
    case 'LAST_LINE':
    case 'OUT_OF_STOCK':
    case 'DECLINED':
    case null:
      return null;
  }
}
