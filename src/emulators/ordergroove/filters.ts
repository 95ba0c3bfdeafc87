import { dateOf, readCentral } from './central-time.js';
import { badField } from './refusals.js';
import type { OrdergrooveSwitches } from './switches.js';

/** Whether the query does not name the parameter or names this value. */
export function matchesText(query: URLSearchParams, name: string, value: string | null): boolean {
  const wanted = query.get(name);
  return wanted === null || wanted === value;
}

/** Whether the query does not name the flag or names this value. Booleans arrive as `true` and `True`. */
export function matchesFlag(query: URLSearchParams, name: string, value: boolean): boolean {
  const wanted = query.get(name);
  return wanted === null || isTrue(wanted) === value;
}

export function isTrue(value: string | null): boolean {
  return value?.toLowerCase() === 'true';
}

export function matchesStatus(
  query: URLSearchParams,
  switches: OrdergrooveSwitches,
  status: number | undefined,
): boolean {
  const given = query.getAll('status');
  if (given.length === 0) return true;
  const wanted = (switches.get('multipleStatusFilter') === 'last' ? given.slice(-1) : given).map(Number);
  if (!wanted.every(Number.isInteger)) throw badField('status', 'Enter a whole number.');
  return status !== undefined && wanted.includes(status);
}

/** Whether a date fits `name`, `name_start` and `name_end`, read as Central time; both bounds include themselves. */
export function matchesDate(query: URLSearchParams, name: string, value: string): boolean {
  const exact = bound(query, name);
  const start = bound(query, `${name}_start`);
  const end = bound(query, `${name}_end`);
  return (
    (exact === null || (exact.isDate ? dateOf(value) === dateOf(exact.at) : value === exact.at)) &&
    (start === null || value >= start.at) &&
    (end === null || (end.isDate ? dateOf(value) <= dateOf(end.at) : value <= end.at))
  );
}

function bound(query: URLSearchParams, name: string): { readonly at: string; readonly isDate: boolean } | null {
  const text = query.get(name);
  if (text === null) return null;
  const at = readCentral(text);
  if (at === null) throw badField(name, 'Enter a valid date/time.');
  return { at, isDate: text.length === 10 };
}
