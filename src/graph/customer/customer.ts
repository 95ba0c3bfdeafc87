import { isSameCustomer, maySeeCustomerRecord } from '../../auth/access.js';
import type { ConnectedAccounts } from '../../domain/connected-account.js';
import type { AccountOwnership } from '../../domain/provider.js';
import { toGlobalId, type EntityRef, type GlobalId } from '../../domain/reference.js';
import { sameText } from '../../domain/same-customer.js';
import type { Sealer } from '../../domain/sealer.js';
import type { GraphContext } from '../context.js';

/** Customer identifiers by account key. */
type Identities = Readonly<Record<string, string>>;

/** A person, identified by customer identifiers at provider accounts. */
export class Customer {
  constructor(
    readonly identities: Identities,
    private readonly sealer: Sealer,
  ) {}

  /**
   * Returns the ID, derived from the identifiers in any order. Sealed, because clients, gateways and their logs hold
   * IDs, and an identifier may be an e-mail address.
   */
  get ref(): EntityRef<'Customer'> {
    const pairs = Object.entries(this.identities).sort(([left], [right]) => (left < right ? -1 : 1));
    return { type: 'Customer', account: '', key: this.sealer.seal(JSON.stringify(pairs)) };
  }

  get id(): GlobalId {
    return toGlobalId(this.ref);
  }
}

/** Returns the viewer as a customer; null when the actor is not a customer. */
export function viewersCustomer({ actor, sealer }: GraphContext): Customer | null {
  return Object.keys(actor.customers).length > 0 ? new Customer(actor.customers, sealer) : null;
}

/** Returns the owner of a record; null when it has none, or one the actor may not see. */
export function ownerOf(context: GraphContext, account: string, customerId: string | null): Customer | null {
  const { actor, accounts, sealer } = context;
  const owned = ownershipOf(accounts, account);
  if (customerId === null || !maySeeCustomerRecord(actor, owned, customerId)) return null;
  return isSameCustomer(owned, actor.customers[account] ?? null, customerId)
    ? viewersCustomer(context)
    : new Customer({ [account]: customerId }, sealer);
}

/** Resolves the customer of a reference sent by a client. */
export function customerByRef({ actor, accounts, sealer }: GraphContext, { key }: EntityRef): Customer | null {
  const identities = parseIdentities(sealer.unseal(key));
  const isVisible = identities.every(([account, customerId]) =>
    maySeeCustomerRecord(actor, ownershipOf(accounts, account), customerId),
  );
  return identities.length > 0 && isVisible ? new Customer(Object.fromEntries(identities), sealer) : null;
}

/** Returns how identifiers of an account compare; as text for an account that is not configured. */
function ownershipOf(accounts: ConnectedAccounts, key: string): AccountOwnership {
  return accounts.get(key) ?? { account: { key }, sameCustomer: sameText };
}

/** Parses unsealed identifiers; empty for anything else. */
function parseIdentities(unsealed: string | null): readonly (readonly [string, string])[] {
  const pairs: unknown = unsealed === null ? [] : JSON.parse(unsealed);
  return Array.isArray(pairs) ? pairs.filter(isPair) : [];
}

function isPair(pair: unknown): pair is readonly [string, string] {
  return Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string');
}
