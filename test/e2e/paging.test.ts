import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type FullStack, startFullStack } from '../support/full-stack.js';

const PAGE = `query ($first: Int!, $after: String) {
  upcomingOrders(first: $first, after: $after) {
    nodes { id account { key } }
    pageInfo { hasNextPage hasPreviousPage endCursor }
    sources { account { key } state }
  }
}`;

let stack: FullStack;

beforeAll(async () => {
  stack = await startFullStack({ only: ['ordergroove', 'appstle'] });
});

afterAll(() => stack.close());

async function pageAfter(after: string | null, first: number) {
  const connection = (await stack.data(PAGE, { first, after })).at('upcomingOrders');
  const { nodes, pageInfo, sources } = Object(connection);
  return { ids: nodes.map(({ id }: { id: string }) => id) as string[], nodes, pageInfo, sources };
}

test('upcoming orders of two providers are met once each, page by page, also when one fails between pages', async () => {
  const whole = await pageAfter(null, 100);
  const accounts = new Set(whole.nodes.map(({ account }: { account: { key: string } }) => account.key));
  expect(accounts).toEqual(new Set(['og-us', 'appstle-us']));
  expect(whole.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });

  const met: string[] = [];
  let after: string | null = null;
  for (let number = 0; ; number += 1) {
    const { faults } = stack.fixture('appstle').emulator;
    if (number === 1) faults.add({ times: 'always', action: { kind: 'status', status: 400 } });
    const { ids, pageInfo, sources } = await pageAfter(after, 2);
    expect(sources).toContainEqual({ account: { key: 'appstle-us' }, state: number === 1 ? 'FAILED' : 'OK' });
    expect(pageInfo.hasPreviousPage).toBe(number > 0);
    met.push(...ids);
    faults.clear();
    after = pageInfo.endCursor ?? after;
    if (!pageInfo.hasNextPage && number > 1) break;
  }
  expect(met).toHaveLength(whole.ids.length);
  expect(new Set(met)).toEqual(new Set(whole.ids));
});
