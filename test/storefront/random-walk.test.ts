import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Browser, Locator, Page } from 'playwright-core';
import { demoOrders } from '../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { openSandbox } from '../federation/sandbox.js';
import { orderId } from '../support/full-stack.js';
import { type BuiltShop, buildShop, chromiumPath, launch, type Visit, visit } from './shop.js';

const isLeftOut = chromiumPath === undefined && process.env['CI'] !== 'true';
const subject = isLeftOut ? 'random walks (left out: no Chromium was found)' : 'random walks through the storefront';

/** `npm run walks` takes 200. A walk that fails names its seed: `WALK_SEED=<seed>` takes that one again. */
const WALKS = Number(process.env['WALKS'] ?? 4);
const FIRST_SEED = Number(process.env['WALK_SEED'] ?? 1);
const LONGEST_MS = 180_000;

const products = { '44931275400013': 'Cold Brew Concentrate', '44931275400011': 'Chicken Cat Treats' };
const names = Object.values(products);
const next = orderId('og-us', demoOrders.next);
const addition = { method: 'POST' };
const reads = { method: 'GET' };

const faults = {
  'the answer is lost': { match: addition, action: { kind: 'applyThenReset' } },
  'the answer is late': { match: addition, action: { kind: 'delay', milliseconds: 1_500 } },
  'the request is lost': { match: addition, action: { kind: 'reset' } },
  'it is done late': { match: addition, action: { kind: 'applyLate', seconds: 3, answer: 'reset' } },
  'it is refused': { match: addition, action: { kind: 'status', status: 400, body: {} } },
  'nothing can be read': { match: reads, times: 'always', forSeconds: 3, action: { kind: 'status', status: 503 } },
};

const tab = fc.nat(1);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('price' as const), tab, name: fc.constantFrom(...names) }) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('take' as const), tab, clicks: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('reload' as const), tab }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('another tab' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('network' as const), isOffline: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('fault' as const),
      fault: fc.constantFrom(...Object.values(faults)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pause' as const), ms: fc.constantFrom(200, 1_000) }) },
);
const walk = fc.array(step, { minLength: 6, maxLength: 14 });
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

(isLeftOut ? describe.skip : describe)(subject, () => {
  let browser: Browser;
  let shop: BuiltShop;

  beforeAll(async () => {
    browser = await launch();
    shop = await buildShop();
  });

  afterAll(async () => {
    await browser?.close();
    await shop?.close();
  });

  test.each(Array.from({ length: WALKS }, (_, index) => FIRST_SEED + index))(
    'buys nothing twice, and ends with the truth, by seed %i',
    async (seed) => {
      const [steps = []] = fc.sample(walk, { seed, numRuns: 1 });
      const sandbox = await openSandbox({ deadlineMs: 2_000, recoveryIntervalMs: 200 });
      const shopper = await visit(browser, shop, sandbox);
      try {
        const tabs = [await shopper.open()];
        const url = tabs[0]?.url() ?? '';
        for (const each of steps) await take(each, shopper, tabs, url);
        await shopper.context.setOffline(false);
        await sandbox.clearFaults('og-us');
        const isLost = steps.some((each) => each.kind === 'fault' && each.fault === faults['the request is lost']);
        await Promise.all(tabs.map((page) => settle(page, url, isLost)));

        const booked = await books(shopper);
        for (const [product, lines] of booked) expect([product, lines <= 1]).toEqual([product, true]);
        for (const page of tabs) await expectTruth(page, booked);
        await tabs[0]?.reload();
        for (const page of tabs.slice(0, 1)) await expectTruth(page, booked);
        expect(shopper.complaints).toEqual([]);
      } finally {
        await shopper.close();
        await sandbox.close();
      }
    },
    LONGEST_MS,
  );
});

async function take(each: Step, shopper: Visit, tabs: Page[], url: string): Promise<void> {
  const page = tabs['tab' in each ? each.tab % tabs.length : 0];
  if (!page) return;
  switch (each.kind) {
    case 'price': {
      const more = cardOf(page).locator('details:not([open]) summary');
      if (await isThere(more)) await more.click();
      const button = cardOf(page).getByRole('button', { name: `Add ${each.name}`, exact: true });
      if (await isThere(button)) await button.click({ timeout: 1_000 }).catch(ignoreUnclickable);
      break;
    }
    case 'take': {
      const button = cardOf(page)
        .getByRole('button', { name: /^Add for \$/ })
        .first();
      // The price may be on its way.
      await button.waitFor({ timeout: 1_000 }).catch(ignoreUnclickable);
      if (await isThere(button))
        await button.click({ clickCount: each.clicks, timeout: 1_000 }).catch(ignoreUnclickable);
      break;
    }
    case 'reload':
      // Offline there is nothing to load it from.
      await page.reload().catch(() => {});
      break;
    case 'another tab':
      if (tabs.length < 2) tabs.push(await open(shopper, url));
      break;
    case 'network':
      await shopper.context.setOffline(each.isOffline);
      break;
    case 'fault':
      await shopper.post('og-us', 'faults', each.fault);
      break;
    case 'pause':
      await page.waitForTimeout(each.ms);
      break;
  }
}

async function open(shopper: Visit, url: string): Promise<Page> {
  const page = await shopper.context.newPage();
  await page.goto(url).catch(() => {});
  return page;
}

/**
 * Waits until the page knows what became of everything; one that could not be loaded is loaded now. A request that was lost may
 * be worked off for ten minutes: until then nobody knows, and the page says so.
 */
async function settle(page: Page, url: string, isLost: boolean): Promise<void> {
  if (!(await isThere(page.locator('#main')))) await page.goto(url);
  await cardOf(page).waitFor();
  const waiting = page.locator('.outcome.tone-wait');
  const patience = isLost ? 15 : 60;
  for (let seconds = 0; seconds < patience && (await waiting.count()) > 0; seconds += 1)
    await page.waitForTimeout(1_000);
  const texts = await waiting.allTextContents();
  expect(texts.filter((text) => !(isLost && text.includes('Please do not order it again')))).toEqual([]);
}

/** Lines of the order with each product, by the provider's books. */
async function books(shopper: Visit): Promise<ReadonlyMap<string, number>> {
  const items = (await shopper.state('og-us')).rows('items').filter((item) => item.at('order') === demoOrders.next);
  return new Map(
    Object.entries(products).map(([product, name]) => {
      const quantities = items.flatMap((item) => (item.at('product') === product ? [Number(item.at('quantity'))] : []));
      return [name, quantities.reduce((sum, quantity) => sum + quantity, 0)];
    }),
  );
}

/** The order is shown as the books have it, and what is said of each product agrees with them. */
async function expectTruth(page: Page, booked: ReadonlyMap<string, number>): Promise<void> {
  const shown = () =>
    Promise.all(names.map(async (name) => [name, await cardOf(page).locator('.line', { hasText: name }).count()]));
  const wanted = [...booked];
  for (let tenths = 0; tenths < 100 && JSON.stringify(await shown()) !== JSON.stringify(wanted); tenths += 1)
    await page.waitForTimeout(100);
  expect(await shown()).toEqual(wanted);
  const said = await page.locator('.outcome').allInnerTexts();
  const claimed = names.filter((name) => said.some((text) => text.startsWith(`${name} is on its way`)));
  expect(claimed.map((name) => [name, booked.get(name)])).toEqual(claimed.map((name) => [name, 1]));
}

function cardOf(page: Page): Locator {
  return page.locator(`[data-order="${next}"]`);
}

async function isThere(locator: Locator): Promise<boolean> {
  return (await locator.count()) > 0;
}

/** A button may go, or be off, between looking and clicking: nothing is pressed then. */
function ignoreUnclickable(error: Error): void {
  if (error.name !== 'TimeoutError') throw error;
}
