import { afterAll, beforeEach } from '@jest/globals';
import { type RunningEmulator, startEmulator } from '../../../src/emulators/index.js';
import { surecart } from '../../../src/emulators/surecart/index.js';
import { demoToken } from '../../../src/emulators/surecart/scenarios/demo-credentials.js';
import { sandboxOrders } from '../../../src/emulators/surecart/scenarios/sandbox.js';
import { type Answer, type Call, caller, Json } from '../calls.js';

export const PRICE = 'f5af0064-fb07-47a0-8f89-4997715ba221';
export const CHECKOUT = '953ac87d-7010-4dfa-9b5c-60a5a354f05e';
export const UPSELL = 'fc5025ef-e731-42fa-b272-1bc5ab96e808';
export const seed = { line_item: { price: PRICE, checkout: CHECKOUT, upsell: UPSELL } };

export const emulator: RunningEmulator = await startEmulator(surecart, { scenario: 'documented' });
export const call: Call = caller(emulator.url, { authorization: `Bearer ${demoToken}` });

beforeEach(() => emulator.reset('documented'));
afterAll(() => emulator.close());

export const rows = (table: string) => new Json(emulator.state()).rows(table);
export const charges = () => rows('charge').map((row) => [row.at('reason'), row.at('status'), row.at('amount')]);
export const upsell = (line: object = {}, query = '') =>
  call('POST', `/v1/line_items/upsell${query}`, { line_item: { ...seed.line_item, ...line } });
export const codes = ({ json }: Answer) => json.rows('validation_errors').map((row) => row.at('code'));
export const patch = (object: string, id: string, fields: object) =>
  call('PATCH', `/__emulator/records/${object}/${id}`, fields);
export const checkout = async (id = CHECKOUT, query = '') => (await call('GET', `/v1/checkouts/${id}${query}`)).json;

/** The checkout, current upsell and its price of one of the sandbox's orders. */
export async function sandboxOrder(name: keyof typeof sandboxOrders) {
  const order = (await call('GET', `/v1/orders/${sandboxOrders[name]}`)).json;
  const found = await checkout(order.text('checkout'), '?expand[]=current_upsell');
  return {
    checkout: found.text('id'),
    upsell: String(found.at('current_upsell', 'id')),
    price: String(found.at('current_upsell', 'price')),
  };
}
