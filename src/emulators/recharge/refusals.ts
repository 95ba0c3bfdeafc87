import { type ErrorFormat, Refusal } from '../kit/refusal.js';

export const errorFormat: ErrorFormat = {
  notFound: () => new Refusal(404, { errors: 'Not Found' }),
  malformedBody: () => new Refusal(415, { error: 'A JSON object is expected.' }),
};

export function badAuthentication(): Refusal {
  return new Refusal(401, { error: 'bad authentication' });
}

export function missingScope(scopes: readonly string[]): Refusal {
  return new Refusal(403, { error: `Missing scope: ${scopes.join(' or ')}` });
}

export function unknownVersion(): Refusal {
  return new Refusal(426, { error: 'This version is not supported.' });
}

export function notFound(): Refusal {
  return new Refusal(404, { errors: 'Not Found' });
}

export function addressNotFound(): Refusal {
  return new Refusal(404, { error: 'address not found' });
}

/** Makes a refusal by field, with a text where only one thing is wrong, as some answers have it. */
export function invalid(errors: Readonly<Record<string, string | readonly string[]>>): Refusal {
  return new Refusal(422, { errors });
}

export function inProgress(): Refusal {
  return new Refusal(409, { error: 'A call to this route is already in progress.' });
}

export function tooManyRequests(): Refusal {
  return new Refusal(429, { warning: 'too many requests' });
}

/** Makes a refusal that has no code: clients know it by its sentence. */
export function errorChargesExist(): Refusal {
  return invalid({ general: 'Must remove/fix existing error charges first' });
}
