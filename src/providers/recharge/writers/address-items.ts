import type { Listing } from '../../../domain/lookup.js';
import { joinProblems, type ProviderProblem } from '../../../domain/problem.js';
import type { Decoded } from '../../kit/decode.js';
import { listingOr } from '../../kit/order-view.js';
import { MARK } from '../client.js';
import type { Session } from '../session.js';
import { toSubscriptionStatus } from '../statuses.js';
import type { WireOnetime, WireSubscription } from '../wire.js';

/** What an address is to be charged for, as it is kept: what charges are rebuilt from. */
export interface AddressItems {
  readonly items: readonly AddressItem[];
  readonly subscriptions: readonly WireSubscription[];
  readonly problem: ProviderProblem | null;
}

export interface AddressItem {
  readonly id: string;
  readonly kind: 'onetime' | 'subscription';
  /** Null: on no charge to come. */
  readonly day: string | null;
  readonly quantity: number;
  readonly mark: string | null;
}

/** Which of them a write may change. */
export interface Kinds {
  readonly onetimes: boolean;
  readonly subscriptions: boolean;
}

export async function readAddressItems(session: Session, addressId: string, kinds: Kinds): Promise<AddressItems> {
  const { reads } = session;
  const [onetimes, subscriptions] = await Promise.all([
    kinds.onetimes ? listRecords(() => reads.onetimes.get(addressId)) : nothing,
    kinds.subscriptions ? listRecords(() => reads.subscriptionsAt.get(addressId)) : nothing,
  ]);
  return {
    items: [...onetimes.items.map(ofOnetime), ...subscriptions.items.map(ofSubscription)],
    subscriptions: subscriptions.items,
    problem: joinProblems(onetimes.problem, subscriptions.problem),
  };
}

const nothing: Listing<never> = { items: [], problem: null };

/** Reads records for a view: those that cannot be read are a gap. */
export function listRecords<T>(read: () => Promise<Decoded<T>>): Promise<Listing<T>> {
  return listingOr(async () => {
    const { records, problem } = await read();
    return { items: records, problem };
  });
}

function ofOnetime({ id, day, quantity, isCancelled, properties }: WireOnetime): AddressItem {
  return { id, kind: 'onetime', day: isCancelled ? null : day, quantity, mark: properties.get(MARK) ?? null };
}

function ofSubscription({ id, day, quantity, status, properties }: WireSubscription): AddressItem {
  const isActive = toSubscriptionStatus(status) === 'ACTIVE';
  return { id, kind: 'subscription', day: isActive ? day : null, quantity, mark: properties.get(MARK) ?? null };
}
