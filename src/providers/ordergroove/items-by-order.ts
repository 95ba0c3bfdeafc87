import { failed, found, type Lookup } from '../../domain/lookup.js';
import { ProviderFailure, type ProviderProblem } from '../../domain/problem.js';
import { isFields, optionalText } from '../../http/decode.js';
import { decodeItem, type WireItem } from './wire.js';

/** Items as read, sorted by their order. An order none of them names has none. */
export interface ItemsByOrder {
  of(orderId: string): Lookup<readonly WireItem[]>;
  item(id: string): WireItem | undefined;
}

/** An item that cannot be read costs the lines of its order; one that names no order, those of all. */
export function groupByOrder(rows: readonly unknown[]): ItemsByOrder {
  const items = new Map<string, WireItem[]>();
  const broken = new Map<string | null, ProviderProblem>();
  for (const row of rows) {
    const order = orderNamedBy(row);
    try {
      const item = decodeItem(row);
      const others = items.get(item.order);
      if (others) others.push(item);
      else items.set(item.order, [item]);
    } catch (error) {
      if (!(error instanceof ProviderFailure)) throw error;
      broken.set(order, error.problem);
    }
  }
  let byId: ReadonlyMap<string, WireItem> | null = null;
  return {
    of(orderId) {
      const problem = broken.get(orderId) ?? broken.get(null);
      return problem ? failed(problem) : found(items.get(orderId) ?? []);
    },
    item(id) {
      byId ??= new Map(Array.from(items.values()).flatMap((list) => list.map((item) => [item.publicId, item])));
      return byId.get(id);
    },
  };
}

export function orderNamedBy(row: unknown): string | null {
  return isFields(row) ? optionalText(row, 'order') : null;
}
