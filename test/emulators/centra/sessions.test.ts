import { describe, expect, test } from '@jest/globals';
import { demoCheckouts } from '../../../src/emulators/centra/scenarios/demo-checkouts.js';
import { demoSecret } from '../../../src/emulators/centra/scenarios/demo-credentials.js';
import { ORIGIN, SECRET, browser, control, emulator, shop, withToken } from './harness.js';

describe('sessions', () => {
  test('every body carries a token, which leads back to the same basket', async () => {
    const first = await browser('POST', '/api/checkout/items/1001-1');
    const token = first.json.text('token');
    const again = await browser('GET', '/api/checkout/selection', undefined, withToken(token));
    expect(again.json.rows('selection', 'items')).toHaveLength(1);
    expect(again.json.at('token')).toBe(token);
  });

  test('take the token inside Accept too, and none when it says none', async () => {
    const token = (await browser('POST', '/api/checkout/items/1001-1')).json.text('token');
    const accepted = await browser('GET', '/api/checkout/selection', undefined, { accept: `*/*; api-token=${token}` });
    expect(accepted.json.rows('selection', 'items')).toHaveLength(1);
    expect((await browser('POST', '/api/checkout/products', {}, withToken('none'))).json.at('token')).toBeNull();
  });

  test('rotate on demand, and may drop the former token', async () => {
    const token = (await browser('POST', '/api/checkout/items/1001-1')).json.text('token');
    emulator.switches.set('rotateTokens', 'drop-old');
    const next = await browser('GET', '/api/checkout/selection', undefined, withToken(token));
    expect(next.json.at('token')).not.toBe(token);
    const lost = await browser('GET', '/api/checkout/selection', undefined, withToken(token));
    expect(lost.json.rows('selection', 'items')).toHaveLength(0);
  });

  test('never show a token in the request log', async () => {
    const token = (await browser('POST', '/api/checkout/items/1001-1')).json.text('token');
    await browser('GET', '/api/checkout/selection', undefined, { accept: `*/*; api-token=${token}` });
    await shop('GET', `/api/shop/selections/${demoCheckouts.first}`);
    const log = JSON.stringify(emulator.requests.list());
    expect(log).not.toContain(token);
    expect(log).not.toContain(demoSecret);
  });
});

describe('access', () => {
  test('is refused to other origins and wrong secrets', async () => {
    const foreign = await control('GET', '/api/checkout/selection', undefined, { origin: 'https://evil.example.com' });
    expect(foreign.status).toBe(401);
    expect((await control('GET', '/api/checkout/selection')).status).toBe(401);
    expect((await control('GET', '/api/checkout/selection', undefined, SECRET)).status).toBe(200);
    const wrong = { authorization: 'Bearer nonsense' };
    expect((await control('GET', '/api/checkout/selection', undefined, wrong)).status).toBe(401);
    expect((await control('POST', '/api/shop/products', {})).status).toBe(401);
  });

  test('fails the preflight of a browser that would send the secret', async () => {
    const preflight = (headers: string) =>
      control('OPTIONS', '/api/checkout/selection', undefined, {
        'access-control-request-headers': headers,
        'access-control-request-method': 'GET',
        ...ORIGIN,
      });
    expect((await preflight('authorization')).status).toBe(403);
    expect((await preflight('api-token')).status).toBe(204);
  });

  test('to markets and pricelists is for servers, to orders for who is logged in', async () => {
    expect((await browser('POST', '/api/checkout/products', { pricelist: 'all' })).status).toBe(403);
    const priced = await control('POST', '/api/checkout/products', { pricelist: 'all' }, SECRET);
    expect(priced.json.rows('products')[0]?.at('prices', '19')).toBe(20_000);
    const denied = await browser('POST', '/api/checkout/orders', { from: 0, size: 5 });
    expect([denied.status, denied.json.at('errors', 'accessRight')]).toEqual([403, 'denied']);
  });

  test('echoes the correlation id and answers unknown paths and broken bodies as documented', async () => {
    const echoed = await browser('GET', '/api/checkout/selection', undefined, { 'x-correlation-id': 'c-1' });
    expect(echoed.headers.get('x-correlation-id')).toBe('c-1');
    const missing = await shop('GET', '/api/shop/nowhere');
    expect([missing.status, missing.json.at('errors', 'uri')]).toEqual([404, 'not found']);
    const broken = await fetch(`${emulator.url}/api/shop/products`, { method: 'POST', headers: SECRET, body: '{' });
    expect(broken.status).toBe(400);
  });
});
