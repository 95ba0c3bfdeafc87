import { afterAll, beforeEach } from '@jest/globals';
import { emulators, type RunningEmulator, startEmulator } from '../../../src/emulators/index.js';
import { addInterval } from '../../../src/emulators/kit/calendar.js';
import { storefrontSignature } from '../../../src/emulators/ordergroove/authentication.js';
import { intervalOf } from '../../../src/emulators/ordergroove/interval.js';
import { demoBulkApiKey, demoStorefrontKey } from '../../../src/emulators/ordergroove/scenarios/demo-credentials.js';
import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { caller } from '../calls.js';

export const SHOPPER = '8801234567890';
export const OTHER = '90071992547409931234';
export const YEN = '00026001';
export const DECAF = '00010482';
export const OFFER = '6b3e0e7045a811ed92406e28f0c7c7df';

export const emulator: RunningEmulator = await startEmulator(emulators.ordergroove);
export const account: Readonly<Record<string, string>> = emulators.ordergroove.sandbox(emulator.url).account;
export const api = caller(emulator.url, { 'x-api-key': account['apiKey'] ?? '' });
export const bulk = caller(emulator.url, { 'x-api-key': demoBulkApiKey });

beforeEach(() => startAgain());
afterAll(() => emulator.close());

/** Starts over with the sandbox data, dated around a winter noon in Chicago at which the clock stands still. */
export function startAgain(switches: Record<string, unknown> = {}): void {
  emulator.reset('sandbox', switches, { at: new Date('2026-03-02T18:00:00Z'), frozen: true });
}

export function standAt(instant: string): void {
  emulator.clock.set(new Date(instant), { frozen: true });
}

/** The value of the `Authorization` header. */
export function signed(
  customer: string,
  extra: Record<string, unknown> = {},
  at = emulator.clock.now(),
): Record<string, string> {
  const ts = Math.floor(at.getTime() / 1000);
  const sig = storefrontSignature(demoStorefrontKey, customer, String(ts), extra['trust_level'] === 'recognized');
  const value = JSON.stringify({ public_id: account['merchantId'], sig_field: customer, ts, sig, ...extra });
  return { authorization: Buffer.from(value, 'utf8').toString('latin1') };
}

export const shopperCall = (customer = SHOPPER, extra = {}) => caller(emulator.url, signed(customer, extra));

export const upsell = (product: string, fields: object = {}) =>
  api('POST', '/items/iu/', { order: demoOrders.next, offer: account['offerId'], product, quantity: 1, ...fields });

export const orderOf = async (id: string) => (await api('GET', `/orders/${id}/`)).json;
export const itemsOf = async (id: string) =>
  (await api('GET', `/items/?order=${id}&page_size=100`)).json.rows('results');
export const subscriptionItem = async (order: string) => {
  const item = (await itemsOf(order)).find((row) => row.at('subscription') !== null);
  if (!item) throw new Error('No subscription item.');
  return item;
};
export const eventTypes = () => emulator.events.list().map(({ type }) => type);

/** The date of a delivery one interval later. */
export const dateAfter = (date: string, every: number, period: number) => addInterval(date, intervalOf(every, period));
