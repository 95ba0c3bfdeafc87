import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse as parseYaml } from 'yaml';
import { demoOrders } from '../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { AUDIENCE, ISSUER, orderId, SECRET, startFullStack } from '../support/full-stack.js';

const textOf = (page: string) => readFileSync(`docs/${page}.md`, 'utf8');

describe('the code in the pages for storefronts, run', () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync('packages/client/.documentation-run-');
    for (const page of ['storefront', 'storefront-auth']) {
      const code = [...textOf(page).matchAll(/```ts storefront\n([^]*?)```/g)].map(([, text = '']) => text).join('\n');
      // This process knows the package by its folder.
      const here = code
        .replaceAll("'upsell-graph-client/sse'", "'../src/sse.js'")
        .replaceAll("'upsell-graph-client'", "'../src/index.js'");
      writeFileSync(join(folder, `${page}.ts`), here);
    }
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test('gives a guest a token for one purchase, with which the page adds to it', async () => {
    const stack = await startFullStack({
      only: ['ordergroove'],
      groups: {
        auth: { secret: SECRET, issuer: ISSUER, audience: AUDIENCE, session: { secret: 's'.repeat(32) } },
        ...parseYaml(/```yaml\n([^]*?)```/.exec(textOf('storefront-auth'))?.[1] ?? ''),
      },
    });
    try {
      const { account } = stack.fixture('ordergroove');
      const { guestToken, connect } = await import(`../../${folder}/storefront-auth.ts`);
      const { add } = await import(`../../${folder}/storefront.ts`);
      const service = (await stack.bearer({ sub: 'backend', kind: 'service', customers: undefined })).slice(7);
      const token: string = await guestToken(stack.url, service, 'cart-1', account, demoOrders.next);
      const upsell = connect(`${stack.url}/graphql`, () => token);
      expect(await add(upsell, orderId(account, demoOrders.next), '44931275400013')).toBe('It is on your order.');

      const allowed = await fetch(`${stack.url}/graphql`, {
        method: 'OPTIONS',
        headers: {
          origin: 'https://shop.example',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type,x-shopper-session',
        },
      });
      expect(allowed.headers.get('access-control-allow-origin')).toBe('https://shop.example');
      expect(allowed.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('x-shopper-session');
    } finally {
      await stack.close();
    }
  });

  test('hands the sessions of providers on, and the new ones of an answer after it', async () => {
    const carried: unknown[] = [];
    const graph = createServer((request, response) => {
      carried.push(request.headers['x-shopper-session']);
      response.setHeader('x-shopper-session', 'shop-se=second==').end(JSON.stringify({ data: { add: null } }));
    }).listen(0, '127.0.0.1');
    await once(graph, 'listening');
    try {
      const { connect } = await import(`../../${folder}/storefront-auth.ts`);
      const { port } = Object(graph.address());
      const sessions = new Map([['shop-se', 'first']]);
      const upsell = connect(`http://127.0.0.1:${port}/`, () => 'token', sessions);
      for (const name of ['a', 'b']) await upsell.run(upsell.decision(name, {}), 'mutation');
      expect(carried).toEqual(['shop-se=first', 'shop-se=second==']);
    } finally {
      graph.close();
    }
  });
});
