/** Walks from an empty folder to two replicas behind a proxy, restarts them one by one under load, and counts what got lost. */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freshDatabase } from '../../bench/databases.mjs';
import { openShop } from '../../bench/soak/shop.mjs';
import { startIssuer } from './issuer.mjs';
import { startLoad } from './load.mjs';
import { startProxy } from './proxy.mjs';

const PER_SECOND = 50;
/** Few, because each read lists them all. */
const ORDERS = 10;
const BEFORE_MS = 4_000;
const BETWEEN_MS = 3_000;

const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-walk-'));
const cleanups = [async () => rmSync(folder, { recursive: true, force: true })];
const began = performance.now();
let failures = 0;

try {
  await walk();
} catch (error) {
  say('failed', String(error.stack ?? error));
  failures += 1;
} finally {
  for (const clean of cleanups.toReversed()) await clean();
}
process.exitCode = failures > 0 ? 1 : 0;

async function walk() {
  const home = install();
  const shop = await openShop(ORDERS);
  cleanups.push(shop.close);
  const issuer = await startIssuer();
  cleanups.push(async () => issuer.close());
  const database = await freshDatabase();
  cleanups.push(database.drop);

  writeFileSync(join(home, 'upsell-graph.yaml'), JSON.stringify(configuration(shop, issuer), null, 2));
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: database.url,
    LEDGER_KEY: Buffer.alloc(32, 7).toString('base64'),
  };
  const examined = JSON.parse(
    await run(home, env, 'doctor', '--json', '--customer', `${shop.account.key}=${shop.customerId}`),
  );
  const failed = examined.checks.filter(({ result }) => result === 'fail');
  expect(
    'doctor',
    failed.length === 0,
    `${examined.checks.length} checks, ${failed.length} failed ${JSON.stringify(failed)}`,
  );

  const proxy = await startProxy();
  cleanups.push(async () => proxy.close());
  for (let index = 0; index < 2; index += 1) await proxy.add(await startReplica(home, env));
  await watchAlerts(proxy, async (alerts, scrape) => {
    const token = await issuer.token({ [shop.account.key]: shop.customerId });
    const orders = shop.takeOrders(ORDERS);
    const load = startLoad({ url: proxy.url, token, perSecond: PER_SECOND, shop, orders });
    await sleep(BEFORE_MS);
    // As the Deployment does it: first one more, then one less.
    const first = [...proxy.replicas];
    for (const oldest of first) {
      await proxy.add(await startReplica(home, env));
      scrape();
      const before = load.sent();
      oldest.child.kill('SIGTERM');
      const [code] = await once(oldest.child, 'exit');
      expect('replica stopped', code === 0, `status ${code}, ${load.sent() - before} requests meanwhile`);
      proxy.remove(oldest);
      scrape();
      await sleep(BETWEEN_MS);
    }
    const { sent, writes, refused, added, longestMs, perSecond } = await load.stop();
    const held = new Set(shop.books().state.items.map((item) => item.public_id));
    const lost = added.filter((id) => !held.has(id));
    say(
      'load',
      `${sent} requests at ${perSecond.toFixed(1)} a second, ${writes} of them writes, over a rolling restart of both replicas; the slowest took ${(longestMs / 1_000).toFixed(1)} s`,
    );
    if (perSecond < PER_SECOND * 0.9) say('load', `this machine is too busy for ${PER_SECOND} requests a second`);
    expect('requests refused', refused.length === 0, `${refused.length} ${countEach(refused)}`);
    expect('writes lost', lost.length === 0 && added.length > 0, `${lost.length} of ${added.length} that succeeded`);
    const firing = await alerts();
    expect('alerts', firing.length === 0, `firing: ${firing.length} ${firing.join(', ')}`);
  });
}

/** Installs the package into an empty folder. */
function install() {
  const home = join(folder, 'home');
  mkdirSync(home);
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { stdio: 'ignore' });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  writeFileSync(join(home, 'package.json'), '{"name":"walk","private":true,"type":"module"}');
  const begun = performance.now();
  execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--silent', join(folder, tarball)], {
    cwd: home,
    stdio: 'inherit',
  });
  say('installed', `into an empty folder in ${seconds(begun)} s`);
  return home;
}

function configuration(shop, issuer) {
  return {
    server: { trustedProxies: ['loopback'], limits: { rate: { shopper: 0 } } },
    auth: issuer.settings,
    storage: { url: '${DATABASE_URL}', encryptionKey: '${LEDGER_KEY}' },
    observability: { metrics: true },
    // What the emulated shop lets through, and time for a busy machine.
    accounts: [{ ...shop.account, timeoutMs: 15_000, limits: { all: { calls: 0 } } }],
  };
}

/** Waits for a command while this process goes on being the provider and the issuer. */
async function run(home, env, ...parameters) {
  const options = { cwd: home, env, encoding: 'utf8' };
  // A failed check is a status as well.
  const { stdout } = await promisify(execFile)('npx', ['upsell-graph', ...parameters], options).catch((error) => error);
  return stdout;
}

async function startReplica(home, env) {
  const begun = performance.now();
  const main = join(home, 'node_modules/upsell-graph/dist/main.js');
  const child = spawn(process.execPath, [main], {
    cwd: home,
    env: { ...env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  cleanups.push(async () => void child.kill('SIGKILL'));
  let text = '';
  const url = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`a replica ended with ${code}: ${text}`)));
    child.stdout.on('data', (chunk) => {
      text = (text + chunk).slice(-20_000);
      const [, found] = /"graphql":"(http:[^"]+)\/graphql"/.exec(text) ?? [];
      if (found) resolve(found);
    });
  });
  for (;;) {
    const isReady = await fetch(`${url}/readyz`).then(
      ({ status }) => status === 200,
      () => false,
    );
    if (isReady) break;
    await sleep(100);
  }
  say('replica', `ready in ${seconds(begun)} s`);
  return { child, url };
}

/** Loads the alerts into Prometheus, which scrapes both replicas; without a Prometheus here, says so. */
async function watchAlerts(proxy, work) {
  const port = await freePort();
  const home = join(folder, 'prometheus');
  mkdirSync(home);
  copyFileSync('deploy/prometheus/rules.yaml', join(home, 'rules.yaml'));
  const scrape = () => {
    const targets = [...proxy.replicas].map(({ url }) => new URL(url).host);
    writeFileSync(join(home, 'replicas.json'), JSON.stringify([{ targets }]));
  };
  scrape();
  writeFileSync(
    join(home, 'prometheus.yml'),
    JSON.stringify({
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: ['rules.yaml'],
      scrape_configs: [{ job_name: 'upsell-graph', file_sd_configs: [{ files: ['replicas.json'] }] }],
    }),
  );
  const child = spawn(
    'prometheus',
    ['--config.file=prometheus.yml', `--web.listen-address=127.0.0.1:${port}`, '--storage.tsdb.path=data'],
    { cwd: home, stdio: 'ignore' },
  );
  const hasStarted = await Promise.race([
    once(child, 'spawn').then(() => true),
    once(child, 'error').then(() => false),
  ]);
  if (!hasStarted) {
    say('alerts', 'not loaded: there is no prometheus here');
    return work(async () => [], scrape);
  }
  cleanups.push(async () => void child.kill('SIGKILL'));
  const rules = await eventually(async () => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/rules`);
    const { data } = await response.json();
    const loaded = data.groups.flatMap((group) => group.rules);
    return loaded.length > 0 && loaded.every(({ health }) => health === 'ok') ? loaded : null;
  });
  expect('alerts loaded', rules !== null, `${rules?.length ?? 0} rules, all evaluated`);
  await work(async () => {
    const { data } = await (await fetch(`http://127.0.0.1:${port}/api/v1/alerts`)).json();
    return data.alerts.filter(({ state }) => state === 'firing').map(({ labels }) => labels.alertname);
  }, scrape);
}

/** Counts each reason, the most frequent first. */
function countEach(reasons) {
  const counts = new Map();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const sorted = [...counts].toSorted(([, one], [, other]) => other - one);
  return sorted.map(([reason, count]) => `${count} × ${reason}`).join('; ');
}

async function eventually(look) {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const found = await look().catch(() => null);
    if (found) return found;
    await sleep(500);
  }
  return null;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

function expect(what, holds, text) {
  failures += holds ? 0 : 1;
  say(holds ? what : `NOT AS PROMISED: ${what}`, text);
}

function say(what, text) {
  process.stdout.write(`${seconds(began).padStart(6)} s  ${what}: ${text.trim()}\n`);
}

function seconds(since) {
  return ((performance.now() - since) / 1_000).toFixed(1);
}
