import type { OutboundResponse } from '../../domain/transport.js';
import type { ResponseClass } from '../../http/call.js';
import { isJsonObject } from '../kit/decode.js';
import type { AttemptedRequest } from '../kit/json-api.js';
import { readJson } from '../kit/json.js';

/** What a refusal says beyond its status. */
export type ErrorSignal = 'ERROR_CHARGES' | 'PAST_DATE' | 'NO_PLAN' | 'NO_VARIANT' | 'QUANTITY';

/** By the field that is named: the sentences are for operators, but one has no field and no code. */
const FIELDS: readonly (readonly [string, ErrorSignal])[] = [
  ['next_charge_scheduled_at', 'PAST_DATE'],
  ['date', 'PAST_DATE'],
  ['external_product_id', 'NO_PLAN'],
  ['plan_id', 'NO_PLAN'],
  ['external_variant_id', 'NO_VARIANT'],
  ['quantity', 'QUANTITY'],
];

export function errorSignal({ status, text }: Pick<OutboundResponse, 'status' | 'text'>): ErrorSignal | null {
  if (status !== 422) return null;
  const body = readJson(text);
  const fields = body.ok && isJsonObject(body.value) ? body.value : {};
  const errors = fields['errors'] ?? fields['error'];
  if (/existing error charges/i.test(JSON.stringify(errors) ?? '')) return 'ERROR_CHARGES';
  return isJsonObject(errors) ? (FIELDS.find(([name]) => name in errors)?.[1] ?? null) : null;
}

/** How long the other edit of the address takes: clients wait 1, 3 and 6 seconds. */
const WAITS_AFTER_COLLISION_MS = [1_000, 3_000, 6_000];

/** A bucket drains two calls a second: https://docs.getrecharge.com/docs/api-rate-limits */
const DRAIN_MS = 500;

/** Classifies an answer that is no success: after 409 and 429 nothing was done. */
export function classify({ status }: OutboundResponse, { attempt }: AttemptedRequest): ResponseClass | null {
  switch (status) {
    case 409:
      return { effect: 'not_applied', retryAfterMs: WAITS_AFTER_COLLISION_MS[attempt - 1] ?? 6_000 };
    case 429:
      return { effect: 'not_applied', retryAfterMs: DRAIN_MS };
    default:
      return null;
  }
}
