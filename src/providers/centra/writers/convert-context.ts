import type { Snapshot } from '../../../domain/write.js';
import { toLineKey } from '../keys.js';
import type { WireOrder } from '../wire.js';

/** What to send, and what was there before. The customer is the shopper's own and not repeated here. */
export interface ConvertContext {
  readonly orderKey: string;
  readonly email: string;
  readonly item: string;
  readonly quantity: number;
  readonly contract: string;
  readonly plan: string;
  readonly nextOrderDate: string;
  /** Subscriptions the customer had before. */
  readonly subscriptions: readonly string[];
}

export function toConvertSnapshot({ order, lines }: WireOrder, context: ConvertContext): Snapshot {
  const { orderKey, item, quantity, contract, plan, nextOrderDate, subscriptions } = context;
  return {
    lineItemKeys: lines.map(({ line }) => toLineKey({ order, line })),
    context: {
      orderKey,
      item,
      quantity: String(quantity),
      contract,
      plan,
      nextOrderDate,
      subscriptions: subscriptions.join(' '),
    },
  };
}

export function convertContextOf({ context }: Snapshot, email: string): ConvertContext {
  const {
    orderKey = '',
    item = '',
    quantity = '1',
    contract = '',
    plan = '',
    nextOrderDate = '',
    subscriptions = '',
  } = context;
  return {
    orderKey,
    email,
    item,
    quantity: Number(quantity),
    contract,
    plan,
    nextOrderDate,
    subscriptions: subscriptions.split(' ').filter((id) => id !== ''),
  };
}
