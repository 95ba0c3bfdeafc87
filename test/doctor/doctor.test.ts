import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { loadConfig } from '../../src/config.js';
import { emulators, type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import { providers } from '../../src/providers/index.js';
import type { Check } from '../../src/server/doctor/check.js';
import { examine } from '../../src/server/doctor/examine.js';
import { describeChecks, hasFailure } from '../../src/server/doctor/report.js';
import { startProcess } from '../e2e/server-process.js';

const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-doctor-'));
const SECRET = 'a-secret-that-must-never-be-shown';

type Word = keyof typeof emulators;
const words: readonly Word[] = ['appstle', 'centra', 'ordergroove', 'surecart'];
const running = new Map<Word, RunningEmulator>();
const servers: Server[] = [];

beforeAll(async () => {
  for (const word of words) running.set(word, await startEmulator(emulators[word]));
});

afterEach(() => {
  for (const emulator of running.values()) emulator.reset();
});

afterAll(async () => {
  for (const emulator of running.values()) await emulator.close();
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

function emulatorOf(word: Word): RunningEmulator {
  const emulator = running.get(word);
  if (!emulator) throw new Error(`${word} does not run`);
  return emulator;
}

function accountOf(word: Word, more: Readonly<Record<string, unknown>> = {}) {
  const { account } = emulators[word].sandbox(emulatorOf(word).url);
  return { environment: 'test', ...account, ...(word === 'surecart' && { mode: 'test' }), ...more };
}

interface SetUp {
  readonly accounts?: readonly object[];
  readonly auth?: object;
  readonly storage?: object;
  readonly customers?: Readonly<Record<string, string>>;
  readonly aheadMs?: number;
}

async function doctor({ accounts, auth, storage, customers = {}, aheadMs = 0 }: SetUp): Promise<readonly Check[]> {
  const settings = {
    auth: auth ?? { secret: SECRET, issuer: 'https://issuer.example', audience: 'upsell' },
    storage: storage ?? { file: join(folder, 'ledger.db') },
    accounts: accounts ?? [accountOf('surecart')],
  };
  const loaded = loadConfig({ configPath: null, settings, providers, env: {} });
  if (loaded.outcome === 'invalid' || loaded.config.mode !== 'configured') throw new Error(JSON.stringify(loaded));
  const checks = await examine(loaded.config, { customers, now: () => Date.now() + aheadMs });
  const said = describeChecks(checks) + JSON.stringify(checks);
  for (const secret of [SECRET, 'demo-wrong-key', 'p4ssw0rd']) expect(said).not.toContain(secret);
  return checks;
}

async function serve(status: number, type: string, body: string): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status, { 'content-type': type }).end(body));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

/** An address that nothing listens at. */
async function closedUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

function wrong(checks: readonly Check[]) {
  return checks
    .filter(({ result }) => result === 'fail')
    .map(({ area, name, message }) => `${area} ${name}: ${message}`);
}

describe('with everything right', () => {
  test.each(words)('%s passes, with at most ten read-only requests', async (word) => {
    const emulator = emulatorOf(word);
    const { account, shopper } = emulators[word].sandbox(emulator.url);
    const checks = await doctor({ accounts: [accountOf(word)], customers: { [account.key]: shopper.customerId } });
    expect(wrong(checks)).toEqual([]);
    const permitted = checks.filter(
      ({ area, name, result }) => area === account.key && name.startsWith('read ') && result === 'pass',
    );
    expect(permitted.length).toBeGreaterThan(0);
    expect(emulator.requests.list().length).toBeLessThanOrEqual(10);
  });
});

/** Each thing that can be broken, and the words that name its cause. */
const credentials: Readonly<Record<Word, string>> = {
  appstle: 'apiKey',
  centra: 'secret',
  ordergroove: 'apiKey',
  surecart: 'token',
};

describe('a broken account is told by its cause:', () => {
  test.each(words)('the wrong key at %s', async (word) => {
    const accounts = [accountOf(word, { [credentials[word]]: 'demo-wrong-key' })];
    const said = wrong(await doctor({ accounts }));
    expect(said).toEqual([
      expect.stringMatching(/credentials: refused \(HTTP 40[13]\) for everything: a wrong or revoked key/),
    ]);
  });

  test.each([
    ['surecart', 'subscriptions', 'read subscriptions'],
    ['ordergroove', 'subscriptions', 'read subscriptions'],
    ['appstle', 'subscription-customers', 'read contracts'],
  ] as const)('a missing permission at %s', async (word, path, permission) => {
    emulatorOf(word).faults.add({ match: { path }, times: 'always', action: { kind: 'status', status: 403 } });
    const said = wrong(await doctor({ accounts: [accountOf(word)] }));
    expect(said).toEqual([`${accountOf(word).key} ${permission}: the key works, and is not permitted this (HTTP 403)`]);
  });

  test.each(words)('another path than the API of %s', async (word) => {
    const baseUrl = `${emulatorOf(word).url}/elsewhere`;
    const said = wrong(await doctor({ accounts: [accountOf(word, { baseUrl })] }));
    expect(said).toEqual([expect.stringContaining('credentials: the host answers, but not as this API')]);
  });

  test.each(words)('a page instead of the API of %s', async (word) => {
    const baseUrl = await serve(200, 'text/html', '<h1>Welcome</h1>');
    const said = wrong(await doctor({ accounts: [accountOf(word, { baseUrl })] }));
    expect(said).toEqual([expect.stringContaining('credentials: the host answers, but not as this API')]);
  });

  test('a host that refuses connections', async () => {
    const checks = await doctor({ accounts: [accountOf('surecart', { baseUrl: await closedUrl() })] });
    expect(wrong(checks)).toEqual([
      expect.stringMatching(/^sc reach baseUrl: 127\.0\.0\.1:\d+: the connection was refused \(ECONNREFUSED\)/),
    ]);
  });

  test('a second host that cannot be reached', async () => {
    const accounts = [accountOf('ordergroove', { offersBaseUrl: await closedUrl() })];
    const said = wrong(await doctor({ accounts }));
    expect(said).toEqual([
      expect.stringMatching(
        /^og-us reach offersBaseUrl: 127\.0\.0\.1:\d+: the connection was refused \(ECONNREFUSED\)/,
      ),
    ]);
  });

  test('a clock that is off', async () => {
    const said = wrong(await doctor({ aheadMs: 180_000 }));
    expect(said).toContainEqual(expect.stringMatching(/^sc clock: this machine's clock is 1(79|8\d) s ahead of 127\./));
  });

  test('the wrong environment', async () => {
    const said = wrong(await doctor({ accounts: [accountOf('surecart', { environment: 'live' })] }));
    expect(said).toEqual(['sc environment: the account is `live`, and its `mode` is `test`']);
  });

  test('the wrong currency', async () => {
    const { key } = accountOf('ordergroove');
    const { customerId } = emulators.ordergroove.sandbox('').shopper;
    const accounts = [accountOf('ordergroove', { currency: 'SEK' })];
    const said = wrong(await doctor({ accounts, customers: { [key]: customerId } }));
    expect(said).toEqual(['og-us currency: orders are in USD, the account is configured in SEK']);
  });

  test.each([
    [503, 'the provider is not working (HTTP 503)'],
    [429, 'too many requests (HTTP 429)'],
  ])('a provider that answers %i', async (status, words) => {
    emulatorOf('surecart').faults.add({ match: { path: 'v1' }, times: 'always', action: { kind: 'status', status } });
    expect(wrong(await doctor({})).join()).toContain(words);
  });
});

describe('the keys of the issuer:', () => {
  const auth = (jwksUrl: string) => ({ jwksUrl, issuer: 'https://issuer.example', audience: 'upsell' });

  test.each([
    ['an address without keys', 404, '{}', 'answered HTTP 404'],
    ['a page', 200, '<html></html>', 'did not answer with a set of keys'],
    ['an empty set', 200, '{"keys":[]}', 'no key of the set verifies signatures'],
    ['keys for encryption alone', 200, '{"keys":[{"kty":"RSA","use":"enc"}]}', 'no key of the set verifies signatures'],
  ])('%s', async (_what, status, body, words) => {
    const said = wrong(await doctor({ auth: auth(await serve(status, 'application/json', body)) }));
    expect(said).toEqual([expect.stringContaining(words)]);
  });

  test('a host that cannot be reached', async () => {
    const said = wrong(await doctor({ auth: auth(await closedUrl()) }));
    expect(said).toEqual([expect.stringMatching(/^tokens keys: .*the connection was refused \(ECONNREFUSED\)/)]);
  });

  test('several keys without an id are a warning', async () => {
    const url = await serve(200, 'application/json', '{"keys":[{"kty":"RSA"},{"kty":"EC"}]}');
    const checks = await doctor({ auth: auth(url) });
    expect(checks).toContainEqual(expect.objectContaining({ area: 'tokens', name: 'key ids', result: 'warn' }));
    expect(hasFailure(checks)).toBe(false);
  });
});

describe('the ledger:', () => {
  test('a database that is not there', async () => {
    const storage = { url: 'postgres://test:p4ssw0rd@127.0.0.1:1/test', encryptionKey: SECRET };
    const said = wrong(await doctor({ storage }));
    expect(said).toEqual(['ledger reach: 127.0.0.1:1: the connection was refused (ECONNREFUSED)']);
  });

  test('a file whose key is lost', async () => {
    const file = join(folder, 'old.db');
    writeFileSync(file, '');
    const said = wrong(await doctor({ storage: { file } }));
    expect(said).toEqual([`ledger key: ${file} exists and its key ${file}.key does not`]);
  });

  test('a folder that is a file', async () => {
    const file = join(folder, 'plain');
    writeFileSync(file, '');
    chmodSync(file, 0o400);
    const said = wrong(await doctor({ storage: { file: join(file, 'ledger.db') } }));
    expect(said).toEqual([expect.stringContaining('ledger rights')]);
  });
});

describe('the command', () => {
  async function run(...parameters: string[]) {
    const server = startProcess(['doctor', ...parameters], {}, folder);
    return { status: await server.ended(), output: server.output() };
  }

  test('ends with 1 when something failed, for a person and as JSON', async () => {
    const file = join(folder, 'doctor.yaml');
    const accounts = [accountOf('surecart', { token: 'demo-wrong-key' })];
    const auth = { secret: SECRET, issuer: 'i', audience: 'a' };
    writeFileSync(file, JSON.stringify({ auth, accounts }));
    const [told, json] = [await run('--config', file), await run('--config', file, '--json')];
    expect([told.status, json.status]).toEqual([1, 1]);
    expect(told.output).toMatch(/^Fail +sc +credentials +refused \(HTTP 401\).*\n +→ Compare the credentials of `sc`/m);
    expect(wrong(JSON.parse(json.output).checks)).toEqual([expect.stringContaining('sc credentials: refused')]);
    expect(told.output + json.output).not.toContain('demo-wrong-key');
  });

  test('ends with 0 when nothing did, and with 2 when there is nothing to look at', async () => {
    const file = join(folder, 'doctor.yaml');
    const auth = { secret: SECRET, issuer: 'i', audience: 'a' };
    writeFileSync(file, JSON.stringify({ auth, accounts: [accountOf('surecart')] }));
    expect(await run('--config', file)).toMatchObject({ status: 0, output: expect.stringContaining(' 0 failed') });
    expect((await run('--config', join(folder, 'missing.yaml'))).status).toBe(2);
    expect((await run()).status).toBe(2);
  });
});
