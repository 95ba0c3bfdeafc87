import type { Actor, ActorKind, Scope } from '../domain/actor.js';

const kinds = [
  ['customer', 'CUSTOMER'],
  ['recognised', 'RECOGNISED_CUSTOMER'],
  ['guest', 'GUEST'],
  ['service', 'SERVICE'],
] as const;

export const knownKinds = kinds.map(([claim]) => claim);

const kindByClaim: ReadonlyMap<unknown, ActorKind> = new Map(kinds);

export const knownScopes: readonly Scope[] = ['upsell:read', 'upsell:write'];

/** Reads the actor from verified claims; null when a claim is malformed. Ignores scopes of other services. */
export function toActor(claims: Readonly<Record<string, unknown>>): Actor | null {
  const kind = kindByClaim.get(claims['kind']);
  const words = toWords(claims['scope']);
  const customers = toRecord(claims['customers'], isIdentifier);
  const orders = toRecord(claims['orders'], isIdentifierList);
  if (!isIdentifier(claims['sub']) || !kind || !words || !customers || !orders) return null;
  return { id: claims['sub'], kind, scopes: knownScopes.filter((scope) => words.includes(scope)), customers, orders };
}

function toWords(claim: unknown): readonly string[] | null {
  if (claim === undefined) return [];
  if (typeof claim === 'string') return claim.split(' ');
  return isTextList(claim) ? claim : null;
}

/** Reads a record without a prototype, so that an account may be called `constructor`. */
function toRecord<T>(claim: unknown, isEntry: (value: unknown) => value is T): Readonly<Record<string, T>> | null {
  const record: Record<string, T> = Object.create(null);
  if (claim === undefined) return record;
  if (typeof claim !== 'object' || claim === null || Array.isArray(claim)) return null;
  for (const [account, value] of Object.entries(claim)) {
    if (!isEntry(value)) return null;
    record[account] = value;
  }
  return record;
}

function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isIdentifierList(value: unknown): value is readonly string[] {
  return isTextList(value) && value.every(isIdentifier);
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}
