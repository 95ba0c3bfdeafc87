import type { Actor, ActorKind, Scope } from '../domain/actor.js';
import { type AccountClaims, type ClaimPath, type ClaimRules, knownScopes, standardClaims } from './claim-rules.js';

type Claims = Readonly<Record<string, unknown>>;

/** Reads the actor from verified claims; null when a claim is malformed. Ignores scopes of other services. */
export function toActor(claims: Claims, rules: ClaimRules = standardClaims): Actor | null {
  const id = claimAt(claims, rules.sub);
  const kind = kindIn(claims, rules.kind);
  const scopes = scopesIn(claims, rules.scopes);
  const customers = byAccount(claims, rules.customers, toIdentifier);
  const orders = byAccount(claims, rules.orders, toIdentifiers);
  if (!isText(id) || !kind || !scopes || !customers || !orders) return null;
  return { id, kind, scopes, customers, orders };
}

/** Returns whether a token was made for the audience. */
export function isMeantFor(claims: Claims, { audience: from }: ClaimRules, audience: string): boolean {
  return toWords(claimAt(claims, from))?.includes(audience) ?? false;
}

/** Follows a path of own properties; undefined where it leads nowhere. */
function claimAt(claims: unknown, path: ClaimPath): unknown {
  let claim = claims;
  for (const name of path) {
    if (!isObject(claim) || !Object.hasOwn(claim, name)) return undefined;
    claim = claim[name];
  }
  return claim;
}

function kindIn(claims: Claims, { from, values, otherwise }: ClaimRules['kind']): ActorKind | null {
  const claim = claimAt(claims, from);
  if (claim === undefined) return otherwise;
  const words = toWords(claim);
  if (!words) return null;
  return [...values].find(([word]) => words.includes(word))?.[1] ?? otherwise;
}

function scopesIn(claims: Claims, { from, values, always }: ClaimRules['scopes']): readonly Scope[] | null {
  const claim = claimAt(claims, from);
  // Only scopes are words in one text: https://www.rfc-editor.org/rfc/rfc8693#section-4.2
  const words = claim === undefined ? [] : typeof claim === 'string' ? claim.split(' ') : toWords(claim);
  if (!words) return null;
  const granted = new Set([...always, ...words.flatMap((word) => values.get(word) ?? [])]);
  return knownScopes.filter((scope) => granted.has(scope));
}

/** Reads values by account into a record without a prototype, so that an account may be called `constructor`. */
function byAccount<T>(
  claims: Claims,
  rules: AccountClaims,
  read: (claim: unknown, prefix: string) => T | null,
): Readonly<Record<string, T>> | null {
  const entries = entriesOf(claims, rules);
  if (!entries) return null;
  const record: Record<string, T> = Object.create(null);
  for (const { account, claim, prefix } of entries) {
    const value = read(claim, prefix);
    if (value === null) return null;
    record[account] = value;
  }
  return record;
}

interface AccountEntry {
  readonly account: string;
  readonly claim: unknown;
  readonly prefix: string;
}

/** Returns the claims of accounts; null for one claim of all accounts that is no object. */
function entriesOf(claims: Claims, rules: AccountClaims): readonly AccountEntry[] | null {
  if ('apart' in rules)
    return [...rules.apart]
      .map(([account, { from, prefix }]) => ({ account, claim: numberAsText(claimAt(claims, from)), prefix }))
      .filter(({ claim }) => claim !== undefined);
  const claim = claimAt(claims, rules.together);
  if (claim === undefined) return [];
  return isObject(claim)
    ? Object.entries(claim).map(([account, each]) => ({ account, claim: each, prefix: '' }))
    : null;
}

/** Turns a whole number into text: logins keep identifiers as numbers, which are exact up to 2^53. */
function numberAsText(claim: unknown): unknown {
  return Number.isSafeInteger(claim) ? String(claim) : claim;
}

function toIdentifier(claim: unknown, prefix: string): string | null {
  if (!isText(claim)) return null;
  const identifier = claim.startsWith(prefix) ? claim.slice(prefix.length) : claim;
  return identifier === '' ? null : identifier;
}

function toIdentifiers(claim: unknown, prefix: string): readonly string[] | null {
  if (!Array.isArray(claim)) return null;
  const identifiers = claim.map((entry: unknown) => toIdentifier(entry, prefix));
  return identifiers.every((identifier) => identifier !== null) ? identifiers : null;
}

/** Returns the texts of a claim that holds one or a list of them. */
function toWords(claim: unknown): readonly string[] | null {
  if (typeof claim === 'string') return [claim];
  return Array.isArray(claim) && claim.every((entry) => typeof entry === 'string') ? claim : null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isObject(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
