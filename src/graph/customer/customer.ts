import { maySeeCustomerRecord } from '../../auth/access.js';
import type { Actor } from '../../domain/actor.js';
import { toGlobalId, type EntityRef, type GlobalId } from '../../domain/reference.js';
import type { GraphContext } from '../context.js';

/** A person, by their identifiers at provider accounts. */
export interface Customer {
  readonly id: GlobalId;
  readonly ref: EntityRef<'Customer'>;
  /** Account key → the customer's identifier there. */
  readonly identities: Readonly<Record<string, string>>;
}

/** The same identifiers give the same customer, in whatever order they come. */
export function toCustomer(identities: Readonly<Record<string, string>>): Customer {
  const pairs = Object.entries(identities).sort(([left], [right]) => (left < right ? -1 : 1));
  const ref: EntityRef<'Customer'> = { type: 'Customer', account: '', key: JSON.stringify(pairs) };
  return { id: toGlobalId(ref), ref, identities };
}

/** Null when the actor is nobody's customer. */
export function viewersCustomer(actor: Actor): Customer | null {
  return Object.keys(actor.customers).length > 0 ? toCustomer(actor.customers) : null;
}

/** Whom a record belongs to; null when it names nobody, or somebody the actor may not know of. */
export function ownerOf({ actor }: GraphContext, account: string, customerId: string | null): Customer | null {
  if (customerId === null || !maySeeCustomerRecord(actor, account, customerId)) return null;
  return actor.customers[account] === customerId ? viewersCustomer(actor) : toCustomer({ [account]: customerId });
}

/** The customer behind a reference a client sent. */
export function customerByRef({ actor }: GraphContext, { key }: EntityRef): Customer | null {
  const identities = parseIdentities(key);
  const isVisible = identities.every(([account, customerId]) => maySeeCustomerRecord(actor, account, customerId));
  return identities.length > 0 && isVisible ? toCustomer(Object.fromEntries(identities)) : null;
}

/** None for anything `toCustomer` did not make. */
function parseIdentities(key: string): readonly (readonly [string, string])[] {
  const pairs: unknown = parse(key);
  if (!Array.isArray(pairs)) return [];
  const identities = pairs.filter(isPair);
  return identities.length === pairs.length ? identities : [];
}

function isPair(pair: unknown): pair is readonly [string, string] {
  return Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
