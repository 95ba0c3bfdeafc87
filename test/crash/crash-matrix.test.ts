import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { emulators, type RunningEmulator } from '../../src/emulators/index.js';
import { whenPostgres } from '../storage/postgres.js';
import {
  type Ask,
  type Chance,
  type CrashShop,
  crashAtEach,
  openCrashShop,
  recordsOf,
  type Row,
} from './crash-shop.js';

const LIMIT_MS = 120_000;

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

const oneStepOfTwo: readonly Row[] = [
  ['after recording the intent', 'FAILED', 0],
  ['with the answer received', 'PARTIAL', 1],
  ['after recording the answer', 'PARTIAL', 1],
];

const bothStepsOfTwo: readonly Row[] = [
  ['after recording the intent', 'PARTIAL', 1],
  ['with the answer received', 'SUCCEEDED', 1],
  ['after recording the answer', 'SUCCEEDED', 1],
  ['before settling', 'SUCCEEDED', 1],
];

/** Where a write at a provider can be lost; what differs between providers is how it is found. */
const atTheProvider = oneStep.filter(([at]) => /intent|works|received|read-back/.test(at));

const others = [
  { provider: 'surecart', scenario: 'large', chances: surecartChances },
  { provider: 'appstle', scenario: 'large', chances: appstleChances },
  { provider: 'centra', scenario: 'sandbox', chances: centraChances },
] as const;

describe('killed with an embedded ledger', () => crashMatrix('embedded'));
whenPostgres('killed with a ledger in PostgreSQL', () => crashMatrix('postgres'));

function crashMatrix(storage: 'embedded' | 'postgres') {
  describe('at Ordergroove', () => {
    let shop: CrashShop;
    beforeAll(async () => {
      shop = await openCrashShop({
        provider: 'ordergroove',
        scenario: 'large',
        switches: { largeItemsPerOrder: 2 },
        storage,
        settings: {
          'one call': { addAsSubscription: 'single-call', settlingSeconds: 1 },
          'two calls': { addAsSubscription: 'two-step', settlingSeconds: 1 },
        },
        chances: ordergrooveChances,
      });
    }, LIMIT_MS);
    afterAll(() => shop.close());

    test(
      'adding an item: another replica ends it, with one item or none',
      async () => {
        expect(await crashAtEach(oneStep, (at) => shop.crash(at, 'one call'))).toEqual(oneStep);
      },
      LIMIT_MS,
    );

    test(
      'adding a subscription in one call: the same',
      async () => {
        const crash = (at: string) => shop.crash(at, 'one call', { subscribe: true });
        expect(await crashAtEach(atTheProvider, crash)).toEqual(atTheProvider);
      },
      LIMIT_MS,
    );

    test(
      'in the first of two steps: what is not on record as sent is not sent by anybody',
      async () => {
        const crash = (at: string) => shop.crash(at, 'two calls', { subscribe: true });
        expect(await crashAtEach(oneStepOfTwo, crash)).toEqual(oneStepOfTwo);
      },
      LIMIT_MS,
    );

    test(
      'in the second of two steps: both facts are told',
      async () => {
        const crash = (at: string) =>
          shop.crash(at, 'two calls', { subscribe: true, pass: at === 'before settling' ? 1 : 2 });
        expect(await crashAtEach(bothStepsOfTwo, crash)).toEqual(bothStepsOfTwo);
      },
      LIMIT_MS,
    );

    test(
      'the same process, started again, goes on where it was killed',
      async () => {
        const row = ['with the answer received', 'SUCCEEDED', 1];
        expect(await shop.crashAll('with the answer received', 'one call')).toEqual(row);
      },
      LIMIT_MS,
    );
  });

  describe.each(others)('at $provider', ({ provider, scenario, chances }) => {
    let shop: CrashShop;
    beforeAll(async () => {
      const settings = { usual: { settlingSeconds: 1 } };
      shop = await openCrashShop({ provider, scenario, storage, settings, chances });
    }, LIMIT_MS);
    afterAll(() => shop.close());

    test(
      'adding an item: another replica ends it, with one in the books of the provider or none',
      async () => {
        expect(await crashAtEach(atTheProvider, (at) => shop.crash(at, 'usual'))).toEqual(atTheProvider);
      },
      LIMIT_MS,
    );
  });
}

function ordergrooveChances(emulator: RunningEmulator): Chance[] {
  interface Records {
    readonly orders: readonly { readonly public_id: string; readonly status: number }[];
    readonly items: readonly { readonly order: string }[];
  }
  const records = () => recordsOf(emulator) as Records;
  return records()
    .orders.filter(({ status }) => status === 1)
    .map(({ public_id: orderKey }) => ({
      orderKey,
      product: { id: '44931275500039' },
      count: () => records().items.filter(({ order }) => order === orderKey).length,
    }));
}

function surecartChances(emulator: RunningEmulator): Chance[] {
  interface Records {
    readonly order: readonly { readonly id: string; readonly checkout: string }[];
    readonly upsell: readonly { readonly price: string }[];
    readonly charge: readonly { readonly checkout: string }[];
  }
  const records = () => recordsOf(emulator) as Records;
  const { order: orders, upsell } = records();
  return orders.map(({ id: orderKey, checkout }) => ({
    orderKey,
    product: { id: upsell[0]?.price },
    count: () => records().charge.filter((charge) => charge.checkout === checkout).length,
  }));
}

/** One order a contract: Appstle takes one writer a contract. */
function appstleChances(emulator: RunningEmulator): Chance[] {
  interface Records {
    readonly contracts: readonly { readonly id: string }[];
    readonly attempts: readonly { readonly id: string; readonly contractId: string; readonly status: string }[];
    readonly oneOffs: readonly { readonly attemptId: string; readonly variantId: string }[];
  }
  const records = () => recordsOf(emulator) as Records;
  const product = { id: '43500000000001', handle: 'house-espresso-beans-1kg' };
  const { contracts, attempts } = records();
  return contracts.flatMap(({ id }) => {
    const attempt = attempts.find(({ contractId, status }) => contractId === id && status === 'QUEUED');
    if (!attempt) return [];
    const isAdded = (each: Records['oneOffs'][number]) =>
      each.attemptId === attempt.id && each.variantId === product.id;
    return { orderKey: `${id}/${attempt.id}`, product, count: () => records().oneOffs.filter(isAdded).length };
  });
}

/** Orders that were just paid: their upsell terms are in the ledger's database, for every replica. */
async function centraChances(emulator: RunningEmulator, ask: Ask): Promise<Chance[]> {
  interface Records {
    readonly orders: readonly { readonly order: string; readonly lines: readonly unknown[] }[];
  }
  interface Completed {
    readonly completeCheckout: { readonly order: { readonly providerId: string } };
  }
  const records = () => recordsOf(emulator) as Records;
  const { account, shopper } = emulators.centra.sandbox(emulator.url);
  const complete = async (): Promise<Chance> => {
    const answer = await fetch(`${emulator.url}/__emulator/checkouts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ customer: shopper.customerId }),
    });
    const { selection } = JSON.parse(await answer.text());
    const input = { account: account.key, checkoutId: selection, paymentFields: { klarna_order: selection } };
    const query = `mutation ($input: CompleteCheckoutInput!) {
      completeCheckout(input: $input) { order { providerId } }
    }`;
    const { completeCheckout } = (await ask(query, { input })) as Completed;
    const orderKey = completeCheckout.order.providerId;
    const count = () => records().orders.find(({ order }) => order === orderKey)?.lines.length ?? 0;
    return { orderKey, product: { id: '1001' }, count };
  };
  const chances: Chance[] = [];
  for (let made = 0; made < atTheProvider.length; made += 1) chances.push(await complete());
  return chances;
}
