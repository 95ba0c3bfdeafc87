import type { LineItem } from '../../domain/line-item.js';
import { found, type Lookup, missing } from '../../domain/lookup.js';
import type { LineItemReader } from '../../domain/provider.js';
import { requireWhole } from '../kit/decode.js';
import { attempt, mapLookup } from '../kit/lookups.js';
import { readLineKey } from './keys.js';
import { toLineItem } from './mapping.js';
import { readOrder } from './orders.js';
import type { Session } from './session.js';

/** Creates a reader that takes the lines from their order, with which they come. */
export function createLineItemReader(session: Session): LineItemReader {
  return {
    getMany: (keys) =>
      Promise.all(
        keys.map(async (key): Promise<Lookup<LineItem>> => {
          const order = readLineKey(key)?.order;
          if (order === undefined) return missing;
          const lines = await linesOf(session, order);
          if (lines.state !== 'found') return lines;
          const line = lines.value.find(({ ref }) => ref.key === key);
          return line ? found(line) : missing;
        }),
      ),
    forOrders: (orders) => Promise.all(orders.map(({ ref }) => linesOf(session, ref.key))),
  };
}

async function linesOf(session: Session, orderKey: string): Promise<Lookup<readonly LineItem[]>> {
  const context = await attempt(() => readOrder(session, orderKey));
  return mapLookup(context, (value) =>
    requireWhole(value.wire.lines).map((line) => toLineItem(line, value, session.account)),
  );
}
