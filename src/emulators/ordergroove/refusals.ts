import { type ErrorFormat, Refusal } from '../kit/refusal.js';

export const errorFormat: ErrorFormat = { notFound };

/**
 * Creates the refusal of a field. Field errors are a map of field to text.
 * See https://developer.ordergroove.com/reference/items-iu
 */
export function badField(field: string, text: string, status = 400): Refusal {
  return new Refusal(status, { [field]: text });
}

export function badRequest(detail: string): Refusal {
  return new Refusal(400, { detail });
}

export function authenticationFailed(): Refusal {
  return new Refusal(403, { detail: 'Authentication Failed' });
}

export function notFound(): Refusal {
  return new Refusal(404, { detail: 'Unable to find requested asset.' });
}

export function resourceInUse(): Refusal {
  return new Refusal(423, { detail: 'The resource is in use by another operation, try again shortly.' });
}

/** Creates the refusal of too many requests, without Retry-After. */
export function throttled(): Refusal {
  return new Refusal(429, { detail: 'Request was throttled.' });
}
