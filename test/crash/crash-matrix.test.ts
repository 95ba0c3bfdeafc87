import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { whenPostgres } from '../storage/postgres.js';
import { type CrashCase, type CrashResults, type CrashShopOptions, openCrashShop, type Row } from './crash-shop.js';
import {
  appstleScenarios,
  centraScenarios,
  ordergrooveScenarios,
  rechargeScenarios,
  surecartScenarios,
} from './write-scenarios.js';

const LIMIT_MS = 1_200_000;

const ADDING = 'adding an item';
const SUBSCRIBING = 'adding a subscription';
const FINISHING = 'finishing a checkout';

/** On record and perhaps not sent: that a read shows no trace proves nothing while the order is open. */
const unsent: Row = ['after recording the intent', 'INDETERMINATE', 0];

/** The points of one write as it passes them when nothing is in its way. */
const inOrder: readonly Row[] = [
  ['before claim', 'SUCCEEDED', 1],
  ['after claim', 'SUCCEEDED', 1],
  ['before taking the turn', 'SUCCEEDED', 1],
  ['after taking the turn', 'SUCCEEDED', 1],
  ['before reading related writes', 'SUCCEEDED', 1],
  ['after reading related writes', 'SUCCEEDED', 1],
  ['while reading the target', 'SUCCEEDED', 1],
  ['before recording the intent', 'SUCCEEDED', 1],
  unsent,
  ['with the answer received', 'SUCCEEDED', 1],
  ['during read-back', 'SUCCEEDED', 1],
  ['before settling', 'SUCCEEDED', 1],
  ['after settling', 'SUCCEEDED', 1],
  ['before giving up the turn', 'SUCCEEDED', 1],
  ['after giving up the turn', 'SUCCEEDED', 1],
];

/** Those of a write that the provider is slow to do, or that is lost on its way there. */
const whenSlow: readonly Row[] = [
  ['while the provider works', 'SUCCEEDED', 1],
  ['before recording an open outcome', 'INDETERMINATE', 0],
  ['after recording an open outcome', 'INDETERMINATE', 0],
];

const oneStep: readonly Row[] = [...inOrder, ...whenSlow];

const firstOfTwo: readonly Row[] = [unsent, ['with the answer received', 'PARTIAL', 1]];

const secondOfTwo: readonly Row[] = [
  ['before recording the intent', 'PARTIAL', 1],
  ['after recording the intent', 'INDETERMINATE', 1],
  ['with the answer received', 'SUCCEEDED', 1],
];

/** Where a write at the provider can be lost. */
const atTheProvider = oneStep.filter(([at]) => /intent|works|received|read-back|open outcome/.test(at));

interface Write extends CrashCase {
  readonly title: string;
  readonly rows: readonly Row[];
}

interface Shop extends Omit<CrashShopOptions, 'storage' | 'fate'> {
  readonly name: string;
  readonly writes: readonly Write[];
}

const twoSteps = (write: string, made: number): readonly Write[] => [
  {
    title: `${write}: the step that was done is told, the other one is not made up for`,
    write,
    settings: 'usual',
    rows: [['with the answer received', 'PARTIAL', 1]],
  },
  {
    title: `${write}: an answer lost in the second step is found`,
    write,
    settings: 'usual',
    pass: 2,
    rows: [
      ['before recording the intent', 'PARTIAL', 1],
      ['with the answer received', 'SUCCEEDED', made],
    ],
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
    switches: { rateLimit: 0, sensitiveLimit: 0 },
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
    switches: { largeContracts: 40 },
    // Writes that stand still keep their places.
    settings: { usual: { settlingSeconds: 1, limits: { writes: { parallel: 64 } } } },
    scenarios: appstleScenarios,
    writes: [adding, ...twoSteps('converting an item', 1)],
  },
  {
    name: 'Recharge',
    provider: 'recharge',
    scenario: 'large',
    // A subscription and a one-time item on each charge.
    switches: { bucketSize: 0, rebuildSeconds: 0, largeCharges: 28, largeLines: 56, largeSubscriptions: 28 },
    settings: { usual: { settlingSeconds: 1, ...unlimited } },
    scenarios: rechargeScenarios,
    writes: [adding, ...twoSteps('converting an item', 1)],
  },
  {
    name: 'Centra',
    provider: 'centra',
    scenario: 'sandbox',
    settings: { usual: { settlingSeconds: 1, multiSend: true } },
    scenarios: centraScenarios,
    writes: [
      adding,
      {
        title: 'finishing a checkout: another replica ends it, with one payment or none',
        write: FINISHING,
        settings: 'usual',
        rows: oneStep,
      },
      ...twoSteps('adding two of an item', 2),
    ],
  },
];

describe('killed with an embedded ledger', () => crashMatrix({ storage: 'embedded', fate: 'killed' }));
whenPostgres('killed with a ledger in PostgreSQL', () => crashMatrix({ storage: 'postgres', fate: 'killed' }));
// One process has the embedded ledger, which may stand locked while it sleeps.
whenPostgres('frozen with a ledger in PostgreSQL', () => crashMatrix({ storage: 'postgres', fate: 'frozen' }));

type Setting = Pick<CrashShopOptions, 'storage' | 'fate'>;

function crashMatrix(setting: Setting) {
  // A process that sleeps is never alone: it wakes.
  const chosen = shops.filter(({ isAlone }) => setting.fate === 'killed' || isAlone !== true);
  const runs = new Map<string, Promise<Results>>();

  // All at once: most of their time goes into waiting for leases to end.
  beforeAll(() => {
    for (const shop of chosen) {
      const run = crashAll(shop, setting);
      // The tests of that shop hear of it.
      run.catch(() => {});
      runs.set(shop.name, run);
    }
  });

  afterAll(async () => {
    await Promise.allSettled(runs.values());
  }, LIMIT_MS);

  describe.each(chosen)('at $name', ({ name, writes }) => {
    let results: Results | undefined;
    beforeAll(async () => {
      results = await runs.get(name);
    }, LIMIT_MS);

    test.each(writes)('$title', ({ title, rows }) => {
      expect(results?.rows.get(title)).toEqual(rows);
    });

    test('a write passes the named points and no others', () => {
      expect(results?.points).toEqual(inOrder.map(([at]) => at));
    });
  });
}

interface Results {
  readonly rows: CrashResults;
  /** What a write passes that nothing is in the way of. */
  readonly points: readonly string[];
}

async function crashAll({ writes, ...options }: Shop, setting: Setting): Promise<Results> {
  const shop = await openCrashShop({ ...options, ...setting });
  try {
    const rows = await shop.crash(writes.map((write) => ({ ...write, points: write.rows.map(([at]) => at) })));
    return { rows, points: await shop.trace({ write: ADDING, settings: 'usual' }) };
  } finally {
    await shop.close();
  }
}
