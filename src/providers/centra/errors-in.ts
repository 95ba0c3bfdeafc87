import { type JsonObject, isJsonObject } from '../kit/decode.js';

/** `{errors: {field: text}}`; without it an answer is a success. Null when there is none. */
export function errorsIn(body: unknown): JsonObject | null {
  const errors = isJsonObject(body) ? body['errors'] : undefined;
  if (isJsonObject(errors)) return Object.keys(errors).length > 0 ? errors : null;
  return Array.isArray(errors) && errors.length > 0 ? { errors } : null;
}

/** Says that something is sold out: https://docs.centra.com/fe-development/overselling-prevention */
export function isOutOfStock(body: unknown): boolean {
  return errorsIn(body)?.['stock'] !== undefined || (isJsonObject(body) && Array.isArray(body['unavailable']));
}
