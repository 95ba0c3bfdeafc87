import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { assert, asyncProperty, constantFrom } from 'fast-check';
import { emulators, type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import { toGlobalId } from '../../src/domain/reference.js';
import { subjectOf } from '../subjects/index.js';
import { startFullStack } from '../support/full-stack.js';
import {
  harmful,
  harmless,
  type HostileUpstream,
  padded,
  paddedAndCoded,
  startHostileUpstream,
} from './hostile-upstream.js';

/** Beyond one of each kind. */
const RUNS = Number(process.env['RUNS'] ?? 3);
const TIMEOUT_MS = 2_000;
/** Of one answer, with all that is made of it. */
const MEMORY_MIB = 300;

/** What shoppers see: the lists that there are, and an order that has to be asked for. */
const QUERY = `query ($ids: [ID!]!) {
  viewer { customer {
    upcomingOrders(first: 5) { nodes { id status lineItems(first: 5) { nodes { id quantity total { amount } } } } }
    subscriptions(first: 5) { nodes { id } }
  } }
  nodes(ids: $ids) { id ... on Order { status lineItems(first: 5) { nodes { id quantity } } } }
}`;

const names = Object.keys(emulators) as (keyof typeof emulators)[];

describe.each(names)('an upstream in place of %s', (name) => {
  let emulator: RunningEmulator;
  let upstream: HostileUpstream;

  beforeAll(async () => {
    emulator = await startEmulator(emulators[name]);
    upstream = await startHostileUpstream(emulator.url);
  });

  afterAll(async () => {
    await upstream.close();
    await emulator.close();
  });

  /** By a server of its own, so that no circuit keeps it from being asked. */
  async function ask(settings: object = {}) {
    upstream.asked.length = 0;
    const { account } = emulators[name].sandbox(upstream.url);
    const stack = await startFullStack({
      only: [name],
      running: { [name]: emulator },
      settings: { [name]: { ...account, timeoutMs: TIMEOUT_MS, ...settings } },
    });
    const { unlisted } = subjectOf(name);
    const ids = (unlisted.orders ?? [])
      .slice(0, 2)
      .map((key) => toGlobalId({ type: 'Order', account: account.key, key }));
    try {
      const answer = await stack.ask<object, object>(QUERY, { ids });
      // Otherwise nothing was tried.
      if (upstream.asked.length === 0) throw new Error(`the provider was not asked: ${JSON.stringify(answer)}`);
      return answer;
    } finally {
      await stack.close();
    }
  }

  test('may encode its answers in any way there is', async () => {
    upstream.spoil = null;
    const plain = await ask();
    expect(plain.errors).toBeUndefined();
    await assert(
      asyncProperty(constantFrom(...Object.entries(harmless)), async ([how, spoil]) => {
        upstream.spoil = spoil;
        expect({ how, ...(await ask()) }).toEqual({ how, ...plain });
      }),
      {
        seed: 1,
        numRuns: Object.keys(harmless).length + RUNS,
        examples: Object.entries(harmless).map((entry) => [entry]),
      },
    );
  });

  test('may answer as much as the account allows, before and after decoding', async () => {
    upstream.spoil = null;
    const plain = await ask();
    for (const spoil of [padded, paddedAndCoded]) {
      upstream.spoil = spoil(96 * 1024);
      expect(await ask({ responseKiB: 512 })).toEqual(plain);
      const { data, errors } = await ask({ responseKiB: 64 });
      expect(JSON.stringify([data, errors])).not.toContain('quantity');
    }
  });

  test('does no harm by any answer it gives', async () => {
    const seen = new Set<string>();
    await assert(
      asyncProperty(constantFrom(...Object.entries(harmful)), async ([how, spoil]) => {
        upstream.spoil = spoil;
        const before = process.memoryUsage().rss;
        const { status, data, errors = [] } = await ask();
        seen.add(how);
        const codes = errors.map(({ extensions }) => extensions?.['code']);
        expect({ how, status, codes }).toEqual({
          how,
          status: 200,
          codes: expect.not.arrayContaining(['INTERNAL_SERVER_ERROR']),
        });
        expect(JSON.stringify(data)).not.toContain('quantity');
        expect((process.memoryUsage().rss - before) / 1024 / 1024).toBeLessThan(MEMORY_MIB);
        expect(upstream.stolen).toEqual([]);
      }),
      {
        seed: 1,
        numRuns: Object.keys(harmful).length + RUNS,
        examples: Object.entries(harmful).map((entry) => [entry]),
      },
    );
    process.stdout.write(`${name}: ${seen.size} kinds of hostile answers\n`);
    expect(seen.size).toBe(Object.keys(harmful).length);
  });
});
