import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { loadConfig } from '../../src/config.js';
import { emulators, type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import { providers } from '../../src/providers/index.js';
import type { Check } from '../../src/server/doctor/check.js';
import { examine } from '../../src/server/doctor/examine.js';
import { describeChecks, hasFailure } from '../../src/server/doctor/report.js';
import { openStorage } from '../../src/server/storage.js';
import { startPgBouncer, whenPgBouncer } from '../storage/pgbouncer.js';
import { freshDatabase, whenPostgres } from '../storage/postgres.js';
import { startProcess } from '../e2e/server-process.js';
import { subjectOf } from '../subjects/index.js';

const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-doctor-'));
const SECRET = 'a-secret-that-must-never-be-shown';

type Word = keyof typeof emulators;
const words: readonly Word[] = Object.keys(emulators).filter((word): word is Word => word in emulators);
const running = new Map<Word, RunningEmulator>();
const servers: Server[] = [];
const tidyUp: (() => Promise<void>)[] = [];

beforeAll(async () => {
  for (const word of words) running.set(word, await startEmulator(emulators[word]));
});

afterEach(async () => {
  for (const emulator of running.values()) emulator.reset();
  for (const tidy of tidyUp.splice(0).toReversed()) await tidy();
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
  const { account, webhooks } = emulators[word].sandbox(emulatorOf(word).url);
  const right = { environment: 'test', ...account, ...(webhooks && { webhookSecrets: [webhooks.secret] }) };
  // The emulated shop tells its times in a zone that the provider documents for all accounts.
  const { timeZone, ...others } = right;
  const zone = providers[word].defaultTimeZone === null ? { timeZone } : {};
  return { ...others, ...zone, ...subjectOf(word).doctor.settings, ...more };
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
  const used = settings.accounts.flatMap((account) =>
    [...words.map(credentialOf), 'webhookSecrets'].flatMap((name) => Reflect.get(account, name) ?? []),
  );
  for (const secret of [SECRET, 'p4ssw0rd', ...used]) expect(said).not.toContain(secret);
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

/** The setting whose wrong value is refused. */
function credentialOf(word: Word): string {
  return Object.keys(subjectOf(word).configuration.secrets)[0] ?? '';
}

/** Something that is broken, how the doctor is made to meet it, and the words that name the cause. */
interface Broken {
  readonly what: string;
  readonly setUp: () => SetUp | Promise<SetUp>;
  readonly cause: RegExp;
}

const titleOf = (word: Word) => providers[word].title;

const brokenAccounts: readonly Broken[] = [
  ...words.map((word) => ({
    what: `The wrong key at ${titleOf(word)}`,
    setUp: () => ({ accounts: [accountOf(word, { [credentialOf(word)]: 'demo-wrong-key' })] }),
    cause: /credentials.*refused \(HTTP 40[13]\) for everything: a wrong or revoked key/,
  })),
  ...words.flatMap((word) =>
    Object.entries(subjectOf(word).doctor.permissions).map(([path, permission]) => ({
      what: `A key of ${titleOf(word)} without the permission to ${permission}`,
      setUp: () => {
        emulatorOf(word).faults.add({ match: { path }, times: 'always', action: { kind: 'status', status: 403 } });
        return { accounts: [accountOf(word)] };
      },
      cause: new RegExp(`${permission}.*the key works, and is not permitted this \\(HTTP 403\\)`),
    })),
  ),
  ...words.map((word) => ({
    what: `Another path than the API of ${titleOf(word)}, or another shop's`,
    setUp: () => ({ accounts: [accountOf(word, { baseUrl: `${emulatorOf(word).url}/elsewhere` })] }),
    cause: /the host answers, but not as this API/,
  })),
  ...words.map((word) => ({
    what: `A web page in place of the API of ${titleOf(word)}`,
    setUp: async () => ({
      accounts: [accountOf(word, { baseUrl: await serve(200, 'text/html', '<h1>Welcome</h1>') })],
    }),
    cause: /the host answers, but not as this API/,
  })),
  {
    what: 'A host that refuses connections',
    setUp: async () => ({ accounts: [accountOf('surecart', { baseUrl: await closedUrl() })] }),
    cause: /^Fail sc reach baseUrl: 127\.0\.0\.1:…: the connection was refused \(ECONNREFUSED\)$/,
  },
  {
    what: 'A second host that refuses connections',
    setUp: async () => ({ accounts: [accountOf('ordergroove', { offersBaseUrl: await closedUrl() })] }),
    cause: /^Fail og-us reach offersBaseUrl: 127\.0\.0\.1:…: the connection was refused/,
  },
  {
    what: 'An address with https that speaks http',
    setUp: () => ({
      accounts: [accountOf('surecart', { baseUrl: emulatorOf('surecart').url.replace('http:', 'https:') })],
    }),
    cause: /reach baseUrl: .* it does not speak TLS/,
  },
  {
    what: 'A clock that is three minutes ahead',
    setUp: () => ({ aheadMs: 180_000 }),
    cause: /clock: this machine's clock is 180 s ahead of 127\./,
  },
  {
    what: 'A clock that is half a minute behind',
    setUp: () => ({ aheadMs: -30_000 }),
    cause: /clock: this machine's clock is 30 s behind 127\./,
  },
  {
    what: 'A live account with test records',
    setUp: () => ({ accounts: [accountOf('surecart', { environment: 'live' })] }),
    cause: /environment: the account is `live`, and its `mode` is `test`/,
  },
  {
    what: 'A live account at another host than the production one',
    setUp: () => ({ accounts: [accountOf('ordergroove', { environment: 'live' })] }),
    cause: /environment: the account is `live`, and `baseUrl` is not the provider's production host/,
  },
  {
    what: 'A currency that the orders are not in',
    setUp: () => sampled('ordergroove', { currency: 'SEK' }),
    cause: /currency: orders are in USD, the account is configured in SEK/,
  },
  {
    what: 'No currency',
    setUp: () => ({ accounts: [accountOf('surecart', { currency: null })] }),
    cause: /currency: no currency is set/,
  },
  {
    what: 'A zone that the provider does not state its times in',
    setUp: () => ({ accounts: [accountOf('ordergroove', { timeZone: 'Europe/Stockholm' })] }),
    cause: /time zone: .* Europe\/Stockholm, and Ordergroove states .* in America\/Chicago/,
  },
  {
    what: 'No zone',
    setUp: () => ({ accounts: [accountOf('surecart', { timeZone: null })] }),
    cause: /time zone: no zone is set/,
  },
  {
    what: 'A customer of another shop',
    setUp: () => sampled('ordergroove', {}, 'somebody-else'),
    cause: /sample: the customer has no upcoming orders here/,
  },
  {
    what: 'Webhooks that nobody receives',
    setUp: () => ({ accounts: [accountOf('surecart', { webhookSecrets: null })] }),
    cause: /webhooks: none are received/,
  },
  ...(
    [
      [503, 'the provider is not working'],
      [429, 'too many requests'],
    ] as const
  ).map(([status, words]) => ({
    what: `A provider that responds with ${status}`,
    setUp: () => {
      emulatorOf('surecart').faults.add({
        match: { path: 'subscriptions' },
        times: 'always',
        action: { kind: 'status', status },
      });
      return {};
    },
    cause: new RegExp(`read subscriptions: ${words} \\(HTTP ${status}\\)`),
  })),
  {
    what: 'A provider that changed its API',
    setUp: () => {
      emulatorOf('surecart').faults.add({
        match: { path: 'subscriptions' },
        times: 'always',
        action: { kind: 'patchBody', set: { data: 'none' } },
      });
      return {};
    },
    cause: /read subscriptions: the response is not what the API documents/,
  },
];

function sampled(word: Word, more: Readonly<Record<string, unknown>>, customer?: string): SetUp {
  const { shopper } = emulators[word].sandbox('');
  const account = accountOf(word, more);
  return { accounts: [account], customers: { [account.key]: customer ?? shopper.customerId } };
}

function authAt(url: string, issuer = url) {
  return { auth: { jwksUrl: url, issuer, audience: 'upsell' } };
}

const RSA = '{"kty":"RSA"}';

const brokenKeys: readonly Broken[] = [
  ...(
    [
      ['An address without keys', 404, '{}', /answered HTTP 404/],
      ['A page in place of keys', 200, '<html></html>', /did not answer with a set of keys/],
      ['A set without a key', 200, '{"keys":[]}', /no key of the set verifies signatures/],
      ['Keys for encryption alone', 200, '{"keys":[{"kty":"RSA","use":"enc"}]}', /no key of the set verifies/],
      [
        'Several keys without an id',
        200,
        `{"keys":[${RSA},${RSA}]}`,
        /key ids: several keys, and not all have a `kid`/,
      ],
    ] as const
  ).map(([what, status, body, cause]) => ({
    what,
    setUp: async () => authAt(await serve(status, 'application/json', body)),
    cause,
  })),
  {
    what: 'An issuer that cannot be reached',
    setUp: async () => authAt(await closedUrl()),
    cause: /^Fail tokens keys: .*the connection was refused \(ECONNREFUSED\)/,
  },
  {
    what: 'Keys of another issuer',
    setUp: async () => authAt(await serve(200, 'application/json', `{"keys":[${RSA}]}`), 'https://login.example.com'),
    cause: /issuer: keys come from 127\.0\.0\.1:…, and the issuer is another host/,
  },
];

const brokenFiles: readonly Broken[] = [
  {
    what: 'A database that is not there',
    setUp: () => ({ storage: { url: 'postgres://test:p4ssw0rd@127.0.0.1:1/test', encryptionKey: SECRET } }),
    cause: /^Fail ledger reach: 127\.0\.0\.1:…: the connection was refused \(ECONNREFUSED\)$/,
  },
  {
    what: 'An embedded file whose key is lost',
    setUp: () => {
      const file = join(folder, 'old.db');
      writeFileSync(file, '');
      return { storage: { file } };
    },
    cause: /ledger key: .*old\.db exists and its key .*old\.db\.key does not/,
  },
  {
    what: 'An embedded file in a folder that is a file',
    setUp: () => {
      const file = join(folder, 'plain');
      writeFileSync(file, '');
      return { storage: { file: join(file, 'ledger.db') } };
    },
    cause: /ledger rights: .* cannot be written by this user/,
  },
];

const brokenDatabases: readonly Broken[] = [
  {
    what: 'A database of another name',
    setUp: async () => {
      const url = new URL(await emptyDatabase());
      url.pathname = '/upsell_graph_nowhere';
      return onPostgres(url.href);
    },
    cause: /ledger reach: .* there is no such database \(3D000\)/,
  },
  {
    what: 'A user that the database does not know',
    setUp: async () => onPostgres(as('upsell_graph_nobody', await emptyDatabase())),
    cause: /ledger reach: .* the user or its password is not accepted \(28000\)/,
  },
  {
    what: 'A standby',
    setUp: async () => {
      const url = await emptyDatabase();
      await onDatabase(
        url,
        `alter database "${new URL(url).pathname.slice(1)}" set default_transaction_read_only = on`,
      );
      return onPostgres(url);
    },
    cause: /ledger rights: the database is read-only: a standby/,
  },
  {
    what: 'A user who may not make the tables',
    setUp: async () => onPostgres(as(await userWithoutRights(), await emptyDatabase())),
    cause: /ledger rights: there are no tables yet, and this user may not make them/,
  },
  {
    what: 'A user who may not write the tables',
    setUp: async () => {
      const url = await emptyDatabase();
      await (await openStorage({ url, file: '', encryptionKeys: [SECRET] })).close();
      return onPostgres(as(await userWithoutRights(), url));
    },
    cause: /ledger rights: this user may not write the tables of the ledger/,
  },
  {
    what: 'An address for notifications that is not there',
    setUp: async () => onPostgres(await emptyDatabase(), 'postgres://test:p4ssw0rd@127.0.0.1:1/test'),
    cause: /^Fail ledger notifications: 127\.0\.0\.1:…: the connection was refused/,
  },
];

const brokenPoolers: readonly Broken[] = [
  {
    what: 'A pooler, and no address for notifications',
    setUp: async () => onPostgres(await pooledDatabase()),
    cause: /ledger pooler: connections go through a pooler, which may pass on no notifications/,
  },
  {
    what: 'A pooler as the address for notifications',
    setUp: async () => {
      const url = await pooledDatabase();
      return onPostgres(url, url);
    },
    cause: /ledger notifications: .* is a pooler/,
  },
];

function onPostgres(url: string, listenUrl?: string): SetUp {
  return { storage: { url, encryptionKey: SECRET, ...(listenUrl !== undefined && { listenUrl }) } };
}

function as(user: string, databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.username = user;
  url.password = 'p4ssw0rd';
  return url.href;
}

async function emptyDatabase(): Promise<string> {
  const { url, drop } = await freshDatabase();
  tidyUp.push(drop);
  return url;
}

async function pooledDatabase(): Promise<string> {
  const pooler = await startPgBouncer(await emptyDatabase());
  tidyUp.push(() => pooler.close());
  return pooler.url;
}

async function userWithoutRights(): Promise<string> {
  const { url, drop } = await freshDatabase();
  const user = `upsell_graph_${randomUUID().slice(0, 8)}`;
  await onDatabase(url, `create role ${user} login`);
  tidyUp.push(async () => {
    await onDatabase(url, `drop role ${user}`);
    await drop();
  });
  return user;
}

async function onDatabase(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** What is said of a broken set-up beyond what is said of a right one, without what differs from run to run. */
function findingsOf(checks: readonly Check[]): readonly string[] {
  return checks
    .filter(({ result, message }) => (result === 'fail' || result === 'warn') && !ofEverySetUp.has(message))
    .map(({ area, name, result, message }) => `${result === 'fail' ? 'Fail' : 'Warn'} ${area} ${name}: ${message}`)
    .map((line) =>
      line
        .replaceAll(/(127\.0\.0\.1):\d+/g, '$1:…')
        .replaceAll(folder, '/data')
        .replace(/\b1(?:79|8\d) s\b/, '180 s')
        .replace(/\b(?:2[89]|3\d) s behind/, '30 s behind'),
    );
}

const ofEverySetUp = new Set([
  'a shared secret: whoever can verify tokens can make them',
  'an embedded file suits one process',
]);

const page = 'docs/doctor.md';
const written = new Map<string, string>();

/** The line of the page about a broken set-up. */
async function examineBroken({ what, setUp, cause }: Broken): Promise<void> {
  const checks = await doctor(await setUp());
  const findings = findingsOf(checks);
  expect(hasFailure(checks)).toBe(findings.some((line) => line.startsWith('Fail')));
  expect(findings).toEqual([expect.stringMatching(cause)]);
  const line = `- ${what}: \`${findings.join().replaceAll('`', '')}\``;
  written.set(what, line);
  const quoted = linesOf(readFileSync(page, 'utf8'));
  expect(isWriting ? [line] : quoted).toContain(line);
}

function linesOf(text: string): readonly string[] {
  return text.match(/^- .*: `.*`$/gm) ?? [];
}

const isWriting = process.env['WRITE_DOCTOR'] === '1';
const broken = [...brokenAccounts, ...brokenKeys, ...brokenFiles, ...brokenDatabases, ...brokenPoolers];

describe('what is broken is named by its cause, as the page quotes it (WRITE_DOCTOR=1 writes it):', () => {
  test.each([...brokenAccounts, ...brokenKeys, ...brokenFiles])('$what', examineBroken);

  whenPostgres('with PostgreSQL', () => {
    test.each(brokenDatabases)('$what', examineBroken);
    whenPgBouncer(() => {
      test.each(brokenPoolers)('$what', examineBroken);
    });
  });

  test('and the page has no other', () => {
    const text = readFileSync(page, 'utf8');
    const lines = broken.map(({ what }) => written.get(what) ?? `- ${what}: `);
    if (isWriting) {
      const found = `\n\n${lines.join('\n')}\n\n`;
      writeFileSync(page, text.replace(/(?<=broken:start -->).*(?=<!-- broken:end)/s, found));
    }
    const named = linesOf(readFileSync(page, 'utf8')).map((line) => line.slice(2, line.indexOf(': `')));
    expect(named).toEqual(broken.map(({ what }) => what));
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
