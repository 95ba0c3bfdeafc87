import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { Json } from '../emulators/calls.js';
import { exampleVariables } from '../schema/example-operations.js';
import { type ServerProcess, startProcess } from './server-process.js';

const executablePath = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => path !== undefined && existsSync(path));

/** Continuous integration has a browser, or the run is not worth its name; a developer may do without. */
const isRequired = process.env['CI'] === 'true';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const isLeftOut = executablePath === undefined && !isRequired;
const subject = isLeftOut
  ? 'GraphiQL in a browser (left out: no Chromium was found; CHROMIUM_PATH names one)'
  : 'GraphiQL in a browser, without a token or a network';

(isLeftOut ? describe.skip : describe)(subject, () => {
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  const blocked: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    if (executablePath === undefined) throw new Error('No Chromium was found. CHROMIUM_PATH names one.');
    server = startProcess();
    const url = await server.find(/GraphiQL +(http\S+)/);
    browser = await chromium.launch({ executablePath, args: flags });
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.route('**/*', async (route) => {
      const { hostname } = new URL(route.request().url());
      if (hostname === '127.0.0.1') return route.continue();
      blocked.push(route.request().url());
      return route.abort();
    });
    await page.goto(url);
    await page.locator('.graphiql-execute-button').waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test('opens with the example operations in tabs and their variables filled in', async () => {
    expect(await page.title()).toBe('upsell-graph · GraphiQL');
    const tabs = await page.locator('.graphiql-tab-button').allTextContents();
    expect(tabs[0]).toBe('UpcomingOrders');
    expect(tabs).toEqual(
      expect.arrayContaining(['MayIOffer', 'AddUpsellItem', 'ConvertOneTimeItem', 'WatchOrder', 'WatchOperation']),
    );
    expect(JSON.parse(await textOf('.graphiql-editor-tool'))).toEqual({ first: 10 });
  });

  test('runs the query and shows upcoming orders with their items', async () => {
    await run();
    await page.locator('.result-window').getByText('"SCHEDULED"').first().waitFor();
    expect(JSON.parse(await textOf('.result-window'))).toMatchObject({
      data: { upcomingOrders: { nodes: expect.arrayContaining([expect.objectContaining({ status: 'SCHEDULED' })]) } },
    });
  });

  test('runs the mutation and shows that it succeeded', async () => {
    await openTab('AddUpsellItem');
    await run();
    await page.locator('.result-window').getByText('"SUCCEEDED"').first().waitFor();
    expect(JSON.parse(await textOf('.result-window'))).toMatchObject({
      data: { addUpsellItem: { operation: { status: 'SUCCEEDED' }, lineItem: { quantity: 1 } } },
    });
  });

  test('runs the subscription, and shows what a write in another place changes', async () => {
    await openTab('WatchOrder');
    await run();
    const lines = async () => (await textOf('.result-window')).match(/"quantity"/g)?.length ?? 0;
    while ((await lines()) === 0) await page.waitForTimeout(50);
    const before = await lines();
    const { input } = Object(exampleVariables['AddUpsellItem']);
    const added = await fetch(new URL('graphql', page.url()), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: 'mutation ($input: AddUpsellItemInput!) { addUpsellItem(input: $input) { operation { status } } }',
        variables: { input: { ...input, idempotencyKey: 'beside-graphiql-0001', ifPresent: 'ADD' } },
      }),
    });
    expect(await added.json()).toEqual({ data: { addUpsellItem: { operation: { status: 'SUCCEEDED' } } } });
    while ((await lines()) !== before + 1) await page.waitForTimeout(50);
    await page.locator('.graphiql-execute-button').click();
  });

  test('runs the subscription to a write, which ends with its outcome', async () => {
    const { input } = Object(exampleVariables['AddUpsellItem']);
    const added = await fetch(new URL('graphql', page.url()), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: 'mutation ($input: AddUpsellItemInput!) { addUpsellItem(input: $input) { operation { id } } }',
        variables: { input: { ...input, idempotencyKey: 'beside-graphiql-0002', ifPresent: 'ADD' } },
      }),
    });
    const answer = new Json(await added.json());
    await openTab('WatchOperation');
    await setEditor(
      '.graphiql-editor-tool',
      JSON.stringify({ operationId: answer.text('data', 'addUpsellItem', 'operation', 'id') }),
    );
    await run();
    await page.locator('.result-window').getByText('"SUCCEEDED"').first().waitFor();
    // The stream has ended: the button offers to run again.
    await page.locator('.graphiql-execute-button[aria-label^="Execute"]').waitFor();
    expect(JSON.parse(await textOf('.result-window'))).toMatchObject({
      data: { operationUpdated: { status: 'SUCCEEDED' } },
    });
  });

  test('gives the examples of writes new keys with each visit, so that none is only answered again', async () => {
    const keys = async () =>
      [...(await page.evaluate<string>("localStorage.getItem('graphiql:tabState')")).matchAll(/try-add-[\w-]+/g)].map(
        ([key]) => key,
      );
    const before = await keys();
    await page.reload();
    await page.locator('.graphiql-execute-button').waitFor();
    const after = await keys();
    expect(before.length).toBeGreaterThan(1);
    expect(new Set(after.map(nameOfKey))).toEqual(new Set(before.map(nameOfKey)));
    expect(after.filter((key) => before.includes(key))).toEqual([]);
  });

  test('leads to the sandbox page and the documentation, which answer', async () => {
    const links = await page.locator('nav.links a').evaluateAll((nodes) => nodes.map((node) => Object(node).href));
    expect(links).toHaveLength(2);
    for (const link of links) expect((await fetch(String(link))).status).toBe(200);
  });

  test('stacks its panes in a narrow window', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const editors = await page.locator('.graphiql-editors').boundingBox();
    const answer = await page.locator('.graphiql-response').boundingBox();
    expect({ editors: editors?.width, answer: answer?.width }).toEqual({ editors: 374, answer: 374 });
    expect((answer?.y ?? 0) - (editors?.y ?? 0)).toBeGreaterThanOrEqual(editors?.height ?? 0);
  });

  test('shows the sandbox page, whose controls reach the emulators', async () => {
    await page.goto(new URL('sandbox', page.url()).href);
    await page.locator('[data-account=og-us] summary').first().click();
    await page.getByRole('button', { name: 'Do it: Lose the response to the next added item' }).last().waitFor();
    const section = page.locator('[data-account=og-us]');
    await section.getByRole('button', { name: /^Do it: Lose the response/ }).click();
    await section.locator('.faults li', { hasText: 'applyThenReset on POST, applied 0 times' }).waitFor();
    await section.getByRole('button', { name: 'Clear faults' }).click();
    await section.locator('.faults li', { hasText: 'None.' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });

  test('never asked another host for anything and had nothing to complain about', () => {
    expect({ blocked, complaints }).toEqual({ blocked: [], complaints: [] });
  });

  function nameOfKey(key: string): string {
    return key.slice(0, key.lastIndexOf('-'));
  }

  async function openTab(name: string): Promise<void> {
    await page.locator('.graphiql-tab-button', { hasText: new RegExp(`^${name}$`) }).click();
    // GraphiQL reads the name of the operation to run a moment after the text has changed.
    while ((await fromEditor('.graphiql-query-editor', 'operationName')) !== name) await page.waitForTimeout(20);
  }

  async function setEditor(selector: string, text: string): Promise<void> {
    const element = page.locator(`${selector} .CodeMirror:visible`).first();
    await element.evaluate((node: object, value): void => {
      const editor: unknown = Reflect.get(node, 'CodeMirror');
      Reflect.apply(Reflect.get(Object(editor), 'setValue'), editor, [value]);
    }, text);
  }

  async function run(): Promise<void> {
    await page.locator('.graphiql-execute-button').click();
  }

  /** The whole text of an editor, of which the page holds only the visible lines. */
  async function textOf(selector: string): Promise<string> {
    return String(await fromEditor(selector, 'getValue'));
  }

  /** A property of the editor behind an element, or what its method gives. */
  function fromEditor(selector: string, name: string): Promise<unknown> {
    const element = page.locator(`${selector} .CodeMirror:visible`).first();
    return element.evaluate((node: object, property): unknown => {
      const editor: unknown = Reflect.get(node, 'CodeMirror');
      const value: unknown = Reflect.get(Object(editor), property);
      return typeof value === 'function' ? Reflect.apply(value, editor, []) : value;
    }, name);
  }
});
