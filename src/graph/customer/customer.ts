import { isSameCustomer, maySeeCustomerRecord } from '../../auth/access.js';
import type { ConnectedAccounts } from '../../domain/connected-account.js';
import type { AccountOwnership } from '../../domain/provider.js';
import { toGlobalId, type EntityRef, type GlobalId } from '../../domain/reference.js';
import { sameText } from '../../domain/same-customer.js';
import type { Sealer } from '../../domain/sealer.js';
import type { GraphContext } from '../context.js';

/** Account key → the customer's identifier there. */
type Identities = Readonly<Record<string, string>>;

/** A person, by their identifiers at provider accounts. */
export class Customer {
  constructor(
    readonly identities: Identities,
    private readonly sealer: Sealer,
  ) {}

  /**
   * The same identifiers give the same customer, in whatever order they come. They are sealed: clients, gateways and their logs
   * hold IDs, and an identifier may be an e-mail address.
   */
  get ref(): EntityRef<'Customer'> {
    const pairs = Object.entries(this.identities).sort(([left], [right]) => (left < right ? -1 : 1));
    return { type: 'Customer', account: '', key: this.sealer.seal(JSON.stringify(pairs)) };
  }

  get id(): GlobalId {
    return toGlobalId(this.ref);
  }
}

/** Null when the actor is nobody's customer. */
export function viewersCustomer({ actor, sealer }: GraphContext): Customer | null {
  return Object.keys(actor.customers).length > 0 ? new Customer(actor.customers, sealer) : null;
}

/** Whom a record belongs to; null when it names nobody, or somebody the actor may not know of. */
export function ownerOf(context: GraphContext, account: string, customerId: string | null): Customer | null {
  const { actor, accounts, sealer } = context;
  const owned = ownershipOf(accounts, account);
  if (customerId === null || !maySeeCustomerRecord(actor, owned, customerId)) return null;
  return isSameCustomer(owned, actor.customers[account] ?? null, customerId)
    ? viewersCustomer(context)
    : new Customer({ [account]: customerId }, sealer);
}

/** The customer behind a reference a client sent. */
export function customerByRef({ actor, accounts, sealer }: GraphContext, { key }: EntityRef): Customer | null {
  const identities = parseIdentities(sealer.unseal(key));
  const isVisible = identities.every(([account, customerId]) =>
    maySeeCustomerRecord(actor, ownershipOf(accounts, account), customerId),
  );
  return identities.length > 0 && isVisible ? new Customer(Object.fromEntries(identities), sealer) : null;
}

/** A token may name accounts that are not configured here: their identifiers compare as text. */
function ownershipOf(accounts: ConnectedAccounts, key: string): AccountOwnership {
  return accounts.get(key) ?? { account: { key }, sameCustomer: sameText };
}

/** What `Customer` sealed; none for anything else. */
function parseIdentities(unsealed: string | null): readonly (readonly [string, string])[] {
  const pairs: unknown = unsealed === null ? [] : JSON.parse(unsealed);
  return Array.isArray(pairs) ? pairs.filter(isPair) : [];
}

function isPair(pair: unknown): pair is readonly [string, string] {
  return Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string');
}
