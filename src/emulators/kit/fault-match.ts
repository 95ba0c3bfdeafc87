import { isObject } from './json-object.js';

/** Which requests a fault is for; an absent part matches everything. */
export interface FaultMatch {
  readonly method?: string;
  /** Regular expression on the path without its query. */
  readonly path?: string;
  /** Regular expression on the query string. */
  readonly query?: string;
  /** Keys and values the JSON body must contain. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Headers it must carry, by their names in lower case. */
  readonly headers?: Readonly<Record<string, unknown>>;
}

export interface FaultSubject {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
}

export function matches(match: FaultMatch, subject: FaultSubject): boolean {
  return (
    (match.method === undefined || match.method.toUpperCase() === subject.method) &&
    (match.path === undefined || new RegExp(match.path, 'u').test(subject.path)) &&
    (match.query === undefined || new RegExp(match.query, 'u').test(subject.query)) &&
    (match.body === undefined || contains(subject.body, match.body)) &&
    (match.headers === undefined || contains(subject.headers, match.headers))
  );
}

function contains(actual: unknown, wanted: unknown): boolean {
  if (isObject(wanted)) {
    return isObject(actual) && Object.entries(wanted).every(([key, value]) => contains(actual[key], value));
  }
  if (Array.isArray(wanted)) {
    return Array.isArray(actual) && wanted.every((value, index) => contains(actual[index], value));
  }
  return actual === wanted;
}
