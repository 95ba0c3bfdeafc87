import type { LineItem } from '../../domain/line-item.js';
import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import type { LineItemReader } from '../../domain/provider.js';
import { lookupIn, mapLookup, mapRecords } from '../kit/lookups.js';
import { toLineItem } from './mapping.js';
import type { OrderRecord } from './order-records.js';
import { readLineKey } from './keys.js';
import { readOrders, type Session } from './session.js';
import { lossIn } from '../../domain/problem.js';

export function createLineItemReader(session: Session): LineItemReader {
  return {
    async getMany(keys) {
      const named = keys.map(readLineKey);
      const orders = await readOrders(
        session,
        named.map((key) => key?.orderId ?? ''),
      );
      return named.map((key, index): Lookup<LineItem> => {
        const order = orders[index] ?? missing;
        if (order.state !== 'found') return order;
        return key === null ? missing : lineOf(order.value, key.lineId, session);
      });
    },

    async forOrders(orders) {
      const records = await readOrders(
        session,
        orders.map(({ ref }) => ref.key),
      );
      return records.map((record) => (record.state === 'found' ? linesOf(record.value, session) : record));
    },
  };
}

/** Maps the lines of an order. One that could not be read costs all: a list that lacks one would be wrong. */
function linesOf(record: OrderRecord, { account }: Session): Lookup<readonly LineItem[]> {
  const { items, problem } = mapRecords(
    record.lines,
    (line) => toLineItem(line, record, account),
    ({ id }) => id,
  );
  const lost = lossIn(problem);
  return lost ? failed(lost) : found(items);
}

function lineOf(record: OrderRecord, lineId: string, { account }: Session): Lookup<LineItem> {
  const { records, problem } = record.lines;
  const line = records.find(({ id }) => id === lineId);
  return mapLookup(lookupIn(line, problem), (each) => toLineItem(each, record, account));
}
