import { randomUUID } from 'node:crypto';
import { isObject } from './json-object.js';
import type { JsonPatch } from './json-patch.js';

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

interface ScriptedAnswer {
  readonly status: number;
  /** Text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly contentType?: string;
}

/** `apply…` means that the request takes effect although its answer is corrupted or lost. */
export type FaultAction =
  | ({ readonly kind: 'status' | 'applyThenStatus' } & ScriptedAnswer)
  | { readonly kind: 'reset' | 'applyThenReset' | 'hang' | 'applyThenHang' | 'cutBody' }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'html'; readonly status: number }
  | ({ readonly kind: 'patchBody' } & JsonPatch);

export interface FaultSpecification {
  readonly id?: string;
  readonly match?: FaultMatch;
  /** How often it applies; 1 when absent. */
  readonly times?: number | 'always';
  /** How many matching requests pass before it applies. */
  readonly skip?: number;
  readonly action: FaultAction;
}

export interface Fault extends FaultSpecification {
  readonly id: string;
  /** Matching requests seen so far, and how many of them it was applied to. */
  readonly seen: number;
  readonly struck: number;
}

export interface FaultSubject {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** The ordered script of faults: of those that match a request, the first one due applies. */
export class FaultScript {
  #faults: Fault[] = [];

  add(specification: FaultSpecification): Fault {
    const fault = { ...specification, id: specification.id ?? randomUUID(), seen: 0, struck: 0 };
    this.#faults.push(fault);
    return fault;
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  clear(): void {
    this.#faults = [];
  }

  take(subject: FaultSubject): Fault | null {
    for (const [index, fault] of this.#faults.entries()) {
      if (isSpent(fault) || !matches(fault.match ?? {}, subject)) continue;
      const isDue = fault.seen >= (fault.skip ?? 0);
      const next = { ...fault, seen: fault.seen + 1, struck: fault.struck + (isDue ? 1 : 0) };
      this.#faults[index] = next;
      if (isDue) return next;
    }
    return null;
  }
}

function isSpent({ times = 1, struck }: Fault): boolean {
  return times !== 'always' && struck >= times;
}

function matches(match: FaultMatch, subject: FaultSubject): boolean {
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
