import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import type { Order } from '../../domain/order.js';
import { joinProblems, leavingOut, problem, type ProviderProblem } from '../../domain/problem.js';
import type { SubscriptionReader } from '../../domain/provider.js';
import type { Subscription } from '../../domain/subscription.js';
import { requireCustomerId } from '../kit/customer-id.js';
import { type Decoded, inRecord } from '../kit/decode.js';
import { attempt, attemptLookup, lookupIn, mapLookup, mapRecords } from '../kit/lookups.js';
import { isVisibleTo } from '../kit/ownership.js';
import { isQueued, unpaidChargeOf } from './charges.js';
import { identifiers } from './keys.js';
import { toOrder, toSubscription } from './mapping.js';
import type { Session } from './session.js';
import { ONETIME } from './statuses.js';
import type { WireCharge, WireSubscription } from './wire.js';

export function createSubscriptionReader(session: Session): SubscriptionReader {
  const { reads, shopper, onlyOrders, account, clock } = session;

  /** Takes records from a list that is being read anyway. */
  async function findAll(keys: readonly string[]): Promise<readonly Lookup<WireSubscription>[]> {
    for (const list of reads.lists.planned('subscriptions')) {
      const listed = await list.catch(() => null);
      for (const record of listed?.records ?? []) reads.subscriptions.note(record.id, found(record));
    }
    return reads.subscriptions.getMany(keys);
  }

  /** Reads the charges that may tell of a payment that failed. */
  async function chargesOf(customerId: string | null): Promise<Lookup<Decoded<WireCharge>>> {
    if (customerId === null) return failed(noCustomer);
    return attempt(() => reads.lists.plan(customerId, { charges: true }).charges);
  }

  return {
    async getMany(keys) {
      const records = await findAll(keys);
      return Promise.all(
        records.map(async (record) => {
          if (record.state !== 'found') return record;
          const { status, id, customerId } = record.value;
          // Whoever sees some orders alone sees no subscription, and must not cost a call more for one that exists.
          const isVisible = onlyOrders === null && isVisibleTo(shopper, customerId);
          if (status === ONETIME || !isVisible) return missing;
          const unpaid = unpaidChargeOf(await chargesOf(customerId), id);
          return mapLookup(record, (wire) => toSubscription(wire, unpaid, account, clock()));
        }),
      );
    },

    async listFor(customerId) {
      requireCustomerId(identifiers, customerId);
      const { subscriptions, charges: read } = reads.lists.plan(customerId, { subscriptions: true, charges: true });
      const { records, problem: gap } = await subscriptions;
      const charges = await attempt(() => read);
      const wires = records.filter(({ status }) => status !== ONETIME);
      const unread = gapIn(charges);
      return mapRecords(
        { records: wires, problem: joinProblems(gap, unread) },
        (wire) => toSubscription(wire, unpaidChargeOf(charges, wire.id), account, clock()),
        ({ id }) => id,
      );
    },

    nextOrders: (subscriptions) => Promise.all(subscriptions.map((each) => nextOrderOf(session, each))),
  };
}

const noCustomer = problem('CONTRACT_DRIFT', 'A subscription does not name its customer, whose charges tell of it.');

/** Returns why it is not known whether all is paid. */
function gapIn(charges: Lookup<Decoded<WireCharge>>): ProviderProblem | null {
  if (charges.state !== 'found') return charges.state === 'failed' ? charges.problem : null;
  const { records, problem: gap } = charges.value;
  // It is charges that are left out, no subscriptions.
  if (gap) return gap.leftOut ? { ...gap, leftOut: { unreadable: 0, foreign: 0 } } : gap;
  const broken = records.find(({ lines }) => lines.problem !== null);
  return broken?.lines.problem ? leavingOut(null, inRecord(broken.lines.problem, broken.id, 0), {}) : null;
}

/** Finds the queued charge that holds a subscription: a prepaid one, and one whose charge is in error, has none. */
function nextOrderOf({ reads, account, clock }: Session, subscription: Subscription): Promise<Lookup<Order>> {
  const { customerId, providerId } = subscription;
  return attemptLookup(async () => {
    if (customerId === null) return missing;
    const { records, problem: gap } = await reads.lists.plan(customerId, { charges: true }).charges;
    const queued = records.filter(isQueued);
    const charge = queued.find(({ lines }) => lines.records.some(({ itemId }) => itemId === providerId));
    const unread = queued.map(({ lines }) => lines.problem).find((each) => each !== null) ?? null;
    if (charge === undefined && unread) return failed(unread);
    return mapLookup(lookupIn(charge, gap), (wire) => toOrder(wire, account, clock()));
  });
}
