import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { once } from 'node:events';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { caller, type Json } from '../emulators/calls.js';
import { openSandbox, type Sandbox } from '../federation/sandbox.js';

export const chromiumPath = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
].find((path) => path !== undefined && existsSync(path));

const folder = 'examples/storefront';
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** The storefront as it is built, served from this machine. */
export interface BuiltShop {
  readonly url: string;
  readonly directory: string;
  close(): Promise<void>;
}

export async function buildShop(): Promise<BuiltShop> {
  const directory = await mkdtemp(join(tmpdir(), 'storefront-'));
  const vite = join(folder, 'node_modules/vite/bin/vite.js');
  // Two suites may build at once, each into a directory of its own.
  const parameters = [
    vite,
    'build',
    folder,
    '--outDir',
    directory,
    '--emptyOutDir',
    '--bypass-lock',
    '--logLevel',
    'warn',
  ];
  await promisify(execFile)(process.execPath, parameters, { env: { ...process.env, NODE_ENV: 'production' } });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop');
    const path = pathname === '/' ? '/index.html' : pathname;
    void readFile(join(directory, path)).then(
      (content) =>
        response.writeHead(200, { 'content-type': contentTypes[extname(path)] ?? 'text/plain' }).end(content),
      () => response.writeHead(404).end(),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`,
    directory,
    async close() {
      server.close();
      server.closeAllConnections();
      await rm(directory, { recursive: true });
    },
  };
}

export function launch(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('No Chromium was found. CHROMIUM_PATH names one.');
  return chromium.launch({
    executablePath: chromiumPath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
}

/** A shopper's browser before a sandbox of its own. */
export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly sandbox: Sandbox;
  /** Requests that would have left this machine: pictures of products. */
  readonly blocked: string[];
  readonly complaints: string[];
  open(parameters?: Readonly<Record<string, string>>): Promise<Page>;
  /** A control of the sandbox page. */
  control(account: string, purpose: RegExp): Promise<void>;
  post(account: string, path: string, body: unknown, method?: string): Promise<Json>;
  state(account: string): Promise<Json>;
  close(): Promise<void>;
}

export async function openSandboxQuickly(): Promise<Sandbox> {
  return openSandbox({ deadlineMs: 6_000, recoveryIntervalMs: 300 });
}

export async function visit(browser: Browser, shop: BuiltShop, sandbox: Sandbox): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1_100, height: 1_200 }, reducedMotion: 'reduce' });
  context.setDefaultTimeout(30_000);
  const blocked: string[] = [];
  const complaints: string[] = [];
  context.on('page', (page) => page.on('pageerror', (error) => complaints.push(error.message)));
  await context.route('**/*', async (route) => {
    const { hostname, href } = new URL(route.request().url());
    if (hostname === '127.0.0.1') return route.continue();
    blocked.push(href);
    return route.abort();
  });
  const post = async (account: string, path: string, body: unknown, method = 'POST') =>
    (await caller(sandbox.emulatorUrl(account))(method, `/__emulator/${path}`, body)).json;

  async function open(parameters: Readonly<Record<string, string>> = {}): Promise<Page> {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(`${shop.url}?${new URLSearchParams({ ...parameters, graph: sandbox.url }).toString()}`);
    return page;
  }

  return {
    context,
    page: await context.newPage(),
    sandbox,
    blocked,
    complaints,
    open,
    async control(account, purpose) {
      const command = await sandbox.command(account, purpose);
      const [, path = '', body = ''] = /__emulator\/(\S+) .* -d '(.*)'$/.exec(command) ?? [];
      await post(account, path, JSON.parse(body));
    },
    post,
    state: async (account) => (await caller(sandbox.emulatorUrl(account))('GET', '/__emulator/state')).json,
    close: () => context.close(),
  };
}
