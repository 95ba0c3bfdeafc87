import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { whenPostgres } from '../storage/postgres.js';
import { type CrashCase, type CrashResults, type CrashShopOptions, openCrashShop, type Row } from './crash-shop.js';
import { appstleScenarios, centraScenarios, ordergrooveScenarios, surecartScenarios } from './write-scenarios.js';

const LIMIT_MS = 600_000;

const ADDING = 'adding an item';
const SUBSCRIBING = 'adding a subscription';

const oneStep: readonly Row[] = [
  ['before claim', 'SUCCEEDED', 1],
  ['after claim', 'SUCCEEDED', 1],
  ['after recording the target', 'SUCCEEDED', 1],
  ['before recording the intent', 'SUCCEEDED', 1],
  // On record and not sent: a read shows no trace, and only a person may decide to send it.
  ['after recording the intent', 'FAILED', 0],
  ['while the provider works', 'SUCCEEDED', 1],
  ['with the answer received', 'SUCCEEDED', 1],
  ['before recording the answer', 'SUCCEEDED', 1],
  ['after recording the answer', 'SUCCEEDED', 1],
  ['during read-back', 'SUCCEEDED', 1],
  ['before settling', 'SUCCEEDED', 1],
  ['after settling', 'SUCCEEDED', 1],
];

const firstOfTwo: readonly Row[] = [
  ['after recording the intent', 'FAILED', 0],
  ['with the answer received', 'PARTIAL', 1],
  ['after recording the answer', 'PARTIAL', 1],
];

const secondOfTwo: readonly Row[] = [
  ['after recording the intent', 'PARTIAL', 1],
  ['with the answer received', 'SUCCEEDED', 1],
  ['after recording the answer', 'SUCCEEDED', 1],
];

/** Where a write at the provider can be lost. */
const atTheProvider = oneStep.filter(([at]) => /intent|works|received|read-back/.test(at));

interface Write extends CrashCase {
  readonly title: string;
  readonly rows: readonly Row[];
}

interface Shop extends Omit<CrashShopOptions, 'storage'> {
  readonly name: string;
  readonly writes: readonly Write[];
}

const twoSteps = (write: string, made: number): readonly Write[] => [
  {
    title: `${write}: the step that was done is told, the other one is not made up for`,
    write,
    settings: 'usual',
    rows: [['after recording the answer', 'PARTIAL', 1]],
  },
  {
    title: `${write}: an answer lost in the second step is found`,
    write,
    settings: 'usual',
    pass: 2,
    rows: [['with the answer received', 'SUCCEEDED', made]],
  },
];

const adding: Write = {
  title: 'adding an item: another replica ends it, with one in the books of the provider or none',
  write: ADDING,
  settings: 'usual',
  rows: oneStep,
};

/** Many writes of one shopper are repeated again and again, at several replicas. */
const unlimited = { limits: { all: { parallel: 64, calls: 0 } } };
const withoutRate = { largeItemsPerOrder: 2, rateLimitPerMinute: 0 };

const shops: readonly Shop[] = [
  {
    name: 'Ordergroove',
    provider: 'ordergroove',
    scenario: 'large',
    switches: withoutRate,
    settings: {
      usual: { addAsSubscription: 'single-call', settlingSeconds: 1, ...unlimited },
      'two calls': { addAsSubscription: 'two-step', settlingSeconds: 1, ...unlimited },
    },
    scenarios: ordergrooveScenarios,
    writes: [
      adding,
      { title: 'a subscription in one call: the same', write: SUBSCRIBING, settings: 'usual', rows: atTheProvider },
      {
        title: 'a subscription, in the first of two steps: what is not on record as sent is not sent by anybody',
        write: SUBSCRIBING,
        settings: 'two calls',
        rows: firstOfTwo,
      },
      {
        title: 'a subscription, in the second of two steps: both results are told',
        write: SUBSCRIBING,
        settings: 'two calls',
        pass: 2,
        rows: secondOfTwo,
      },
    ],
  },
  {
    name: 'Ordergroove, with no other replica',
    provider: 'ordergroove',
    scenario: 'large',
    switches: withoutRate,
    isAlone: true,
    settings: { usual: { settlingSeconds: 1, ...unlimited } },
    scenarios: ordergrooveScenarios,
    writes: [
      {
        title: 'adding an item: the process, started again, goes on where it was killed',
        write: ADDING,
        settings: 'usual',
        rows: [['with the answer received', 'SUCCEEDED', 1]],
      },
    ],
  },
  {
    name: 'SureCart',
    provider: 'surecart',
    scenario: 'large',
    switches: { rateLimit: 0 },
    settings: {
      usual: {
        settlingSeconds: 1,
        limits: { all: { parallel: 64, calls: 0 }, sensitive: { calls: 0 }, previews: { calls: 0 } },
      },
    },
    scenarios: surecartScenarios,
    writes: [adding, ...twoSteps('converting a line', 1)],
  },
  {
    name: 'Appstle',
    provider: 'appstle',
    scenario: 'large',
    // Writes that stand still keep their places.
    settings: { usual: { settlingSeconds: 1, limits: { writes: { parallel: 64 } } } },
    scenarios: appstleScenarios,
    writes: [adding, ...twoSteps('converting an item', 1)],
  },
  {
    name: 'Centra',
    provider: 'centra',
    scenario: 'sandbox',
    settings: { usual: { settlingSeconds: 1, multiSend: true } },
    scenarios: centraScenarios,
    writes: [adding, ...twoSteps('adding two of an item', 2)],
  },
];

describe('killed with an embedded ledger', () => crashMatrix('embedded'));
whenPostgres('killed with a ledger in PostgreSQL', () => crashMatrix('postgres'));

function crashMatrix(storage: 'embedded' | 'postgres') {
  const runs = new Map<string, Promise<CrashResults>>();

  // All at once: most of their time goes into waiting for leases to end.
  beforeAll(() => {
    for (const shop of shops) {
      const run = crashAll(shop, storage);
      // The tests of that shop hear of it.
      run.catch(() => {});
      runs.set(shop.name, run);
    }
  });

  afterAll(async () => {
    await Promise.allSettled(runs.values());
  }, LIMIT_MS);

  describe.each(shops)('at $name', ({ name, writes }) => {
    let results: CrashResults | undefined;
    beforeAll(async () => {
      results = await runs.get(name);
    }, LIMIT_MS);

    test.each(writes)('$title', ({ title, rows }) => {
      expect(results?.get(title)).toEqual(rows);
    });
  });
}

async function crashAll({ writes, ...options }: Shop, storage: 'embedded' | 'postgres'): Promise<CrashResults> {
  const shop = await openCrashShop({ ...options, storage });
  try {
    return await shop.crash(writes.map((write) => ({ ...write, points: write.rows.map(([at]) => at) })));
  } finally {
    await shop.close();
  }
}
