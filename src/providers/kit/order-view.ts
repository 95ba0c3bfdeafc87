import type { LineItem } from '../../domain/line-item.js';
import type { Listing, Lookup } from '../../domain/lookup.js';
import type { Order } from '../../domain/order.js';
import { problem, problemOf } from '../../domain/problem.js';
import type { OrderView } from '../../domain/write.js';

type Shown = Pick<OrderView, 'order' | 'lines'> & Partial<OrderView>;

/** Completes a view of a write that touches nothing but an order and its lines. */
export function viewOf(shown: Shown): OrderView {
  return { elsewhere: null, subscriptions: null, marks: {}, facts: {}, changeMark: null, ...shown };
}

/** Makes a listing of a list. A missing one is a gap: a record that is gone says nothing of what was in it. */
export function wholeListing<T>(lookup: Lookup<readonly T[]>): Listing<T> {
  switch (lookup.state) {
    case 'found':
      return { items: lookup.value, problem: null };
    case 'missing':
      return { items: [], problem: notThere };
    case 'failed':
      return { items: [], problem: lookup.problem };
  }
}

const notThere = problem('NOT_FOUND', 'The provider no longer shows this.');

/** Reads a list for a view: one that cannot be read is a gap. */
export async function listingOr<T>(read: () => Promise<Listing<T>>): Promise<Listing<T>> {
  try {
    return await read();
  } catch (error) {
    return { items: [], problem: problemOf(error) };
  }
}

interface LineReads {
  readonly orders: { getMany(keys: readonly string[]): Promise<readonly Lookup<Order>[]> };
  readonly lineItems: { forOrders(orders: readonly Order[]): Promise<readonly Lookup<readonly LineItem[]>[]> };
}

/** Reads an order and its lines through the read ports of the same data source. */
export async function readOrderAndLines(
  { orders, lineItems }: LineReads,
  orderKey: string,
): Promise<Pick<OrderView, 'order' | 'lines'>> {
  const order = await readFirst(() => orders.getMany([orderKey]));
  if (order.state !== 'found') return { order, lines: wholeListing<LineItem>(order) };
  return { order, lines: wholeListing(await readFirst(() => lineItems.forOrders([order.value]))) };
}

async function readFirst<T>(read: () => Promise<readonly Lookup<T>[]>): Promise<Lookup<T>> {
  try {
    return (await read())[0] ?? { state: 'missing' };
  } catch (error) {
    return { state: 'failed', problem: problemOf(error) };
  }
}
