const DIGITS = /^\d{1,13}$/;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** Smallest number read as an instant rather than a delay: no provider asks to wait for decades. */
const FIRST_INSTANT_SECONDS = 1_000_000_000;
const FIRST_INSTANT_MS = FIRST_INSTANT_SECONDS * 1000;

/**
 * Reads a `Retry-After` header as milliseconds from `now`: seconds, an HTTP date, or an instant as Centra sends
 * (https://docs.centra.com/api-references/graphql-integration-api/rate-limits).
 */
export function readRetryAfter(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (DIGITS.test(text)) {
    const number = Number(text);
    if (number < FIRST_INSTANT_SECONDS) return number * 1000;
    return waitUntil(number < FIRST_INSTANT_MS ? number * 1000 : number, now);
  }
  return HTTP_DATE.test(text) || INSTANT.test(text) ? waitUntil(Date.parse(text), now) : null;
}

function waitUntil(at: number, now: Date): number | null {
  return Number.isNaN(at) ? null : Math.max(at - now.getTime(), 0);
}
