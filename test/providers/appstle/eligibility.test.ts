import { describe, expect, test } from '@jest/globals';
import type { EligibilityQuestion } from '../../../src/domain/eligibility.js';
import { demoApiKey } from '../../../src/emulators/appstle/scenarios/demo-credentials.js';
import {
  demoAttempts,
  demoContracts,
  demoHandles,
  demoVariants,
} from '../../../src/emulators/appstle/scenarios/demo-records.js';
import { valueOf } from '../../support/provider-harness.js';
import { calls, harness, open, orderKey, readOrder } from './harness.js';

const { coffee, tea, paused } = demoContracts;
const { next, later } = demoAttempts;
const AHEAD = { lineItems: true, subscriptions: true };

const upcoming = (customer = harness.shopper, ports = open(customer)) => ports.upcomingOrders.list(customer, AHEAD);

describe('eligibility', () => {
  const ask = async (more: Partial<EligibilityQuestion> = {}, key = orderKey(next), ports = open()) => {
    const order = await readOrder(key, ports);
    const product = { id: demoVariants.syrup, handle: demoHandles.syrup, variantId: null };
    const question = { order, item: { offerKey: null, product }, quantity: 1, subscribe: false, ...more };
    return valueOf((await ports.eligibility.check([question]))[0]);
  };
  const codes = ({ reasons }: { reasons: readonly { code: string }[] }) => reasons.map(({ code }) => code);
  const item = (id: string, handle: string | null) => ({ offerKey: null, product: { id, handle, variantId: null } });

  test('is a plain yes for an active contract, a queued order and a valid product', async () => {
    const answer = await ask();
    expect(answer).toMatchObject({ verdict: 'ELIGIBLE', basis: 'RULES', possibleModes: ['ONE_TIME', 'SUBSCRIPTION'] });
    expect((await ask({ item: null })).verdict).toBe('ELIGIBLE');
  });

  test('wants 1 to 999, a handle of the right form, and a variant id', async () => {
    for (const quantity of [0, 1000, 1.5]) expect(codes(await ask({ quantity }))).toEqual(['QUANTITY_NOT_SUPPORTED']);
    expect((await ask({ quantity: 999 })).verdict).toBe('ELIGIBLE');
    expect(codes(await ask({ item: item(demoVariants.syrup, null) }))).toEqual(['VARIANT_REQUIRED']);
    expect(codes(await ask({ item: item(demoVariants.syrup, 'Default Title') }))).toEqual(['VARIANT_GONE']);
    expect(codes(await ask({ item: item('latte', 'latte') }))).toEqual(['PRODUCT_UNAVAILABLE']);
    const recurring = await ask({ item: item(demoVariants.syrup, null), subscribe: true });
    expect(recurring.verdict).toBe('ELIGIBLE');
    expect((await ask({ item: item(demoVariants.syrup, null) })).possibleModes).toEqual(['SUBSCRIPTION']);
  });

  test('takes a handle from a one-off of the same product, and refuses what the order has already', async () => {
    expect((await ask({ item: item(demoVariants.filters, null) }, orderKey(later))).verdict).toBe('ELIGIBLE');
    expect(codes(await ask({ item: item(demoVariants.filters, null) }))).toEqual(['ALREADY_ON_ORDER']);
    expect((await ask({ item: item(demoVariants.beans, demoHandles.beans) })).verdict).toBe('ELIGIBLE');
  });

  test('is conditional under a commitment, which shows only when it is tried', async () => {
    const answer = await ask({}, orderKey(demoAttempts.committed, demoContracts.committed));
    expect([answer.verdict, codes(answer), answer.reasons[0]?.evidence]).toEqual([
      'CONDITIONAL',
      ['SUBSCRIPTION_FROZEN'],
      'minCycles = 6',
    ]);
  });

  test('says why an order of a paused contract takes nothing', async () => {
    harness.emulator.switches.setAll({ attemptsOnPause: 'mark' });
    await fetch(
      `${harness.emulator.url}/api/external/v2/subscription-contracts-update-status?contractId=${coffee}&status=PAUSED`,
      {
        method: 'PUT',
        headers: { 'x-api-key': demoApiKey },
      },
    );
    const answer = await ask();
    expect([answer.verdict, codes(answer)]).toEqual(['INELIGIBLE', ['SUBSCRIPTION_NOT_ACTIVE', 'ORDER_NOT_OPEN']]);
    expect(answer.reasons[0]?.evidence).toBe('contract status = PAUSED');
    expect(answer.possibleModes).toEqual([]);
  });

  test('trusts a queued order more than a contract that still reads paused', async () => {
    const setStatus = (contractId: string, status: string) =>
      fetch(
        `${harness.emulator.url}/api/external/v2/subscription-contracts-update-status?contractId=${contractId}&status=${status}`,
        {
          method: 'PUT',
          headers: { 'x-api-key': demoApiKey },
        },
      );
    harness.emulator.switches.setAll({ staleContractMs: 5_000 });
    await setStatus(paused, 'ACTIVE');
    const ports = open();
    const { items } = await upcoming(harness.shopper, ports);
    const fresh = items.find(({ ref }) => ref.key.startsWith(paused));
    const answer = await ask({}, fresh?.ref.key, ports);
    expect([answer.verdict, codes(answer)]).toEqual(['CONDITIONAL', ['SUBSCRIPTION_NOT_ACTIVE']]);
  });

  test('is conditional for an item that joins a subscription paid for several deliveries', async () => {
    harness.emulator.faults.add({
      match: { path: 'subscription-customers' },
      times: 'always',
      action: {
        kind: 'patchBody',
        set: {
          'subscriptionContracts.nodes.0.deliveryPolicy.interval': 'WEEK',
          'subscriptionContracts.nodes.1.status': '$UNKNOWN',
        },
      },
    });
    expect(codes(await ask({ subscribe: true }))).toEqual(['SUBSCRIPTION_PREPAID']);
    expect((await ask()).verdict).toBe('ELIGIBLE');
    const unknown = await ask({}, orderKey(demoAttempts.tea, tea));
    expect([unknown.verdict, codes(unknown)]).toEqual(['UNKNOWN', ['UNKNOWN']]);
    const [, contract] = (await open().subscriptions.listFor(harness.shopper)).items;
    expect(contract).toMatchObject({ status: 'UNKNOWN', providerStatus: '$UNKNOWN' });
  });

  test('is unknown while the contract or the items cannot be read', async () => {
    const ports = open(null);
    harness.emulator.faults.add({
      match: { path: 'one-offs' },
      times: 'always',
      action: { kind: 'html', status: 502 },
    });
    const answer = await ask({}, orderKey(next), ports);
    expect([answer.verdict, codes(answer)]).toEqual(['UNKNOWN', ['PROVIDER_UNAVAILABLE']]);
  });

  test('refuses skipped and billed orders, and closed windows', async () => {
    expect(codes(await ask({}, orderKey(demoAttempts.skipped)))).toEqual(['ORDER_NOT_OPEN']);
    const closing = await ask(
      {},
      orderKey(next),
      open(harness.shopper, { settings: { safetyMarginSeconds: 7 * 86_400 } }),
    );
    expect(codes(closing)).toEqual(['WINDOW_CLOSED']);
  });

  test('of many questions costs no call more than one', async () => {
    const ports = open();
    const order = await readOrder(orderKey(next), ports);
    calls();
    const question = { order, item: item(demoVariants.syrup, demoHandles.syrup), quantity: 1, subscribe: false };
    expect(await ports.eligibility.check(Array.from({ length: 20 }, () => question))).toHaveLength(20);
    expect(calls()).toEqual([]);
  });
});

describe('a preview', () => {
  const preview = (id: string, handle: string | null, quantity = 2) =>
    open().preview.preview({
      kind: 'ADD_UPSELL_ITEM',
      orderKey: orderKey(later),
      item: { offerKey: null, product: { id, handle, variantId: null } },
      quantity,
      subscribe: null,
      ifPresent: 'REJECT',
      ifTargetMoved: 'REJECT',
    });

  test('estimates only from a price the contract already states', async () => {
    const known = valueOf(await preview(demoVariants.filters, null));
    expect([known.fidelity, known.lineTotal?.toString(), known.charge.timing]).toEqual([
      'ESTIMATED',
      '13.00 USD',
      'WITH_UPCOMING_ORDER',
    ]);
    expect(known.orderTotalAfter?.minus(known.order.totals?.total ?? known.orderTotalAfter).toString()).toBe(
      '13.00 USD',
    );
    const unknown = valueOf(await preview(demoVariants.syrup, demoHandles.syrup));
    expect([unknown.fidelity, unknown.lineTotal, unknown.eligibility.verdict]).toEqual([
      'UNAVAILABLE',
      null,
      'ELIGIBLE',
    ]);
  });
});
