import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { fromInstant, unknownMoment } from '../../src/domain/moment.js';
import { LONG_ENOUGH_MS, tryAll } from '../hostile/try-all.js';
import { FakeShop } from './fake-shop.js';
import { ada, GraphClient } from './graph-client.js';
import {
  idOf,
  sampleLine,
  sampleOffer,
  sampleOperation,
  sampleOrder,
  sampleProduct,
  sampleSubscription,
} from './sample-records.js';

interface Connection {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly sources?: readonly { readonly state: string; readonly account: { readonly key: string } }[];
}

const PAGE = 'edges { cursor node { id } } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const SOURCES = 'sources { state account { key } }';

/** A list that pages go through, over shops that a test changes between them. */
interface Paged {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  connectionIn(data: unknown): Connection;
}

async function ask(client: GraphClient, paged: Paged, first: number, after: string | null): Promise<Connection> {
  const { data, errors } = await client.send(paged.query, { ...paged.variables, first, after });
  expect(errors).toEqual([]);
  const page = paged.connectionIn(data);
  expect(page.nodes).toEqual(page.edges.map(({ node }) => node));
  expect(page.pageInfo.startCursor).toBe(page.edges.at(0)?.cursor ?? null);
  expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor ?? null);
  return page;
}

function idsOf({ nodes }: Connection): readonly string[] {
  return nodes.map(({ id }) => id);
}

/** A day of some month, so that many records share one; null: none is known. */
const anyDay = fc.option(fc.integer({ min: 1, max: 6 }), { nil: null });

interface MergedList extends Paged {
  readonly port: 'upcomingOrders' | 'subscriptions';
  /** Puts a record of this day into the shop. */
  add(shop: FakeShop, key: string, day: number | null): void;
  idsIn(shop: FakeShop): readonly string[];
  remove(shop: FakeShop, id: string): void;
}

const upcomingOrders: MergedList = {
  query: `query ($first: Int!, $after: String) { upcomingOrders(first: $first, after: $after) { ${PAGE} ${SOURCES} } }`,
  connectionIn: (data) => Object(data).upcomingOrders,
  port: 'upcomingOrders',
  add(shop, key, day) {
    const scheduled = day === null ? unknownMoment : fromInstant(new Date(Date.UTC(2023, 10, day)));
    shop.orders.push(sampleOrder(shop.key, key, { scheduled }));
  },
  idsIn: ({ orders }) => orders.map(({ id }) => id),
  remove(shop, gone) {
    shop.orders = shop.orders.filter(({ id }) => id !== gone);
  },
};

const subscriptions: MergedList = {
  query: `query ($first: Int!, $after: String) {
    viewer { customer { subscriptions(first: $first, after: $after) { ${PAGE} ${SOURCES} } } }
  }`,
  connectionIn: (data) => Object(data).viewer.customer.subscriptions,
  port: 'subscriptions',
  add(shop, key, day) {
    shop.subscriptions.push(sampleSubscription(shop.key, key, { startDate: day === null ? null : `2023-11-0${day}` }));
  },
  idsIn: (shop) => shop.subscriptions.map(({ id }) => id),
  remove(shop, gone) {
    shop.subscriptions = shop.subscriptions.filter(({ id }) => id !== gone);
  },
};

/** What happens before a page is asked for. */
const anyEvent = fc.record({
  down: fc.subarray([0, 1, 2, 3]),
  gone: fc.array(fc.nat(), { maxLength: 3 }),
  born: fc.array(fc.record({ shop: fc.nat(), day: anyDay }), { maxLength: 2 }),
});

const anyWalk = fc.record({
  first: fc.integer({ min: 1, max: 4 }),
  shops: fc.array(fc.array(anyDay, { maxLength: 7 }), { minLength: 1, maxLength: 4 }),
  events: fc.array(anyEvent, { maxLength: 8 }),
});

type Walk = typeof anyWalk extends fc.Arbitrary<infer T> ? T : never;

/** Walks through the list while accounts fail and records come and go, then to its end with all accounts well again. */
async function walkThrough(list: MergedList, { first, shops: days, events }: Walk): Promise<void> {
  const shops = days.map((_, index) => new FakeShop(`shop-${index}`));
  const client = GraphClient.over(...shops);
  client.actor = { ...ada, customers: Object.fromEntries(shops.map(({ key }) => [key, 'ada'])) };
  shops.forEach((shop, index) => days[index]?.forEach((day, number) => list.add(shop, `r${number}`, day)));
  const present = () => new Set(shops.flatMap((shop) => list.idsIn(shop)));
  const stable = present();
  const met: string[] = [];
  let after: string | null = null;

  for (let step = 0; ; step += 1) {
    const { down, gone, born } = events[step] ?? { down: [], gone: [], born: [] };
    happen(list, shops, `${step}`, gone, born);
    for (const id of stable) if (!present().has(id)) stable.delete(id);
    shops.forEach(({ failing }, index) => (down.includes(index) ? failing.add(list.port) : failing.delete(list.port)));

    const page: Connection = await ask(client, list, first, after);
    const ids = idsOf(page);
    expect(ids.length).toBeLessThanOrEqual(first);
    const answering = shops.filter((_, index) => !down.includes(index));
    for (const id of ids) {
      expect(met).not.toContain(id);
      expect(answering.flatMap((shop) => list.idsIn(shop))).toContain(id);
    }
    met.push(...ids);
    expect(page.sources?.map(({ state, account }) => [account.key, state])).toEqual(
      shops.map(({ key }, index) => [key, down.includes(index) ? 'FAILED' : 'OK']),
    );
    const others = answering.flatMap((shop) => list.idsIn(shop)).filter((id) => !ids.includes(id));
    const isPast = others.some((id) => met.includes(id));
    const { endCursor, hasNextPage, hasPreviousPage } = page.pageInfo;
    // What is new may stand before the page although it was never met.
    const mayBePast = isPast || (after !== null && others.some((id) => !stable.has(id) && !met.includes(id)));
    expect([isPast, mayBePast]).toContain(hasPreviousPage);
    after = endCursor ?? after;
    // Nothing happens in between: what is promised to follow does follow, and nothing else.
    expect(idsOf(await ask(client, list, first, after)).length > 0).toBe(hasNextPage);
    if (step >= events.length && !hasNextPage) break;
  }
  expect([...stable].filter((id) => !met.includes(id))).toEqual([]);
}

function happen(
  list: MergedList,
  shops: readonly FakeShop[],
  step: string,
  gone: readonly number[],
  born: readonly { readonly shop: number; readonly day: number | null }[],
): void {
  for (const choice of gone) {
    const all = shops.flatMap((shop) => list.idsIn(shop).map((id) => ({ shop, id })));
    const chosen = all[choice % all.length];
    if (chosen) list.remove(chosen.shop, chosen.id);
  }
  for (const [number, { shop: choice, day }] of born.entries()) {
    const shop = shops[choice % shops.length];
    if (shop) list.add(shop, `new-${step}-${number}`, day);
  }
}

describe('a walk through pages', () => {
  test.each([
    ['upcoming orders', upcomingOrders],
    ['subscriptions', subscriptions],
  ])(
    'of %s meets what was there all the time exactly once, whatever fails, goes and comes on the way',
    (what, list) => tryAll(`walks through ${what}`, 60, anyWalk, (walk) => walkThrough(list, walk)),
    LONG_ENOUGH_MS,
  );

  test('goes on at the others when an account fails, and resumes at that one when it answers again', async () => {
    const [a, b] = [new FakeShop('og-us'), new FakeShop('og-eu')];
    const client = GraphClient.over(a, b);
    for (const day of [1, 3, 5]) upcomingOrders.add(a, `a${day}`, day);
    for (const day of [2, 4, 6]) upcomingOrders.add(b, `b${day}`, day);
    const keysOf = (page: Connection) => {
      const keys = new Map([...a.orders, ...b.orders].map(({ id, ref }) => [id, ref.key]));
      return idsOf(page).map((id) => keys.get(id));
    };

    const first = await ask(client, upcomingOrders, 2, null);
    a.failing.add('upcomingOrders');
    const second = await ask(client, upcomingOrders, 2, first.pageInfo.endCursor);
    expect([keysOf(first), keysOf(second)]).toEqual([
      ['a1', 'b2'],
      ['b4', 'b6'],
    ]);
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(second.sources?.map(({ state }) => state)).toEqual(['FAILED', 'OK']);
    const meanwhile = await ask(client, upcomingOrders, 2, second.pageInfo.endCursor);
    expect([keysOf(meanwhile), meanwhile.pageInfo.endCursor]).toEqual([[], null]);

    a.failing.clear();
    const third = await ask(client, upcomingOrders, 1, second.pageInfo.endCursor);
    const fourth = await ask(client, upcomingOrders, 5, third.pageInfo.endCursor);
    expect([keysOf(third), keysOf(fourth)]).toEqual([['a3'], ['a5']]);
    expect(fourth.pageInfo.hasNextPage).toBe(false);
  });

  test('holds an account back while it is not asked, too', async () => {
    const [a, b] = [new FakeShop('og-us'), new FakeShop('og-eu')];
    const client = GraphClient.over(a, b);
    upcomingOrders.add(a, 'early', 1);
    upcomingOrders.add(b, 'late', 4);
    a.failing.add('upcomingOrders');
    const { pageInfo } = await ask(client, upcomingOrders, 5, null);
    a.failing.clear();
    const onlyEu = {
      ...upcomingOrders,
      query: upcomingOrders.query.replace('after: $after', '$&, accountKeys: ["og-eu"]'),
    };
    upcomingOrders.add(b, 'later', 5);
    const eu = await ask(client, onlyEu, 5, pageInfo.endCursor);
    expect(idsOf(eu)).toEqual([idOf('Order', 'og-eu', 'later')]);
    const rest = await ask(client, upcomingOrders, 5, eu.pageInfo.endCursor);
    expect(idsOf(rest)).toEqual([idOf('Order', 'og-us', 'early')]);
  });

  test('meets a record once that a provider lists twice', async () => {
    const shop = new FakeShop('og-us');
    const client = GraphClient.over(shop);
    upcomingOrders.add(shop, 'o1', 1);
    upcomingOrders.add(shop, 'o2', 2);
    upcomingOrders.add(shop, 'o1', 3);
    const page = await ask(client, upcomingOrders, 5, null);
    expect([...idsOf(page)].sort()).toEqual([idOf('Order', 'og-us', 'o1'), idOf('Order', 'og-us', 'o2')]);
  });

  test(
    'of the lines of an order keeps the order the provider gave them, and meets each once while lines come and go',
    async () => {
      const order = sampleOrder('og-us', 'o1');
      const lines: Paged = {
        query: `query ($id: ID!, $first: Int!, $after: String) { order(id: $id) { lineItems(first: $first, after: $after) { ${PAGE} } } }`,
        variables: { id: order.id },
        connectionIn: (data) => Object(data).order.lineItems,
      };
      const change = fc.record({
        // A cursor knows the three lines before it.
        gone: fc.array(fc.nat(), { maxLength: 2 }),
        born: fc.option(fc.nat(), { nil: null }),
      });
      const anyLines = fc.record({
        count: fc.integer({ min: 0, max: 12 }),
        first: fc.integer({ min: 1, max: 5 }),
        changes: fc.array(change, { maxLength: 6 }),
      });

      await tryAll('walks through lines', 80, anyLines, async ({ count, first, changes }) => {
        const shop = new FakeShop('og-us');
        shop.orders = [order];
        shop.lines = Array.from({ length: count }, (_, number) => sampleLine(order, `l${number}`));
        const client = GraphClient.over(shop);
        let stable = shop.lines.map(({ id }) => id);
        const met: string[] = [];
        let page: Connection = await ask(client, lines, first, null);
        expect(page.pageInfo.hasPreviousPage).toBe(false);
        for (let step = 0; ; step += 1) {
          for (const id of idsOf(page)) expect(met).not.toContain(id);
          const isPast = shop.lines.some(({ id }) => met.includes(id));
          expect([isPast, true]).toContain(page.pageInfo.hasPreviousPage);
          met.push(...idsOf(page));
          if (!page.pageInfo.hasNextPage) break;
          const { gone, born } = changes[step] ?? { gone: [], born: null };
          for (const choice of gone) shop.lines.splice(choice % shop.lines.length, 1);
          if (born !== null) shop.lines.splice(born % (shop.lines.length + 1), 0, sampleLine(order, `new-${step}`));
          const left = new Set(shop.lines.map(({ id }) => id));
          stable = stable.filter((id) => left.has(id));
          page = await ask(client, lines, first, page.pageInfo.endCursor);
        }
        expect(met.filter((id) => stable.includes(id))).toEqual(stable);
      });
    },
    LONG_ENOUGH_MS,
  );
});

describe('a page that cannot be asked for', () => {
  const order = sampleOrder('og-us', 'o1');

  async function problemsOf(field: string, shop = new FakeShop('og-us')) {
    shop.orders = [order];
    shop.lines = [sampleLine(order, 'l1')];
    const { errors } = await GraphClient.over(shop).send(`{ ${field} }`);
    expect(errors.map(({ extensions }) => extensions?.['code'])).toEqual(['BAD_USER_INPUT']);
    const problems = Object(errors[0]?.extensions)['problems'];
    return problems.map(({ path, rule }: Record<string, unknown>) => [path, rule]);
  }

  const cursorOf = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url');

  test.each([
    ['no text', ''],
    ['some text', 'nonsense'],
    ['a cursor of another list', cursorOf(['lines', [0, 'x']])],
    ['a cursor without a place', cursorOf(['orders', null])],
    ['a cursor at no position', cursorOf(['orders', [['soon', 'x']]])],
    [
      'a cursor with an account at no position',
      cursorOf([
        'orders',
        [
          [1, 'x'],
          ['og-us', 5],
        ],
      ]),
    ],
    ['an endless text', 'A'.repeat(100_000)],
  ])('because it comes after %s is told as such', async (_name, after) => {
    expect(await problemsOf(`upcomingOrders(after: "${after}") { nodes { id } }`)).toEqual([[['after'], 'CURSOR']]);
    expect(await problemsOf(`viewer { customer { subscriptions(after: "${after}") { nodes { id } } } }`)).toEqual([
      [['after'], 'CURSOR'],
    ]);
  });

  test.each(['', 'nonsense', cursorOf(['lines', []]), cursorOf(['lines', [-1, 'x']]), cursorOf(['lines', [1]])])(
    'because no line has the cursor %p is told as such',
    async (after) => {
      expect(await problemsOf(`order(id: "${order.id}") { lineItems(after: "${after}") { nodes { id } } }`)).toEqual([
        [['after'], 'CURSOR'],
      ]);
    },
  );

  test.each([0, -1, 101, 2_147_483_647])('because it has %p entries is told as such', async (first) => {
    expect(await problemsOf(`upcomingOrders(first: ${first}) { nodes { id } }`)).toEqual([[['first'], 'RANGE']]);
  });

  test('is told with everything that is wrong, and asks no provider', async () => {
    const shop = new FakeShop('og-us');
    expect(await problemsOf('upcomingOrders(first: 0, after: "x") { nodes { id } }', shop)).toEqual([
      [['first'], 'RANGE'],
      [['after'], 'CURSOR'],
    ]);
    expect(shop.calls).toEqual([]);
  });
});

describe('global identification', () => {
  test('finds every kind of node again by the ID it came with, alone and among others', async () => {
    const shop = new FakeShop('og-us');
    const order = sampleOrder('og-us', 'o1');
    shop.orders = [order];
    shop.lines = [sampleLine(order, 'l1')];
    shop.products = [sampleProduct('og-us', 'p-l1')];
    shop.subscriptions = [sampleSubscription('og-us', 's-l1')];
    shop.offers = [sampleOffer('og-us', 'f1')];
    const client = GraphClient.over(shop);
    client.writes.operations.push(sampleOperation('og-us'));

    const node = '__typename id';
    const { data, errors } = await client.send(`{
      upcomingOrders { nodes { ${node} account { ${node} } customer { ${node} } offers { ${node} }
        lineItems { nodes { ${node} product { ${node} } subscription { ${node} } } } } }
      operationByKey(idempotencyKey: "decision-0000000001") { ${node} }
      __type(name: "Node") { possibleTypes { name } }
    }`);
    expect(errors).toEqual([]);
    const { __type: type, ...records } = Object(data);
    const met = new Map(nodesIn(records).map((record) => [record.__typename, record]));
    expect([...met.keys()].sort()).toEqual(type.possibleTypes.map(({ name }: { name: string }) => name).sort());

    const ids = [...met.values()].map(({ id }) => id);
    const together = await client.send('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids });
    expect(together).toEqual({ data: { nodes: [...met.values()] }, errors: [] });
    for (const record of met.values()) {
      const alone = await client.send('query ($id: ID!) { node(id: $id) { __typename id } }', { id: record.id });
      expect(alone).toEqual({ data: { node: record }, errors: [] });
    }
  });
});

interface NodeAnswer {
  readonly __typename: string;
  readonly id: string;
}

function nodesIn(value: unknown): readonly NodeAnswer[] {
  if (typeof value !== 'object' || value === null) return [];
  const { __typename, id } = Object(value);
  const below = Object.values(value).flatMap(nodesIn);
  return typeof id === 'string' ? [{ __typename, id }, ...below] : below;
}
