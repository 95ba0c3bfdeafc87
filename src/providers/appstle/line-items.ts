import type { LineItem } from '../../domain/line-item.js';
import { found, type Lookup, missing } from '../../domain/lookup.js';
import type { Order } from '../../domain/order.js';
import type { LineItemReader } from '../../domain/provider.js';
import { listOwner } from './contract-reads.js';
import { fromLineKey, fromOrderKey, type OrderKey } from './keys.js';
import type { OrderView } from './order-view.js';
import type { Session } from './session.js';

export function createLineItemReader(session: Session): LineItemReader {
  const { shopper } = session;
  return {
    getMany: (keys) =>
      Promise.all(
        keys.map(async (text): Promise<Lookup<LineItem>> => {
          const key = fromLineKey(text);
          if (!key) return missing;
          const view = await viewOf(session, key, shopper.customerId);
          const lines = view.state === 'found' ? view.value.lines : view;
          if (lines.state !== 'found') return lines;
          const line = lines.value.find(({ ref }) => ref.key === text);
          return line ? found(line) : missing;
        }),
      ),

    forOrders: (orders) => Promise.all(orders.map((order) => linesOf(session, order))),
  };
}

export async function linesOf(session: Session, order: Order): Promise<Lookup<readonly LineItem[]>> {
  const view = await viewOfOrder(session, order);
  return view.state === 'found' ? view.value.lines : view;
}

export async function viewOfOrder(session: Session, { ref, customerId }: Order): Promise<Lookup<OrderView>> {
  const key = fromOrderKey(ref.key);
  return key ? viewOf(session, key, listOwner(session, customerId)) : missing;
}

function viewOf({ views }: Session, { contractId, attemptId }: OrderKey, customerId: string | null) {
  return views.get({ key: { contractId, attemptId }, customerId });
}
