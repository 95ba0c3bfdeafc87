import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { UnsecuredJWT } from 'jose';
import { type ServerProcess, startProcess } from '../e2e/server-process.js';
import { subjects } from '../subjects/index.js';
import { Markers } from './markers.js';

const markers = new Markers();
const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-secret-start-'));
let paths = 0;

afterAll(() => {
  rmSync(folder, { recursive: true });
  process.stdout.write(
    `Secrets of a process: ${markers.count} markers planted, ${paths} ways to start it and to fail, ` +
      `${markers.searched} characters of output searched\n`,
  );
});

const long = (name: string) => `${markers.plant(name)}-of-thirty-two-bytes-or-more`;
const password = markers.plant('password of the database');
const accounts = Array.from(subjects, ([provider, { account, configuration }]) => {
  const { settings, secrets, furtherSecrets = [] } = configuration;
  const marked = [...Object.keys(secrets), ...furtherSecrets].map((name) => [
    name,
    markers.plant(`${provider}: ${name}`),
  ]);
  return { key: account, provider, ...settings, ...Object.fromEntries(marked) };
});
const auth = { secret: long('secret of tokens'), issuer: 'https://issuer.test', audience: 'upsell-graph' };
const key = long('encryption key');
const storage = { file: join(folder, 'ledger.db'), encryptionKey: key };
const server = { host: '127.0.0.1', port: 0 };
const whole = { server, auth, storage, accounts };

let files = 0;

function start(text: string | object, command: readonly string[] = []): ServerProcess {
  const file = join(folder, `${(files += 1)}.yaml`);
  // JSON is YAML.
  writeFileSync(file, typeof text === 'string' ? text : JSON.stringify(text));
  return startProcess([...command, '--config', file], { NODE_ENV: 'production' }, folder);
}

/** How it ended, after nothing was found in what it wrote. */
async function endOf(program: ServerProcess): Promise<number | string | null> {
  const status = await program.ended();
  paths += 1;
  expect(markers.findIn('the output of a process', program.output())).toEqual([]);
  expect(program.output()).not.toBe('');
  return status;
}

/** Those of a file that is refused: every section with a mistake beside its secrets. */
const refused = [
  { ...whole, accounts: accounts.map((account) => ({ ...account, timeoutMs: 'soon', apikey: password })) },
  { ...whole, auth: { ...auth, jwksUrl: `https://:${password}@login.example.com/${password}?key=${password}` } },
  { ...whole, storage: { url: `mysql://shop:${password}@db/ledger`, encryptionKey: password } },
  `{ accounts: [ ${password}: , auth: { secret: '${auth.secret}`,
];

test('a configuration that is refused tells no secret', async () => {
  const ends = await Promise.all(refused.map((file) => endOf(start(file))));
  expect(ends).toEqual(refused.map(() => 78));
});

test('a database that cannot be used tells no secret', async () => {
  const other = join(folder, 'other.txt');
  writeFileSync(other, `This is no database, ${'but a text. '.repeat(200)}`);
  const urls = [
    `postgres://shop:${password}@127.0.0.1:1/ledger`,
    `postgres://shop:${password}%ZZ@127.0.0.1:1/ledger`,
    `postgres://shop:${password}@127.0.0.1:1/ledger?sslmode=verify-full&sslrootcert=/nowhere`,
    `postgres://shop:${password}@127.0.0.1:1/ledger?host=/nowhere&password=${password}`,
  ];
  const databases = [...urls.map((url) => ({ url, encryptionKey: key })), { file: other, encryptionKey: key }];
  const ends = await Promise.all(databases.map((each) => endOf(start({ ...whole, storage: each }))));
  expect(ends).toEqual(databases.map(() => 69));
});

test('a server whose surroundings are all out of reach tells no secret, nor does one with another key', async () => {
  const observability = { otlpUrl: 'http://127.0.0.1:1', metrics: true, requestLog: true };
  const byKeys = { jwksUrl: 'http://127.0.0.1:1/keys', issuer: auth.issuer, audience: auth.audience };
  const program = start({ ...whole, auth: byKeys, observability });
  const url = await program.find(/"graphql":"(http:[^"]+)"/);
  const token = new UnsecuredJWT({ sub: markers.plant('actor') }).setIssuer(auth.issuer).encode();
  for (const authorization of [`Bearer ${token}`, `Bearer e30.${Buffer.from(password).toString('base64url')}.x`]) {
    const headers = { 'content-type': 'application/json', authorization };
    const answer = await fetch(url, { method: 'POST', headers, body: '{"query":"{ __typename }"}' });
    expect(markers.findIn('an HTTP answer', await answer.text())).toEqual([]);
  }
  program.child.kill('SIGTERM');
  expect(await endOf(program)).toBe(0);
  const withOther = { ...whole, storage: { ...storage, encryptionKey: long('another encryption key') } };
  expect(await Promise.all([endOf(start(withOther)), endOf(start(withOther, ['operations']))])).toEqual([69, 69]);
});
