import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/** Takes the pictures of `docs/images`: the storefront in light, dark and narrow. CHROMIUM_PATH names the browser. */
const root = fileURLToPath(new URL('..', import.meta.url));
const images = `${root}docs/images/`;
mkdirSync(images, { recursive: true });

const shop = spawn(process.execPath, ['examples/storefront/start.mjs'], {
  cwd: root,
  env: { ...process.env, PORT: '0', SHOP_PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let banner = '';
while (!banner.includes('Ctrl+C')) banner += String((await once(shop.stdout, 'data'))[0]);
const [, url = ''] = /Shop +(\S+)/.exec(banner) ?? [];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars'],
});

async function open(path, { width, height, colorScheme }) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, deviceScaleFactor: 1.5 });
  await page.route('**/*', (route) =>
    new URL(route.request().url()).hostname === '127.0.0.1' ? route.continue() : route.abort(),
  );
  await page.goto(url + path);
  await page.locator('[data-order]').first().waitFor();
  return page;
}

const deliveries = await open('', { width: 900, height: 1150, colorScheme: 'light' });
await deliveries.locator('summary').first().click();
await deliveries.getByRole('button', { name: 'Add Cold Brew Concentrate' }).first().click();
await deliveries.getByRole('button', { name: /^Add for/ }).waitFor();
await deliveries.screenshot({ path: `${images}storefront-light.png` });

const thankYou = '?account=sc&order=0a4c6e80-1b3d-4f5a-8c7e-9f1b3d5e7a01';
const dark = await open(thankYou, { width: 900, height: 700, colorScheme: 'dark' });
await dark.screenshot({ path: `${images}storefront-dark.png` });

const narrow = await open(thankYou, { width: 340, height: 1000, colorScheme: 'light' });
await narrow.getByRole('button', { name: /^Yes, please/ }).click();
await narrow.getByRole('button', { name: /^Add for/ }).waitFor();
await narrow.screenshot({ path: `${images}storefront-narrow.png` });

await browser.close();
shop.kill('SIGTERM');
