import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { demoCheckouts } from '../../src/emulators/centra/scenarios/demo-checkouts.js';
import { demoOrders } from '../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { sandboxPrices } from '../../src/emulators/surecart/scenarios/catalogue.js';
import { sandboxOrders } from '../../src/emulators/surecart/scenarios/sandbox.js';
import type { Sandbox } from '../federation/sandbox.js';
import { orderId } from '../support/full-stack.js';
import { type BuiltShop, buildShop, chromiumPath, launch, openSandboxQuickly, type Visit, visit } from './shop.js';

const isLeftOut = chromiumPath === undefined && process.env['CI'] !== 'true';
const subject = isLeftOut ? 'the storefront (left out: no Chromium was found)' : 'the storefront, in a browser';

const coldBrew = '44931275400013';
const next = orderId('og-us', demoOrders.next);

const axe = readFileSync('examples/storefront/node_modules/axe-core/axe.min.js', 'utf8');

const MOST_MS = 1_000;
const FIRST_CONTENT =
  "new Promise((resolve) => new PerformanceObserver((list) => { const [paint] = list.getEntriesByName('first-contentful-paint'); if (paint) resolve(paint.startTime); }).observe({ type: 'paint', buffered: true }))";

(isLeftOut ? describe.skip : describe)(subject, () => {
  let browser: Browser;
  let shop: BuiltShop;
  let sandbox: Sandbox;
  let shopper: Visit;

  beforeAll(async () => {
    browser = await launch();
    shop = await buildShop();
  });

  afterAll(async () => {
    await browser?.close();
    await shop?.close();
  });

  /** A server of its own: call limits, circuits and the ledger outlive a reset of the emulators. */
  async function come(): Promise<void> {
    sandbox = await openSandboxQuickly();
    shopper = await visit(browser, shop, sandbox);
  }

  /** Nothing went wrong in the page, and nothing but pictures of products was asked of another host. */
  async function leave(): Promise<void> {
    await shopper.close();
    const { complaints, blocked } = shopper;
    expect({ complaints, blocked: blocked.filter((url) => !/\.(?:jpg|png|webp)$/.test(url)) }).toEqual({
      complaints: [],
      blocked: [],
    });
  }

  /** The card of an order, with what can be added to it in view. */
  async function openOrder(page: Page): Promise<Locator> {
    const card = page.locator(`[data-order="${next}"]`);
    await card.locator('summary').click();
    return card;
  }

  /** Shows the price and gives the button that takes it. */
  async function preview(card: Locator, name = 'Cold Brew Concentrate', label = /^Add for \$/): Promise<Locator> {
    await card.getByRole('button', { name: `Add ${name}`, exact: true }).click();
    const take = card.getByRole('button', { name: label });
    await take.waitFor();
    return take;
  }

  /** Waits until it is to be seen. */
  async function expectThere(locator: Locator): Promise<void> {
    await locator.first().waitFor();
  }

  const outcome = (card: Locator, text: string | RegExp) => card.getByRole('status').filter({ hasText: text });
  const added = 'Cold Brew Concentrate is on its way';

  /** Lines with the product in the provider's books. */
  async function booked(product = coldBrew, order: string = demoOrders.next): Promise<number> {
    const state = await shopper.state('og-us');
    return state.rows('items').filter((item) => item.at('product') === product && item.at('order') === order).length;
  }

  async function shown(card: Locator): Promise<number> {
    return card.locator('.line', { hasText: 'Cold Brew Concentrate' }).count();
  }

  async function violationsOn(page: Page): Promise<unknown> {
    await page.evaluate(axe);
    return page.evaluate<unknown>(
      'axe.run(document).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 120))]))',
    );
  }

  describe('when something goes wrong', () => {
    beforeEach(come);

    afterEach(async () => {
      try {
        await leave();
      } finally {
        await sandbox.close();
      }
    });

    test('a double click adds once, and the order on the page shows it', async () => {
      const card = await openOrder(await shopper.open());
      await (await preview(card)).dblclick();
      await expectThere(outcome(card, added));
      await expectThere(card.locator('.line', { hasText: 'Cold Brew Concentrate' }));
      expect([await booked(), await shown(card)]).toEqual([1, 1]);
    });

    test('a reload in mid-flight ends with the truth', async () => {
      const page = await shopper.open();
      const take = await preview(await openOrder(page));
      await shopper.post('og-us', 'faults', {
        match: { method: 'POST' },
        action: { kind: 'delay', milliseconds: 1_500 },
      });
      await take.click();
      await expectThere(page.getByText('One moment …').first());
      await page.reload();
      const card = page.locator(`[data-order="${next}"]`);
      await expectThere(outcome(card, added));
      await expectThere(card.locator('.line', { hasText: 'Cold Brew Concentrate' }));
      expect([await booked(), await shown(card)]).toEqual([1, 1]);
    });

    test('two tabs that press at once add once', async () => {
      const first = await shopper.open();
      const second = await shopper.context.newPage();
      await second.goto(first.url());
      const buttons = [await preview(await openOrder(first)), await preview(await openOrder(second))];
      await Promise.all(buttons.map((button) => button.click()));
      await expectThere(outcome(first.locator(`[data-order="${next}"]`), added));
      await expectThere(outcome(second.locator(`[data-order="${next}"]`), added));
      expect(await booked()).toBe(1);
    });

    test('what is decided offline is kept, and goes on when the browser is back', async () => {
      const card = await openOrder(await shopper.open());
      const take = await preview(card);
      await shopper.context.setOffline(true);
      await take.click();
      await expectThere(outcome(card, 'You are offline'));
      expect(await booked()).toBe(0);
      await shopper.context.setOffline(false);
      await expectThere(outcome(card, added));
      expect(await booked()).toBe(1);
    });

    test('a lost answer is found', async () => {
      const card = await openOrder(await shopper.open());
      const take = await preview(card);
      await shopper.control('og-us', /^Lose the response/);
      await take.click();
      await expectThere(outcome(card, added));
      expect(await booked()).toBe(1);
    });

    test('while nobody knows the page says so, and it is settled without a further click', async () => {
      const card = await openOrder(await shopper.open());
      const take = await preview(card);
      await shopper.control('og-us', /^Stay in doubt/);
      await take.click();
      await expectThere(outcome(card, 'It takes longer than usual'));
      await expectThere(outcome(card, 'Please do not order it again'));
      await sandbox.clearFaults('og-us');
      await expectThere(outcome(card, added));
      expect(await booked()).toBe(1);
    });

    test('a window that closes while the button is pressed refuses in words, and the order reads closed', async () => {
      const card = await openOrder(await shopper.open());
      const take = await preview(card);
      await shopper.control('og-us', /^Let a week pass/);
      await take.click();
      await expectThere(outcome(card, /Nothing was bought/));
      await expectThere(card.getByText('Closed for changes'));
      expect(await booked()).toBe(0);
    });

    test('a price that rose since it was shown is refused, and shown anew', async () => {
      const page = await shopper.open({ account: 'sc', order: sandboxOrders.coffee });
      await page.getByRole('button', { name: 'Yes, please Paper Filters' }).click();
      await page.getByRole('button', { name: 'Add for $7.00' }).waitFor();
      await shopper.post('sc', `records/price/${sandboxPrices.filters}`, { amount: 1_350 }, 'PATCH');
      await page.getByRole('button', { name: 'Add for $7.00' }).click();
      await expectThere(page.getByRole('status').filter({ hasText: 'Nothing was bought' }));
      await page.getByRole('button', { name: 'Yes, please Paper Filters' }).click();
      await expectThere(page.getByRole('button', { name: 'Add for $11.50' }));
    });

    test('a declined payment leaves the offer open, which can then be taken', async () => {
      const page = await shopper.open({ account: 'sc', order: sandboxOrders.coffee });
      await page.getByRole('button', { name: 'Yes, please Paper Filters' }).click();
      await shopper.control('sc', /^Decline the card/);
      await page.getByRole('button', { name: 'Add for $7.00' }).click();
      await expectThere(page.getByRole('status').filter({ hasText: 'The payment was declined. Nothing was changed.' }));
      await page.getByRole('button', { name: 'Yes, please Paper Filters' }).click();
      await page.getByRole('button', { name: 'Add for $7.00' }).click();
      await expectThere(page.locator('.line', { hasText: 'Paper Filters' }));
    });

    test('what is bought in another place is shown without a click', async () => {
      const page = await shopper.open({ account: 'sc', order: sandboxOrders.coffee });
      await expectThere(page.locator('.line', { hasText: 'House Coffee' }));
      const order = orderId('sc', sandboxOrders.coffee);
      const offers = await sandbox.ask('query ($id: ID!) { order(id: $id) { offers { id } } }', { id: order });
      const item = { offerId: offers.rows('data', 'order', 'offers')[0]?.text('id') };
      const answer = await sandbox.ask(
        'mutation ($input: AddUpsellItemInput!) { addUpsellItem(input: $input) { operation { status } } }',
        { input: { idempotencyKey: 'from-another-place-1', orderId: order, item } },
      );
      expect(answer.at('data', 'addUpsellItem', 'operation', 'status')).toBe('SUCCEEDED');
      await expectThere(page.locator('.line', { hasText: 'Paper Filters' }));
    });

    test('what never left is sent after a reload, without a click', async () => {
      const page = await shopper.open();
      const url = page.url();
      const take = await preview(await openOrder(page));
      await page.route('**/graphql', (route) =>
        route.request().postData()?.includes('addUpsellItem') === true ? route.abort() : route.fallback(),
      );
      await take.click();
      await expectThere(page.getByText('The shop’s system did not say').first());
      await page.goto('about:blank');
      await page.unrouteAll();
      expect(await booked()).toBe(0);
      await page.goto(url);
      const card = page.locator(`[data-order="${next}"]`);
      await expectThere(card.locator('.line', { hasText: 'Cold Brew Concentrate' }));
      expect([await booked(), await shown(card)]).toEqual([1, 1]);
    });
  });

  describe('in the course of a day', () => {
    beforeAll(async () => {
      sandbox = await openSandboxQuickly();
    });

    afterAll(() => sandbox.close());

    beforeEach(async () => {
      shopper = await visit(browser, shop, sandbox);
    });

    afterEach(leave);

    test('a guest sees the purchase of the token, and nobody else’s', async () => {
      const page = await shopper.open({ account: 'sc', order: sandboxOrders.guest, shopper: 'guest' });
      await expectThere(page.locator('.line', { hasText: 'House Coffee' }));
      await shopper.open({ account: 'sc', order: sandboxOrders.coffee, shopper: 'guest' });
      await expectThere(page.getByRole('alert').filter({ hasText: 'There is no such purchase' }));
    });

    test.each([
      ['light', 1_100],
      ['dark', 320],
    ] as const)('has no accessibility faults in %s at %d px, and fits', async (colorScheme, width) => {
      const { page } = shopper;
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      for (const parameters of [{}, { account: 'sc', order: sandboxOrders.coffee }]) {
        await shopper.open(parameters);
        await expectThere(page.locator('[data-order]').first());
        const [more] = await page.locator('summary').all();
        await more?.click();
        expect(await violationsOn(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      }
    });

    test.each(['light', 'dark'] as const)(
      'has a sandbox page without accessibility faults in %s',
      async (colorScheme) => {
        const { page } = shopper;
        await page.emulateMedia({ colorScheme });
        await page.goto(`${sandbox.url}/sandbox`);
        await expectThere(page.locator('[data-account=sc] summary'));
        await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
        expect(await violationsOn(page)).toEqual([]);
      },
    );
    test('keeps to its budgets: 90 KB of script, first content within a second, nothing moves', async () => {
      const scripts = readdirSync(join(shop.directory, 'assets')).filter((name) => name.endsWith('.js'));
      const bytes = scripts
        .map((name) => gzipSync(readFileSync(join(shop.directory, 'assets', name))).length)
        .reduce((sum, each) => sum + each, 0);
      const paints: number[] = [];
      // The machine may be busy: what it can do is what it does at its best.
      while (paints.length < 3 || (paints.length < 12 && Math.min(...paints) > MOST_MS)) {
        const load = await visit(browser, shop, sandbox);
        const page = await load.open();
        paints.push(await page.evaluate<number>(FIRST_CONTENT));
        await load.close();
      }
      const best = Math.round(Math.min(...paints));
      process.stdout.write(
        `Storefront: ${bytes} bytes of script, gzip; first content after ${best} ms at best of ${paints.length} loads\n`,
      );
      expect({ bytes: bytes <= 90_000, best: best <= MOST_MS }).toEqual({ bytes: true, best: true });

      const page = await shopper.open();
      await expectThere(page.locator('[data-order]').first());
      const shift = await page.evaluate<number>(
        "new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntries().reduce((sum, { value }) => sum + value, 0))).observe({ type: 'layout-shift', buffered: true }) ?? setTimeout(() => resolve(0), 300))",
      );
      expect(shift).toBeLessThan(0.1);
    });
    test('what can be added is listed with its price and how often it comes', async () => {
      const card = await openOrder(await shopper.open());
      const good = card.locator('.good', { hasText: 'Cold Brew Concentrate' });
      await expectThere(good.getByText(/^\$\d+\.\d\d .*(?:just this once|every )/));
    });
    test('an item is made to recur, another one is changed and removed', async () => {
      const page = await shopper.open();
      const card = page.locator(`[data-order="${next}"]`);
      const filters = card.locator('.line', { hasText: 'Paper Filters' });
      await filters.getByRole('button', { name: 'One more Paper Filters' }).click();
      await expectThere(filters.locator('output', { hasText: '3' }));
      await filters.getByRole('button', { name: /^Get it every month/ }).click();
      await expectThere(filters.getByText('every month', { exact: false }).first());
      const sample = card.locator('.line', { hasText: 'Choice Sample' });
      await sample.getByRole('button', { name: /^Remove/ }).click();
      await sample.waitFor({ state: 'detached' });
    });

    test('can be used with the keyboard alone', async () => {
      const page = await shopper.open();
      const card = page.locator(`[data-order="${next}"]`);
      await card.locator('summary').focus();
      await page.keyboard.press('Enter');
      const add = card.getByRole('button', { name: 'Add Cold Brew Concentrate' });
      await expectThere(add);
      for (let steps = 0; steps < 20 && !(await isFocused(add)); steps += 1) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      const take = card.getByRole('button', { name: /^Add for/ });
      await expectThere(take);
      for (let steps = 0; steps < 20 && !(await isFocused(take)); steps += 1) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await expectThere(outcome(card, added));
    });

    function isFocused(button: Locator): Promise<boolean> {
      return button.evaluate(
        (node: { ownerDocument: { activeElement: unknown } }) => node.ownerDocument.activeElement === node,
      );
    }

    describe('a checkout at Centra', () => {
      const finish = async (checkout: string, as: Readonly<Record<string, string>> = {}) => {
        const page = await shopper.open({ account: 'centra-se', checkout, ...as });
        return { page, button: page.getByRole('button', { name: 'Finish the purchase' }) };
      };
      const thankYou = (page: Page) => page.getByRole('heading', { name: 'Thank you' });

      /** How often it was asked to take the payment, and what came of it. */
      async function ordersOf(checkout: string): Promise<number> {
        const state = await shopper.state('centra-se');
        return state.rows('orders').filter((order) => order.at('selection') === checkout).length;
      }

      test('is finished by a guest with a double click, once, and takes one thing more', async () => {
        const { page, button } = await finish(demoCheckouts.guest, { shopper: 'guest' });
        await button.dblclick();
        await expectThere(thankYou(page));
        const card = page.locator('[data-order]');
        await (await preview(card, 'Wool socks', /^Add for SEK/)).click();
        await expectThere(card.locator('.line', { hasText: 'Wool socks' }));
        await page.reload();
        await expectThere(card.locator('.line', { hasText: 'Wool socks' }));
        expect(await ordersOf(demoCheckouts.guest)).toBe(1);
      });

      test('whose answer is lost is found', async () => {
        const { page, button } = await finish(demoCheckouts.first);
        await shopper.post('centra-se', 'faults', {
          match: { path: 'payment-result' },
          action: { kind: 'applyThenReset' },
        });
        await button.click();
        await expectThere(thankYou(page));
        expect(await ordersOf(demoCheckouts.first)).toBe(1);
      });

      test('that a reload interrupts is finished without a further click', async () => {
        const { page, button } = await finish(demoCheckouts.second);
        const delay = { kind: 'delay', milliseconds: 1_500 };
        await shopper.post('centra-se', 'faults', { match: { path: 'payment-result' }, action: delay });
        await button.click();
        await expectThere(page.getByText('One moment …'));
        await page.reload();
        await expectThere(thankYou(page));
        expect(await ordersOf(demoCheckouts.second)).toBe(1);
      });
    });

    test('no, thank you goes on to the next offer', async () => {
      const page = await shopper.open({ account: 'sc', order: sandboxOrders.coffee });
      await page.getByRole('button', { name: 'No, thank you' }).click();
      await expectThere(page.getByRole('button', { name: /^Yes, please Barista Shirt/ }));
    });

    test('a provider that is down is named, the other deliveries are there, and its own come by themselves', async () => {
      await shopper.control('appstle-us', /^Fail every read/);
      const page = await shopper.open();
      await expectThere(page.getByRole('alert').filter({ hasText: 'We cannot reach Appstle' }));
      expect(await page.locator('[data-order]').count()).toBeGreaterThan(2);
      await sandbox.clearFaults('appstle-us');
      await expectThere(page.locator('[data-order]', { hasText: 'Appstle' }));
      expect(await page.getByRole('alert').count()).toBe(0);
    });
  });

  test('takes at most 150 lines of the shop to keep decisions, to say what is in doubt, to count down and to connect', () => {
    const counted = execFileSync('npm', ['run', '--silent', 'example:lines'], { encoding: 'utf8' });
    const [, lines = ''] = /(\d+) of +\d+ lines/.exec(counted) ?? [];
    process.stdout.write(`Storefront: ${lines} lines for the client\n`);
    expect(Number(lines)).toBeGreaterThan(100);
    expect(Number(lines)).toBeLessThanOrEqual(150);
  });

  test('starts with one command, over a sandbox of its own', async () => {
    const started = spawn(process.execPath, ['examples/storefront/start.mjs'], {
      env: { ...process.env, PORT: '0', SHOP_PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      let banner = '';
      while (!banner.includes('Ctrl+C')) banner += String((await once(started.stdout, 'data'))[0]);
      const urls = [...banner.matchAll(/ (http:\S+)/g)].map(([, url = '']) => url);
      const answers = await Promise.all(urls.map(async (url) => (await fetch(url)).status));
      expect(answers).toEqual([200, 200, 200]);
    } finally {
      started.kill();
      await once(started, 'exit');
    }
  });
});
