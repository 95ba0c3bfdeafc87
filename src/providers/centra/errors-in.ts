import { type Fields, isFields } from '../../http/decode.js';

/** `{errors: {field: text}}`; without it an answer is a success. Null when there is none. */
export function errorsIn(body: unknown): Fields | null {
  const errors = isFields(body) ? body['errors'] : undefined;
  if (isFields(errors)) return Object.keys(errors).length > 0 ? errors : null;
  return Array.isArray(errors) && errors.length > 0 ? { errors } : null;
}

/** Says that something is sold out: https://docs.centra.com/fe-development/overselling-prevention */
export function isOutOfStock(body: unknown): boolean {
  return errorsIn(body)?.['stock'] !== undefined || (isFields(body) && Array.isArray(body['unavailable']));
}
