import type { LineItem } from '../../domain/line-item.js';
import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import type { Order } from '../../domain/order.js';
import type { LineItemReader } from '../../domain/provider.js';
import { findCharge } from './charges.js';
import { fromLineKey, fromOrderKey, type OrderKey } from './keys.js';
import { toLines, toOrder } from './mapping.js';
import type { Session } from './session.js';
import { lossIn } from '../../domain/problem.js';

/** Creates a reader that takes the lines from their charge, with which they come. */
export function createLineItemReader(session: Session): LineItemReader {
  return {
    getMany: (keys) =>
      Promise.all(
        keys.map(async (text): Promise<Lookup<LineItem>> => {
          const key = fromLineKey(text);
          if (!key) return missing;
          const lines = await linesOn(session, key);
          if (lines.state !== 'found') return lines;
          const line = lines.value.find(({ ref }) => ref.key === text);
          return line ? found(line) : missing;
        }),
      ),

    forOrders: (orders) => Promise.all(orders.map((order) => linesOf(session, order))),
  };
}

export async function linesOf(session: Session, { ref }: Order): Promise<Lookup<readonly LineItem[]>> {
  const key = fromOrderKey(ref.key);
  return key ? linesOn(session, key) : missing;
}

async function linesOn(session: Session, key: OrderKey): Promise<Lookup<readonly LineItem[]>> {
  const { account, clock } = session;
  const charge = await findCharge(session, key);
  if (charge.state !== 'found') return charge;
  const { items, problem } = toLines(charge.value, toOrder(charge.value, account, clock()), account);
  const lost = lossIn(problem);
  return lost ? failed(lost) : found(items);
}
