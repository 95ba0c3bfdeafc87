import { describe, expect, test } from '@jest/globals';
import { SignJWT, UnsecuredJWT } from 'jose';
import Database from 'libsql';
import { cuttableProxy } from '../storage/cuttable-proxy.js';
import { subjects } from '../subjects/index.js';
import { Drive } from './drive.js';
import { faults } from './faults.js';
import { Markers } from './markers.js';
import { SecretRun } from './secret-run.js';

const run = new SecretRun();
const { markers, planted, output, card } = run;

/** Takes the tables away under a running server, and later gives them back with other contents. */
async function loseTables(): Promise<void> {
  const storage = await run.storage('file');
  const stack = await run.open(storage);
  const ask = await run.askerAt(stack);
  const drive = await Drive.start(ask, card);
  const database = new Database('file' in storage ? storage.file : '');
  database.exec('ALTER TABLE operations RENAME TO elsewhere; ALTER TABLE account_facts RENAME TO nowhere');
  await drive.writeAll();
  database.exec('ALTER TABLE elsewhere RENAME TO operations; ALTER TABLE nowhere RENAME TO account_facts');
  const keys = await drive.writeAll();
  database.exec(`UPDATE operations SET state = 'x'; UPDATE account_facts SET fact = '{'`);
  database.close();
  await Promise.all(
    keys.map((key) => ask('query ($key: String!) { operationByKey(idempotencyKey: $key) { id } }', { key })),
  );
  await drive.readAll();
  await run.close(stack);
}

async function loseDatabase(url: string): Promise<void> {
  const proxy = await cuttableProxy(url);
  const stack = await run.open({ url: proxy.url });
  const drive = await run.driveAt(stack);
  const writing = drive.writeAll();
  proxy.cut();
  await writing;
  await run.close(stack);
  await proxy.close();
}

describe('no secret and no person is seen', () => {
  test('when nothing fails', async () => {
    const stack = await run.open(await run.storage('database'));
    const drive = await run.driveAt(stack);
    await drive.readAll();
    await drive.writeAll();
    await run.close(stack);
    expect(await run.findings()).toEqual([]);
    // Otherwise nothing was looked through.
    const places = ['an HTTP answer', 'the log', 'a span', 'the metrics', 'a stored row'];
    expect([...output.places]).toEqual(expect.arrayContaining(places));
  });

  test.each(['when a shopper brings a session of their own', 'when such a session is refused'])('%s', async (name) => {
    const withSession = [...subjects].flatMap(([provider, { account, session }]) =>
      session ? { provider, account, session } : [],
    );
    const settings = withSession.map(({ provider, session }) => [provider, session.settings]);
    const stack = await run.open(await run.storage('file'), Object.fromEntries(settings));
    const tokens: string[] = [];
    const checkouts: Record<string, string> = {};
    for (const { provider, account, session } of withSession) {
      const opened = await session.open?.(stack.fixture(provider).emulator);
      if (!opened) continue;
      markers.watch('session token', opened.token);
      tokens.push(`${account}=${opened.token}`);
      checkouts[account] = opened.checkout;
    }
    expect(tokens).not.toEqual([]);
    const ask = await run.askerAt(stack, { 'x-shopper-session': tokens.join(', ') });
    const drive = await Drive.start(ask, card, checkouts);
    await drive.readAll();
    if (name.endsWith('refused')) {
      const action = faults['status 401'] ?? { kind: 'reset' };
      for (const each of stack.fixtures) each.emulator.faults.add({ times: 'always', action });
      run.paths += stack.fixtures.length;
    }
    await drive.writeAll();
    await run.close(stack);
    expect(await run.findings()).toEqual([]);
  });

  test('when tokens and requests are bad', async () => {
    const stack = await run.open(await run.storage('file'));
    const authorization = await run.bearerAt(stack);
    const secret = markers.plant('what a refused request holds');
    const own = { iss: 'https://issuer.test', aud: 'upsell-graph' };
    const signed = (claims: object, key = planted.secret) =>
      new SignJWT({ ...planted.claims, ...own, ...claims })
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime('1h')
        .sign(new TextEncoder().encode(key));
    const tokens = [
      await signed({}, `${secret}-that-is-not-the-one-in-use`),
      await signed({ iss: secret }),
      await signed({ kind: secret }),
      await signed({ kind: 'customer', customers: secret }),
      await signed({ kind: 'customer', scope: [secret], orders: { sc: secret } }),
      new UnsecuredJWT({ ...planted.claims, ...own }).setExpirationTime('1h').encode(),
      secret,
    ];
    for (const token of tokens) markers.watch('refused token', token.split('.').at(-1) || token);
    const basic = `Basic ${Buffer.from(`a:${secret}`).toString('base64')}`;
    const refused = [...tokens.map((token) => `Bearer ${token}`), basic];
    for (const each of refused) {
      const headers = { authorization: each, cookie: `session=${secret}`, 'x-api-key': secret };
      await run.send(stack, { query: '{ viewer { kind } }' }, headers);
    }
    const [withCheckouts] = [...subjects.values()].flatMap(({ account, drive }) => (drive.checkout ? account : []));
    expect(withCheckouts).toBeDefined();
    const query = `mutation ($input: CompleteCheckoutInput!) { completeCheckout(input: $input) { errors { code message } } }`;
    const input = {
      accountKey: withCheckouts,
      providerCheckoutId: secret,
      idempotencyKey: `finish ${secret}`,
      paymentFields: { [secret]: secret },
    };
    const bodies: readonly unknown[] = [
      { query, variables: { input } },
      { query, variables: { input: { ...input, accountKey: secret } } },
      { query: `{ order(id: "${Buffer.from(`Order:${secret}:x`).toString('base64url')}") { id } }` },
      `{"query": "${secret}`,
      `"${secret}"`,
    ];
    for (const body of bodies) await run.send(stack, body, { authorization });
    const paths = [`/graphql?access_token=${secret}`, `/${secret}`, `/graphql?query=%7B${secret}%7D`];
    for (const path of paths) output.note('an HTTP answer', await (await fetch(stack.url + path)).text());
    run.paths += refused.length + bodies.length + paths.length;
    await run.close(stack);
    expect(await run.findings()).toEqual([]);
  });

  test('when the ledger is lost in the middle, or is not what it was', async () => {
    await loseTables();
    run.paths += 2;
    const storage = await run.storage('database');
    if ('url' in storage) {
      await loseDatabase(storage.url);
      run.paths += 1;
    }
    expect(await run.findings()).toEqual([]);
  });
});

test('a marker that gets out is found, wherever that is', async () => {
  const storage = await run.storage('file');
  const told = markers.plant('what is told on purpose');
  const labels = Array.from(subjects.keys(), (provider) => [provider, { label: told }]);
  const stack = await run.open(storage, Object.fromEntries(labels));
  const ask = await run.askerAt(stack);
  // The name of an operation is the client's choice: it is traced and logged.
  await ask(`query ${told} { accounts { label } }`, {});
  const database = new Database('file' in storage ? storage.file : '');
  database.exec(`INSERT INTO account_facts VALUES ('a', 'x', '${told}', 1)`);
  database.close();
  process.stdout.write(told);
  process.stderr.write(told);
  await run.close(stack);
  const places = new Set((await run.findings()).map(({ where }) => where));
  const expected = ['a span', 'a stored row', 'an HTTP answer', 'stdout', 'stderr', 'the log'];
  expect([...places]).toEqual(expect.arrayContaining(expected));
});

test('a marker that gets out is found, however it is spelt', () => {
  const own = new Markers();
  const text = own.plant('a secret');
  const spellings = [
    text.toUpperCase(),
    encodeURIComponent(`é ${text}@`),
    text.slice(0, -3),
    ...['', 'x', 'xx', `{"email":"`].flatMap((before) =>
      (['base64', 'base64url', 'hex'] as const).map((encoding) => Buffer.from(`${before}${text}"}`).toString(encoding)),
    ),
  ];
  for (const spelling of spellings) {
    expect([spelling, own.findIn('here', `... ${spelling} ...`).length > 0]).toEqual([spelling, true]);
  }
  own.watch('a token', 'M7-_vQ');
  expect(own.findIn('here', 'a token: M7-_vQ')).toMatchObject([{ where: 'here', marker: 'a token' }]);
  expect(own.findIn('here', 'nothing of the kind')).toEqual([]);
});
