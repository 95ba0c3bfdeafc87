import { invalid, type RefusalOf } from '../../../domain/refusal.js';
import type { Frequency } from '../../../domain/subscription.js';
import type { SendResult } from '../../../domain/write.js';
import type { OrdergrooveClient } from '../client.js';
import { toEveryPeriod } from '../statuses.js';
import { decodeSubscription } from '../wire.js';
import { decodeBody, toAnswer } from './answer.js';

export interface Conversion {
  readonly lineItemKey: string;
  readonly orderKey: string;
  readonly frequency: Frequency;
  readonly sessionId: string;
  /** Empty: Ordergroove chooses. */
  readonly offerId: string;
}

/** Turns a one-time item into a subscription: a step of two kinds of writes. */
export async function convertItem(client: OrdergrooveClient, conversion: Conversion): Promise<SendResult> {
  const { lineItemKey, orderKey, frequency, sessionId, offerId } = conversion;
  const result = await client.createSubscriptionFromItem({
    item: lineItemKey,
    every: frequency.every,
    every_period: toEveryPeriod(frequency.unit),
    session_id: sessionId,
    ...(offerId === '' ? {} : { offer: offerId }),
  });
  return toAnswer(
    result,
    (body) => ({ orderKey, lineItemKey, subscriptionKey: decodeBody(body, decodeSubscription).publicId }),
    { path: ['lineItemId'], what: 'item' },
  );
}

/** Ordergroove has no plans: a subscription has the frequency it is made with. */
export function frequencyNeeded(path: readonly string[]): RefusalOf<'VALIDATION'> {
  return invalid(path, 'FREQUENCY_NAMED', 'Ordergroove has no plan that states a frequency: name one.');
}
