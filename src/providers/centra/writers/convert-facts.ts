import type { Snapshot } from '../../../domain/write.js';
import { toLineKey } from '../record-id.js';
import type { WireOrder } from '../wire.js';

/** What to send, and what was there before. The customer is the shopper's own and not repeated here. */
export interface ConvertFacts {
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

export function toConvertSnapshot({ order, lines }: WireOrder, facts: ConvertFacts): Snapshot {
  const { orderKey, item, quantity, contract, plan, nextOrderDate, subscriptions } = facts;
  return {
    lineItemKeys: lines.map(({ line }) => toLineKey({ order, line })),
    facts: {
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

export function convertFactsIn({ facts }: Snapshot, email: string): ConvertFacts {
  const {
    orderKey = '',
    item = '',
    quantity = '1',
    contract = '',
    plan = '',
    nextOrderDate = '',
    subscriptions = '',
  } = facts;
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
