import { randomUUID } from 'node:crypto';
import { ControlInputError } from './control-input.js';
import { type FaultMatch, type FaultSubject, matches } from './fault-match.js';
import type { JsonPatch } from './json-patch.js';
import { isMisbehaviour, type Misbehaviour, type Occurrence, type Occurrences } from './misbehaviours.js';

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
  | ({ readonly kind: 'patchBody' } & JsonPatch)
  | Misbehaviour;

export interface FaultSpecification {
  readonly id?: string;
  readonly match?: FaultMatch;
  /** How often it applies; 1 when absent. */
  readonly times?: number | 'always';
  /** How many matching requests pass before it applies. */
  readonly skip?: number;
  /** Real seconds after which it applies no more, counted from when it was added. */
  readonly forSeconds?: number;
  /** Faults added each time this one applies, so that a lost write can be followed by an outage of its reads. */
  readonly followedBy?: readonly FaultSpecification[];
  readonly action: FaultAction;
}

export interface Fault extends FaultSpecification {
  readonly id: string;
  /** Matching requests seen so far, and how many of them it was applied to. */
  readonly seen: number;
  readonly struck: number;
  /** Null without `forSeconds`. */
  readonly endsAt: string | null;
}

/** The ordered script of faults: of those that match a request, the first one due applies. */
export class FaultScript {
  #faults: Fault[] = [];

  /**
   * Creates an empty script. Without occurrences nothing but the connection can be scripted. `now` is real time, as
   * requests and timeouts are.
   */
  constructor(
    private readonly occurrences: Occurrences | null = null,
    private readonly now: () => number = Date.now,
  ) {}

  add(specification: FaultSpecification): Fault {
    requirePossible(specification.action, this.#occurrenceOf(specification.action));
    const { id = randomUUID(), forSeconds } = specification;
    const endsAt = forSeconds === undefined ? null : new Date(this.now() + forSeconds * 1000).toISOString();
    const fault = { ...specification, id, seen: 0, struck: 0, endsAt };
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
      const { on, skip } = scopeOf(this.#occurrenceOf(fault.action));
      if (isSpent(fault, this.now()) || !matches(fault.match ?? {}, subject)) continue;
      if (!on.some((match) => matches(match, subject))) continue;
      const isDue = fault.seen >= (fault.skip ?? skip);
      const next = { ...fault, seen: fault.seen + 1, struck: fault.struck + (isDue ? 1 : 0) };
      this.#faults[index] = next;
      if (!isDue) continue;
      for (const follower of fault.followedBy ?? []) this.add(follower);
      return next;
    }
    return null;
  }

  #occurrenceOf(action: FaultAction): Occurrence | null {
    if (!isMisbehaviour(action)) return null;
    return this.occurrences?.[action.kind] ?? { never: 'this emulator misbehaves in no such way.' };
  }
}

function scopeOf(occurrence: Occurrence | null): { readonly on: readonly FaultMatch[]; readonly skip: number } {
  return occurrence && 'on' in occurrence ? { skip: 0, ...occurrence } : { on: [{}], skip: 0 };
}

function requirePossible(action: FaultAction, occurrence: Occurrence | null): void {
  if (!occurrence) return;
  if ('never' in occurrence) throw new ControlInputError(`${action.kind} does not happen here: ${occurrence.never}`);
  for (const [name, values] of Object.entries(occurrence.only ?? {})) {
    const value: unknown = Reflect.get(action, name);
    if (value === undefined || values.includes(value)) continue;
    throw new ControlInputError(`${action.kind} takes here as ${name} one of ${values.join(', ')}.`);
  }
}

function isSpent({ times = 1, struck, endsAt }: Fault, now: number): boolean {
  return (times !== 'always' && struck >= times) || (endsAt !== null && Date.parse(endsAt) <= now);
}
