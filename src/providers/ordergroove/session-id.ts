import { randomUUID } from 'node:crypto';

/** Required by some calls, of any text: https://developer.ordergroove.com/lifecycle/order/instant-upsell-api */
export function newSessionId(merchantId: string): string {
  return `${merchantId}.${randomUUID()}`;
}
