/** Half of the aliases an operation may have. */
const TIMES = 14;

/**
 * Returns an operation whose answer is long by the name of a field. In `operation`, … stands for the selections: `field`, which
 * gives accounts, many times.
 */
export function longQuery(operation: string, field: string, bytes: number): string {
  const selections = Array.from({ length: TIMES }, (_, index) => `f${index}: ${field} { ...Long }`).join(' ');
  return `${operation.replace('…', selections)} fragment Long on ProviderAccount { ${'x'.repeat(Math.ceil(bytes / TIMES))}: key }`;
}
