import type { DecisionInput } from './storage.js';

/** Parts of an input that say how to do it, not what: another value of them is the same decision. */
const NOT_PART = new Set(['answerWithin', 'guards', 'idempotencyKey']);

/**
 * Makes the idempotency key of a decision from what was decided and how many such decisions were settled before. Every
 * tab and every load of the page comes to the same one, without having to agree.
 */
export function keyOf(seed: string, name: string, input: DecisionInput, settled: number): string {
  const decided = Object.fromEntries(Object.entries(input).filter(([field]) => !NOT_PART.has(field)));
  const text = `${name}\n${canonical(decided)}`;
  return `ug${seed}-${hash(text, 1)}${hash(text, 2)}-${settled}`;
}

/** Writes JSON whose fields are sorted and whose absent ones are left out. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  const sorted = fields.sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${sorted.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
}

/** Hashes a text to 53 bits (cyrb53). Keys need no secrecy: a ledger binds them to their shopper. */
function hash(text: string, seed: number): string {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
}
