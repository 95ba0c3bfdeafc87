import type { OutboundResponse } from '../../domain/transport.js';
import { isJsonObject, optionalText } from '../kit/decode.js';
import { readJson } from '../kit/json.js';

/**
 * What an answer says beyond its status. Status alone proves little here: several refusals share 400, and a 200 may
 * decline. COLLISION, LOCKED and THROTTLED mean that nothing was done and it may be tried again.
 */
export type Sign =
  'COLLISION' | 'LOCKED' | 'THROTTLED' | 'NO_QUEUED_ORDER' | 'FROZEN' | 'LAST_LINE' | 'OUT_OF_STOCK' | 'DECLINED';

export function signOf({ status, text }: Pick<OutboundResponse, 'status' | 'text'>): Sign | null {
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

const PHRASES: readonly (readonly [RegExp, Sign])[] = [
  [/billing operation is already in progress|ongoing processes|billing cycle contract edit/i, 'LOCKED'],
  [/at least one subscription product/i, 'LAST_LINE'],
  [/out of stock/i, 'OUT_OF_STOCK'],
  [/frozen|freeze|minimum (?:number of )?(?:billing )?cycles/i, 'FROZEN'],
];

function isDecline({ errorKey, success, errors }: Readonly<Record<string, unknown>>): boolean {
  return typeof errorKey === 'string' || success === false || (Array.isArray(errors) && errors.length > 0);
}
