import { describe, expect, test } from '@jest/globals';
import { demoIntegrationToken, demoStorefrontToken } from '../../../src/emulators/centra/scenarios/demo-credentials.js';
import type { Answer } from '../calls.js';
import { control, emulator, finished } from './harness.js';

describe('the GraphQL APIs', () => {
  const ask = (path: string, token: string, query: string, variables: unknown = {}): Promise<Answer> =>
    control('POST', path, { query, variables }, { authorization: `Bearer ${token}` });

  test('carry token and trace in extensions, report user errors, and know no upsell', async () => {
    const first = await ask('/storefront', demoStorefrontToken, '{ order { id } }');
    expect(first.json.at('data', 'order')).toBeNull();
    const token = first.json.text('extensions', 'token');
    expect(first.json.at('extensions', 'traceId')).toEqual(expect.any(String));
    const added = await ask('/storefront', token, 'mutation { addItem(item: $item) { userErrors { message } } }', {
      item: '7-7',
    });
    expect(added.json.at('data', 'addItem', 'userErrors', 0, 'message')).toBe('Item not found');
    const upsell = await ask('/storefront', token, 'mutation { addCrossSellItem(item: "1") { order { id } } }');
    expect(upsell.json.at('data')).toBeNull();
    expect(upsell.json.rows('errors')).toHaveLength(1);
  });

  test('read orders in the back office within a rate, whose end is stated as a moment', async () => {
    const order = await finished();
    const query = 'query ($where: OrderWhere) { orders(where: $where) { id number status } }';
    const read = () => ask('/graphql', demoIntegrationToken, query, { where: { number: [Number(order)] } });
    const { json } = await read();
    expect(json.at('data', 'orders', 0)).toMatchObject({ number: 61, status: 'PENDING' });
    expect(json.at('extensions', 'complexity')).toEqual(expect.any(Number));
    expect((await ask('/graphql', 'nonsense', query)).status).toBe(403);
    emulator.switches.set('integrationRequestsPerWindow', 1);
    const limited = await read();
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get('retry-after'))).toBe(Date.parse('2023-01-12T09:00:10Z') / 1000);
  });
});
