const NEGATIVE_ZERO = 'negative-zero';

/** Writes JSON as PHP does: a zero may be negative. */
export function phpJson(body: unknown): string {
  const text = JSON.stringify(body, (_key, value: unknown) => (Object.is(value, -0) ? NEGATIVE_ZERO : value));
  return text.replaceAll(`"${NEGATIVE_ZERO}"`, '-0');
}
