import { afterAll, afterEach } from '@jest/globals';
import { centra } from '../../../src/emulators/centra/index.js';
import { demoCheckouts } from '../../../src/emulators/centra/scenarios/demo-checkouts.js';
import {
  demoKlarnaPassword,
  demoKlarnaUser,
  demoSecret,
} from '../../../src/emulators/centra/scenarios/demo-credentials.js';
import { type RunningEmulator, startEmulator } from '../../../src/emulators/kit/emulator.js';
import { caller, Json } from '../calls.js';

export const NBSP = '\u00a0';
export const ORIGIN = { origin: 'https://shop.example.com' };
export const SECRET = { 'api-authorization': demoSecret };
export const basic = `Basic ${Buffer.from(`${demoKlarnaUser}:${demoKlarnaPassword}`).toString('base64')}`;
export const PAID = { paymentMethodFields: { klarna_order: 'k-1' } };

export const emulator: RunningEmulator = await startEmulator(centra, { scenario: 'documented' });
export const shop = caller(emulator.url, SECRET);
export const browser = caller(emulator.url, ORIGIN);
export const control = caller(emulator.url);
export const klarna = caller(emulator.url, { authorization: basic });

afterEach(() => emulator.reset('documented'));
afterAll(() => emulator.close());

export const state = () => new Json(emulator.state());
export const orderIn = (number: string) =>
  state()
    .rows('orders')
    .find((order) => order.at('order') === number) ?? new Json(null);
export const emails = (number: string) =>
  state()
    .rows('emails')
    .filter((email) => email.at('order') === number);

export async function ready(options: Record<string, unknown> = {}): Promise<{ selection: string; token: string }> {
  const { json } = await control('POST', '/__emulator/checkouts', options);
  return { selection: json.text('selection'), token: json.text('token') };
}

export const finish = (selection: string) => shop('POST', `/api/shop/selections/${selection}/payment-result`, PAID);
export const finished = async (selection: string = demoCheckouts.first) => (await finish(selection)).json.text('order');
export const add = (order: string, item: string) => shop('POST', `/api/shop/orders/${order}/items/${item}`);
export const withToken = (token: string) => ({ 'api-token': token });
