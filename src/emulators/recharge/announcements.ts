import type { RechargeContext } from './context.js';

/** https://docs.rechargepayments.com/docs/webhooks-overview */
export type Topic =
  | 'charge/created'
  | 'charge/updated'
  | 'charge/deleted'
  | 'charge/paid'
  | 'charge/failed'
  | 'onetime/created'
  | 'onetime/updated'
  | 'onetime/deleted'
  | 'subscription/created'
  | 'subscription/updated'
  | 'subscription/activated'
  | 'subscription/cancelled'
  | 'subscription/deleted';

export interface Announced {
  readonly id: number;
  readonly address_id: number;
}

export function announce({ events }: RechargeContext, topic: Topic, { id, address_id: address }: Announced): void {
  events.add(topic, { id, address_id: address });
}
