import { failed, found, type Listing, type Lookup, missing } from '../../domain/lookup.js';
import type { Order } from '../../domain/order.js';
import { problem, problemOf, ProviderFailure } from '../../domain/problem.js';
import type { OrderReader, ReadAhead, UpcomingOrderReader } from '../../domain/provider.js';
import { toOrder } from './mapping.js';
import { isRecordId } from './record-id.js';
import { isVisibleTo, type Session } from './session.js';
import type { WireOrder } from './wire.js';

export function createOrderReader(session: Session): OrderReader {
  return {
    async getMany(keys) {
      const listed = await listedOrders(session, keys);
      return Promise.all(keys.map((key) => readOrder(session, key, listed)));
    },
  };
}

export function createUpcomingOrderReader(session: Session): UpcomingOrderReader {
  return {
    async list(customerId, ahead) {
      startAhead(session, customerId, ahead);
      const { records, problem: found } = await session.reads.upcomingOrders.get(customerId);
      return { items: ownOrders(session, customerId, records), problem: found } satisfies Listing<Order>;
    },
  };
}

/** Items and subscriptions list by customer too, so they need not wait for the orders. */
function startAhead({ reads }: Session, customerId: string, ahead: ReadAhead): void {
  void reads.upcomingOrders.get(customerId);
  if (ahead.lineItems) void reads.itemsOfCustomer.get(customerId);
  if (ahead.subscriptions) void reads.subscriptionsOf.get(customerId);
}

/** A list that shows other customers' orders is not trusted at all. */
function ownOrders(session: Session, customerId: string, records: readonly WireOrder[]): readonly Order[] {
  if (records.some(({ customer }) => customer !== null && customer !== customerId)) {
    throw new ProviderFailure(problem('CONTRACT_DRIFT', "Ordergroove listed another customer's orders."));
  }
  const now = session.clock();
  return records
    .map((record) => toOrder(record, session.account, now))
    .filter(({ status }) => status === 'SCHEDULED' || status === 'UNKNOWN');
}

/** Orders of lists that were asked for anyway, or of the shopper's list when it saves calls. */
async function listedOrders(
  { reads, shopper }: Session,
  keys: readonly string[],
): Promise<ReadonlyMap<string, WireOrder>> {
  const isListWorthwhile = new Set(keys).size > 1 && shopper.customerId !== null;
  if (isListWorthwhile && shopper.customerId !== null) void reads.upcomingOrders.get(shopper.customerId);
  const lists = await Promise.allSettled(reads.upcomingOrders.started());
  const records = lists.flatMap((list) => (list.status === 'fulfilled' ? list.value.records : []));
  return new Map(records.map((record) => [record.publicId, record]));
}

async function readOrder(
  { reads, account, shopper, clock }: Session,
  key: string,
  listed: ReadonlyMap<string, WireOrder>,
): Promise<Lookup<Order>> {
  if (!isRecordId(key)) return missing;
  try {
    const record = listed.get(key) ?? (await reads.order.get(key));
    return record && isVisibleTo(shopper, record.customer) ? found(toOrder(record, account, clock())) : missing;
  } catch (error) {
    return failed(problemOf(error));
  }
}
