import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from '../../src/domain/provider.js';
import type { Subscription } from '../../src/domain/subscription.js';
import { type Transport, TransportFailure } from '../../src/domain/transport.js';
import { emulators } from '../../src/emulators/index.js';
import type { WriteRequest } from '../../src/domain/write.js';
import { demoOrders as groveOrders } from '../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { demoOrder, demoVariants, failingCustomer } from '../../src/emulators/recharge/scenarios/demo-records.js';
import { providers } from '../../src/providers/index.js';
import { subjectOf } from '../subjects/index.js';
import { type ProviderHarness, startHarness, valueOf } from '../support/provider-harness.js';

/*
 * Answers that a naive reader takes for something else: each kind at every provider that can send it. What they stand for is
 * said to be unknown, or told by the failure of the record or the list; never replaced by what is usual.
 */

const names = Object.keys(providers);
const harnesses = new Map<string, ProviderHarness<object>>();

beforeAll(async () => {
  for (const name of names) {
    const provider = Object.entries(providers).find(([key]) => key === name)?.[1];
    const definition = Object.entries(emulators).find(([key]) => key === name)?.[1];
    if (!provider || !definition) throw new Error(`there is no ${name}`);
    harnesses.set(name, await startHarness<object>(provider, definition, { switches: subjectOf(name).switches ?? {} }));
  }
});

afterAll(() => Promise.all([...harnesses.values()].map((harness) => harness.close())));

function harnessOf(name: string): ProviderHarness<object> {
  const harness = harnesses.get(name);
  if (!harness) throw new Error(`${name} was not started`);
  return harness;
}

type Patch = (text: string) => string;
type OpenOptions = NonNullable<Parameters<ProviderHarness<object>['open']>[0]>;

/** Opens the account of a provider whose answers are patched. */
function openPatched(name: string, patch: Patch, options: OpenOptions = {}): DataSource {
  const through =
    (send: Transport): Transport =>
    async (request) => {
      const response = await send(request);
      return { ...response, text: patch(response.text) };
    };
  return harnessOf(name).open({ ...options, through });
}

async function subscriptionsOf(name: string, patch: Patch = (text) => text, options: OpenOptions = {}) {
  const { shopper } = harnessOf(name);
  const listing = await openPatched(name, patch, options).subscriptions?.listFor(options.customerId ?? shopper);
  if (!listing) throw new Error(`${name} lists no subscriptions`);
  return listing;
}

async function ordersOf(name: string, patch: Patch = (text) => text) {
  const { shopper } = harnessOf(name);
  const listing = await openPatched(name, patch).upcomingOrders?.list(shopper, {
    lineItems: false,
    subscriptions: false,
  });
  if (!listing) throw new Error(`${name} lists no orders`);
  return listing;
}

/** Replaces the values of a field. */
const setting =
  (field: string, value: unknown, old = '(?:"[^"]*"|-?[\\d.]+|true|false|null)'): Patch =>
  (text) =>
    text.replaceAll(new RegExp(`"${field}": ?${old}`, 'g'), `"${field}":${JSON.stringify(value)}`);

/** What a list says of its gaps: records that lack a fact are all there. */
const lackingFacts = { kind: 'CONTRACT_DRIFT', leftOut: { unreadable: 0, foreign: 0 } };

describe('a currency that is none is not replaced by the currency of the account', () => {
  test.each([
    ['ordergroove', setting('currency_code', 'dollars')],
    ['recharge', setting('currency', 'dollars')],
  ])('in the totals of orders of %s', async (name, patch) => {
    expect((await ordersOf(name)).items[0]?.totals?.total).not.toBeNull();
    const { items, problem } = await ordersOf(name, patch);
    expect(items.length).toBeGreaterThan(0);
    expect(items.map(({ totals }) => totals)).toEqual(items.map(() => null));
    expect(problem).toMatchObject(lackingFacts);
  });

  test.each([
    ['ordergroove', setting('currency_code', 'dollars')],
    ['recharge', setting('presentment_currency', 'dollars')],
    ['surecart', setting('currency', 'dollars')],
    ['appstle', setting('currencyCode', 'dollars')],
  ])('in the prices of subscriptions of %s', async (name, patch) => {
    const { items, problem } = await subscriptionsOf(name, patch);
    expect(items.length).toBeGreaterThan(0);
    expect(items.flatMap(({ lines }) => lines.map(({ unitPrice }) => unitPrice)).every((price) => !price)).toBe(true);
    expect(problem).toMatchObject(lackingFacts);
  });
});

describe('a rhythm of no period is no rhythm', () => {
  test.each([
    ['ordergroove', setting('every', 0)],
    ['surecart', setting('recurring_interval_count', 0)],
    ['surecart', setting('recurring_interval_count', null)],
    ['appstle', setting('intervalCount', 0)],
    ['centra', setting('value', 0)],
    ['recharge', setting('order_interval_frequency', 0)],
  ])('of %s', async (name, patch) => {
    const { items } = await subscriptionsOf(name, patch);
    expect(items.length).toBeGreaterThan(0);
    expect(items.map(({ terms }) => terms.deliveryFrequency)).toEqual(items.map(() => null));
  });
});

describe('a quantity below zero takes nothing off: its record cannot be read', () => {
  test.each(names)('of %s', async (name) => {
    const whole = await subscriptionsOf(name);
    const { items, problem } = await subscriptionsOf(name, setting('quantity', -1));
    expect(whole.problem).toBeNull();
    expect(items.flatMap(({ lines }) => lines)).toEqual([]);
    expect(problem?.kind).toBe('CONTRACT_DRIFT');
    expect(problem?.leftOut?.unreadable).not.toBe(0);
  });
});

describe('a list that ends before its end is not whole', () => {
  test.each<[string, Patch, OpenOptions]>([
    ['surecart', setting('count', 99), {}],
    ['ordergroove', setting('count', 99), { settings: { pagination: 'page' } }],
    ['ordergroove', setting('next', {}), {}],
    ['recharge', setting('next_cursor', {}), {}],
    ['appstle', setting('hasNextPage', {}), {}],
  ])('of %s', async (name, patch, options) => {
    const whole = await subscriptionsOf(name, undefined, options);
    const { items, problem } = await subscriptionsOf(name, patch, options);
    expect(whole.problem).toBeNull();
    expect(problem).toMatchObject({ kind: 'CONTRACT_DRIFT' });
    // How many are missing is not known.
    expect(problem).not.toHaveProperty('leftOut');
    expect(items.length).toBe(whole.items.length);
  });
});

describe('a page with fewer rows than were asked for is not the last one', () => {
  /** A server that gives at most so many rows at a time, and need not say how many there are. */
  const giving =
    (parameter: string, most: number, unsaid: string | null) =>
    (send: Transport): Transport =>
    async (request) => {
      const url = request.url.replace(new RegExp(`(?<=[?&]${parameter}=)\\d+`), String(most));
      const response = await send({ ...request, url });
      if (unsaid === null) return response;
      const { [unsaid]: _header, ...headers } = response.headers;
      return { ...response, headers, text: response.text.replaceAll(new RegExp(`"${unsaid}": ?\\d+,?`, 'g'), '') };
    };
  const subscriptions = async (source: DataSource, shopper: string) => {
    const listing = await source.subscriptions?.listFor(shopper);
    return { problem: listing?.problem, keys: listing?.items.map(({ ref }) => ref.key) };
  };
  const past = async (source: DataSource) => {
    const orders = await source.orders.getMany(subjectOf('appstle').past ?? []);
    return orders.map((each) => (each.state === 'found' ? each.value.ref.key : each.state));
  };

  test.each<[string, string, string | null, object, (source: DataSource, shopper: string) => Promise<unknown>]>([
    ['appstle', 'size', null, {}, past],
    ['appstle', 'size', 'x-total-count', {}, past],
    ['ordergroove', 'page_size', null, {}, subscriptions],
    ['ordergroove', 'page_size', 'count', { pagination: 'page' }, subscriptions],
    ['recharge', 'limit', null, {}, subscriptions],
    ['surecart', 'limit', null, {}, subscriptions],
    ['surecart', 'limit', 'count', {}, subscriptions],
  ])('at %s, which caps %s and does not say %s', async (name, parameter, unsaid, settings, read) => {
    const { open, shopper, requests } = harnessOf(name);
    requests();
    const whole = await read(open({ settings }), shopper);
    const calls = requests().length;
    const capped = open({ settings, through: giving(parameter, parameter === 'size' ? 1 : 4, unsaid) });
    expect(await read(capped, shopper)).toEqual(whole);
    expect(requests().length).toBeGreaterThan(calls);
  });
});

describe('a subscription that fails or ends does not look healthy', () => {
  const running = ({ status }: Subscription) => !['CANCELLED', 'EXPIRED', 'PAUSED'].includes(status);

  test.each<[string, Patch]>([
    ['appstle', setting('lastPaymentStatus', 'ERROR')],
    ['centra', setting('needsAttention', 1)],
    [
      'centra',
      (text) =>
        setting(
          'needsAttention',
          null,
        )(text).replaceAll('"attentionReasons":[]', '"attentionReasons":["PAYMENT_DECLINED"]'),
    ],
    ['centra', (text) => setting('nextRetryDate', '2031-02-03')(setting('needsAttention', null)(text))],
    ['recharge', setting('max_retries_reached', '1')],
  ])('at %s, in other words', async (name, patch) => {
    const items = (await subscriptionsOf(name, patch)).items.filter(running);
    expect(items.length).toBeGreaterThan(0);
    expect(items.filter(({ dunning }) => dunning === null)).toEqual([]);
  });

  test('at surecart, where the cancellation is written as a number', async () => {
    const { items } = await subscriptionsOf('surecart', setting('cancel_at_period_end', 1));
    const active = items.filter(({ status }) => status === 'ACTIVE');
    expect(active.length).toBeGreaterThan(0);
    for (const { pendingChanges } of active) expect(pendingChanges[0]?.kind).toBe('CANCELLATION');
  });

  test('at recharge, where only a charge tells that it could not be paid', async () => {
    const customerId = String(failingCustomer);
    const { items, problem } = await subscriptionsOf('recharge', undefined, { customerId });
    expect(problem).toBeNull();
    expect(items.filter(({ status }) => status === 'PAST_DUE')).not.toEqual([]);
    const keys = items.map(({ ref }) => ref.key);
    const again = await harnessOf('recharge').open({ customerId }).subscriptions?.getMany(keys);
    expect(again?.map((each) => valueOf(each).status)).toEqual(items.map(({ status }) => status));
    // While the charges cannot be read, nobody knows.
    const unread = await subscriptionsOf('recharge', setting('line_items', 7, '\\['), { customerId }).catch(() => null);
    expect(unread?.problem ?? 'failed').not.toBeNull();
  });

  test.each([
    ['surecart', setting('cancel_at_period_end', {})],
    ['appstle', setting('lastPaymentStatus', {})],
    ['centra', setting('needsAttention', {})],
    ['ordergroove', setting('prepaid_subscription_context', 'paid ahead')],
  ])('at %s, where that cannot be read: it is left out, and told', async (name, patch) => {
    const { problem } = await subscriptionsOf(name, patch);
    expect(problem?.leftOut?.unreadable).toBeGreaterThan(0);
  });
});

describe('a line of which it is not known whether it recurs is neither a one-time item nor a subscription', () => {
  const cases: [string, Patch, { orderKey: string; productId: string }][] = [
    ['ordergroove', setting('one_time', false, 'true'), { orderKey: groveOrders.next, productId: '44931275400012' }],
    [
      'recharge',
      setting('purchase_item_type', 'club', '"onetime"'),
      { orderKey: demoOrder('next'), productId: demoVariants.syrup },
    ],
  ];
  const through =
    (patch: Patch) =>
    (send: Transport): Transport =>
    async (request) => {
      const response = await send(request);
      return request.kind === 'read' ? { ...response, text: patch(response.text) } : response;
    };

  async function unknownLines(name: string, patch: Patch) {
    const source = openPatched(name, patch);
    const listed = await source.upcomingOrders?.list(harnessOf(name).shopper, {
      lineItems: true,
      subscriptions: false,
    });
    const lines = (await source.lineItems?.forOrders(listed?.items ?? [])) ?? [];
    return lines.flatMap(valueOf).filter(({ purchaseMode }) => purchaseMode === 'UNKNOWN');
  }

  test.each(cases)(
    'at %s it can be neither removed, converted nor changed, and counts as there',
    async (name, patch) => {
      const harness = harnessOf(name);
      const lines = await unknownLines(name, patch);
      expect(lines.length).toBeGreaterThan(0);
      for (const { removal, conversion } of lines) {
        expect([removal.verdict, conversion.verdict]).not.toContain('ELIGIBLE');
        expect([removal.verdict, conversion.verdict]).not.toContain('CONDITIONAL');
      }
      const line = lines.find(({ removal }) => removal.verdict === 'UNKNOWN');
      if (!line) throw new Error('no such line is on an open order');
      harness.requests();
      const lineItemKey = line.ref.key;
      const requests: WriteRequest[] = [
        { kind: 'REMOVE_UPSELL_ITEM', lineItemKey },
        { kind: 'CHANGE_UPSELL_ITEM_QUANTITY', lineItemKey, quantity: 3 },
        { kind: 'CONVERT_TO_SUBSCRIPTION', lineItemKey, frequency: { every: 1, unit: 'MONTH' }, offerKey: null },
        addOf(line.orderRef.key, line.product.providerId),
      ];
      const codes: unknown[] = [];
      for (const request of requests) {
        codes.push((await harness.write(request, { through: through(patch) })).errors.map(({ code }) => code));
      }
      expect(codes).toEqual([['NOT_ELIGIBLE'], ['NOT_ELIGIBLE'], ['NOT_ELIGIBLE'], ['DUPLICATE_ITEM']]);
      expect(harness.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
    },
  );

  test.each(cases)(
    'at %s an add whose answer is lost, and that shows as such, is not known to be done',
    async (name, patch, to) => {
      const harness = harnessOf(name);
      const losing =
        (send: Transport): Transport =>
        async (request) => {
          const response = await send(request);
          if (request.kind === 'write') throw new TransportFailure('TIMEOUT', true, 'the answer is lost');
          return response;
        };
      const add = addOf(to.orderKey, to.productId);
      const statusOf = async (each: Patch) => {
        const lost = await harness.write(add, { through: (send) => losing(through(each)(send)), deadlineMs: 2_000 });
        harness.restart();
        return lost.operation?.status;
      };
      expect(await statusOf((text) => text)).toBe('SUCCEEDED');
      expect(await statusOf(patch)).toBe('INDETERMINATE');
    },
  );

  function addOf(orderKey: string, id: string): WriteRequest {
    const item = { offerKey: null, product: { id, handle: null, variantId: null } };
    return {
      kind: 'ADD_UPSELL_ITEM',
      orderKey,
      item,
      quantity: 1,
      subscribe: null,
      ifPresent: 'REJECT',
      ifTargetMoved: 'REJECT',
    };
  }
});

describe('what is paid ahead is not delivered with each payment', () => {
  test('at recharge, where a flag alone tells', async () => {
    const prepaid: Patch = (text) =>
      setting('charge_interval_frequency', 1)(setting('order_interval_frequency', 1)(setting('is_prepaid', 1)(text)));
    const { items } = await subscriptionsOf('recharge', prepaid);
    expect(items.length).toBeGreaterThan(0);
    expect(items.map(({ nextDelivery }) => nextDelivery)).toEqual(items.map(() => null));
  });
});

describe('a page that says 404 is not the word of the provider: a record is not missing for it', () => {
  test.each(names)('of %s', async (name) => {
    const harness = harnessOf(name);
    const listed = await harness
      .open()
      .upcomingOrders?.list(harness.shopper, { lineItems: false, subscriptions: false });
    const key = listed?.items[0]?.ref.key ?? subjectOf(name).unlisted.orders?.[0] ?? '1000001';
    const page = { status: 404, headers: { 'content-type': 'text/html' }, text: '<!DOCTYPE html><title>404</title>' };
    const settings = name === 'centra' ? { api: 'checkout' } : {};
    const source = harness.open({
      customerId: name === 'centra' ? harness.shopper : null,
      through: () => () => Promise.resolve(page),
      settings,
      ...(name === 'centra' && { sessionToken: 'a-session' }),
    });
    const [order] = await source.orders.getMany([key]);
    expect(order).toMatchObject({ state: 'failed' });
  });
});

describe('a record that is told twice by its holder is one', () => {
  /** Repeats the elements of every array of a name, or of the answer itself. */
  function repeating(field: string, within: string): Patch {
    const repeat = (value: unknown, path: string): unknown => {
      if (Array.isArray(value)) {
        const all = value.map((each) => repeat(each, path));
        return path.endsWith(field) && path.includes(within) ? [...all, ...all] : all;
      }
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, repeat(each, `${path}.${name}`)]));
    };
    return (text) => (/^[[{]/.test(text) ? JSON.stringify(repeat(JSON.parse(text), '')) : text);
  }

  test.each<[string, Patch]>([
    ['appstle', repeating('.nodes', 'lines')],
    ['appstle', repeating('', '')],
    ['surecart', repeating('.data', 'line_items')],
  ])('of %s', async (name, patch) => {
    const read = async (source: DataSource) => {
      const { shopper } = harnessOf(name);
      const listed = await source.upcomingOrders?.list(shopper, { lineItems: true, subscriptions: false });
      const keys = listed?.items.map(({ ref }) => ref.key) ?? subjectOf(name).unlisted.orders ?? [];
      const orders = (await source.orders.getMany(keys)).flatMap((each) => (each.state === 'found' ? each.value : []));
      const lines = await source.lineItems?.forOrders(orders);
      return {
        listed: listed?.items.length,
        totals: orders.map(({ totals }) => String(totals?.total ?? null)),
        fees: orders.map(({ totals }) => String(totals?.discount ?? null)),
        lines: lines?.map((each) => (each.state === 'found' ? each.value.map(({ ref }) => ref.key) : each.state)),
      };
    };
    const was = await read(harnessOf(name).open());
    expect(was.lines?.flat().length).toBeGreaterThan(0);
    expect(await read(openPatched(name, patch))).toEqual(was);
  });
});
