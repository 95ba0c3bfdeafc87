import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import type { Listing } from '../../src/domain/lookup.js';
import { ProviderFailure, type ProviderProblemKind } from '../../src/domain/problem.js';
import type { DataSource } from '../../src/domain/provider.js';
import type { OutboundResponse, Transport } from '../../src/domain/transport.js';
import { emulators } from '../../src/emulators/index.js';
import { providers } from '../../src/providers/index.js';
import { subjectOf } from '../subjects/index.js';
import { type ProviderHarness, startHarness } from '../support/provider-harness.js';

/*
 * A provider that fails is never an empty list: every kind of failure, at every provider, of every list of a customer.
 */

const summary: string[] = [];
afterAll(() => {
  process.stdout.write(`Failed lists: ${summary.join('; ')}\n`);
});

const PAGE = '<!DOCTYPE html><html><body>Nothing to see here</body></html>';
const json = { 'content-type': 'application/json' };
const html = { 'content-type': 'text/html' };

/** What every read is answered, whatever it asks. */
const failures: Readonly<Record<string, OutboundResponse>> = {
  'a wrong address: 404 for everything, as JSON': { status: 404, headers: json, text: '{"message":"Not Found"}' },
  'a wrong address: 404 for everything, as a page': { status: 404, headers: html, text: PAGE },
  'a page with 200': { status: 200, headers: html, text: PAGE },
  'a page with 200 that calls itself JSON': { status: 200, headers: json, text: PAGE },
  'an empty object': { status: 200, headers: json, text: '{}' },
  null: { status: 200, headers: json, text: 'null' },
  'a text': { status: 200, headers: json, text: '"ok"' },
  'an empty body': { status: 200, headers: json, text: '' },
  'half an answer': { status: 200, headers: json, text: '{"results": [' },
  'no content': { status: 204, headers: {}, text: '' },
  'a redirect': { status: 302, headers: { location: '/login' }, text: '' },
  'credentials that are not taken': { status: 401, headers: json, text: '{"detail":"Authentication Failed"}' },
  'a forbidden call': { status: 403, headers: json, text: '{"detail":"Forbidden"}' },
  'a record that is gone for good': { status: 410, headers: json, text: '{}' },
  'a broken server': { status: 500, headers: json, text: '{}' },
};

const lists = {
  upcomingOrders: ({ upcomingOrders }: DataSource, customerId: string) =>
    upcomingOrders?.list(customerId, { lineItems: true, subscriptions: true }),
  subscriptions: ({ subscriptions }: DataSource, customerId: string) => subscriptions?.listFor(customerId),
};

type Outcome = 'not asked' | ProviderProblemKind | { readonly listed: number };

async function outcomeOf(listing: Promise<Listing<unknown>> | undefined): Promise<Outcome> {
  try {
    const found = await listing;
    if (!found) return 'not asked';
    return found.problem?.kind ?? { listed: found.items.length };
  } catch (error) {
    if (error instanceof ProviderFailure) return error.problem.kind;
    throw error;
  }
}

describe.each(Object.keys(providers))('a list of %s', (name) => {
  let harness: ProviderHarness<object> | null = null;
  afterEach(() => harness?.close());

  async function start(): Promise<ProviderHarness<object>> {
    const provider = Object.entries(providers).find(([key]) => key === name)?.[1];
    const definition = Object.entries(emulators).find(([key]) => key === name)?.[1];
    if (!provider || !definition) throw new Error(`there is no ${name}`);
    return (harness = await startHarness<object>(provider, definition));
  }

  test('is a failure, and not empty, whatever the provider answers instead', async () => {
    const { open, shopper } = await start();
    const outcomes: Record<string, Outcome> = {};
    for (const [what, response] of Object.entries(failures)) {
      const failing = (): Transport => () => Promise.resolve(response);
      for (const [list, read] of Object.entries(lists)) {
        const outcome = await outcomeOf(read(open({ through: failing, timeoutMs: 300 }), shopper));
        if (outcome !== 'not asked') outcomes[`${list}, ${what}`] = outcome;
      }
    }
    summary.push(`${name} ${Object.keys(outcomes).length} kinds of failure`);
    expect(Object.entries(outcomes).filter(([, outcome]) => typeof outcome === 'object')).toEqual([]);
    expect(Object.keys(outcomes).length).toBeGreaterThanOrEqual(Object.keys(failures).length);
  });

  test('that ends although the provider says that there is more is not whole', async () => {
    const { open, shopper } = await start();
    const { promiseAnotherPage: cut } = subjectOf(name).lists;
    if (!cut) return;
    const through =
      (send: Transport): Transport =>
      async (request) => {
        const response = await send(request);
        return { ...response, text: cut(response.text) };
      };
    const whole = await lists.subscriptions(open(), shopper);
    const listing = await lists.subscriptions(open({ through }), shopper);
    expect(whole?.problem).toBeNull();
    expect(listing).toMatchObject({ problem: { kind: 'CONTRACT_DRIFT' } });
    expect(listing?.items.length).toBe(whole?.items.length);
  });

  test('of a customer that cannot be the provider’s says how one must look, without a call', async () => {
    const { open, requests } = await start();
    requests();
    const { impossibleCustomers } = subjectOf(name).lists;
    for (const customerId of impossibleCustomers) {
      const listings = Object.values(lists).map((read) => read(open({ customerId }), customerId));
      for (const listing of listings.filter((each) => each !== undefined)) {
        await expect(listing).rejects.toMatchObject({
          problem: { kind: 'REJECTED', detail: expect.stringMatching(/must be .+ of \w+/) },
        });
      }
    }
    expect(impossibleCustomers.length).toBeGreaterThan(0);
    expect(requests()).toEqual([]);
  });
});
