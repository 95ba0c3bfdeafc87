import { Money } from '../domain/money.js';
import type { Operation } from '../domain/operation.js';

/** Serializes an operation as JSON, with instants and amounts tagged so that they can be restored. */
export function operationToJson(operation: Operation): string {
  return JSON.stringify(tagged(operation));
}

/** Parses the JSON of `operationToJson`, of this version or an earlier one. */
export function operationFromJson(text: string): Operation {
  const stored: Operation = JSON.parse(text, (key, value: unknown) => renamed(key, untagged(value)));
  return { ...missingBefore, ...stored };
}

/** What version 0.1 did not store: nothing is proven of its operations but what their status says. */
const missingBefore = { effect: 'UNKNOWN', nextAction: null, history: [], lockName: null, lineName: null } as const;

/** Renames what version 0.1 stored under other names: progress, planned steps, and the change of a quantity. */
function renamed(key: string, value: unknown): unknown {
  if (key === 'kind' && value === 'CHANGE_UPSELL_QUANTITY') return 'CHANGE_UPSELL_ITEM_QUANTITY';
  if (key === 'plannedSteps' && Array.isArray(value)) {
    return value.map((step: unknown) => (typeof step === 'string' ? { name: step, expects: [] } : step));
  }
  if (key === 'inFlightStep' && typeof value === 'object' && value !== null) {
    return { refusal: null, isRuledOut: false, seenClosedAt: null, ...value };
  }
  if (key !== 'progress' || typeof value !== 'object' || value === null || !('snapshot' in value)) return value;
  const { snapshot, ...rest } = value;
  return { ...rest, before: null, context: contextOf(snapshot) };
}

function contextOf(snapshot: unknown): unknown {
  if (typeof snapshot !== 'object' || snapshot === null) return null;
  if ('context' in snapshot) return snapshot.context;
  return 'facts' in snapshot ? snapshot.facts : null;
}

/** Tags values before `JSON.stringify` sees them, because `Date` has a `toJSON` of its own. */
function tagged(value: unknown): unknown {
  if (value instanceof Date) return { $date: value.toISOString() };
  if (value instanceof Money) return { $money: [value.amountMinor, value.currency, value.currencySource] };
  if (Array.isArray(value)) return value.map(tagged);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, tagged(entry)]));
}

function untagged(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$date' in value && typeof value.$date === 'string') return new Date(value.$date);
  if ('$money' in value && Array.isArray(value.$money)) {
    const [minor, currency, source] = value.$money.map(String);
    return new Money(BigInt(minor ?? 0), currency ?? '', source === 'PROVIDER' ? 'PROVIDER' : 'CONFIGURED');
  }
  return value;
}
