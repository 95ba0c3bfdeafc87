import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type GenerateKeyPairResult,
  type JWK,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { fetchKeySet } from '../../src/auth/fetch-key-set.js';
import { type Authenticate, type Authenticator, createAuthenticator } from '../../src/auth/authenticate.js';
import { standardClaims } from '../../src/auth/claim-rules.js';
import { loadConfig } from '../../src/config.js';
import { providers } from '../../src/providers/index.js';
import { createLog } from '../../src/server/log.js';
import { memoryStorage } from '../../src/server/storage.js';
import { createUpsellServer, type UpsellServer } from '../../src/server.js';
import { type KeyAnswer, type KeyServer, startKeyServer } from './key-server.js';

const issuer = 'https://issuer.example';
const audience = 'upsell';
const MINUTE_MS = 60_000;

/** A login service: what it publishes, and how often it was asked. */
let keyServer: KeyServer;
let url = '';
let answer: () => KeyAnswer;
let fetches = 0;

const pairs = new Map<string, GenerateKeyPairResult>();

beforeAll(async () => {
  for (const [kid, algorithm] of [
    ['rsa', 'RS256'],
    ['next', 'RS256'],
    ['curve', 'ES256'],
  ] as const) {
    pairs.set(kid, await generateKeyPair(algorithm, { extractable: true }));
  }
  keyServer = await startKeyServer(() => {
    fetches += 1;
    return answer();
  });
  url = keyServer.url;
});

afterAll(() => keyServer.close());

beforeEach(async () => {
  await publish('rsa');
  fetches = 0;
});

afterEach(() => void jest.restoreAllMocks());

function pair(kid: string): GenerateKeyPairResult {
  const found = pairs.get(kid);
  if (!found) throw new Error(`there is no key ${kid}`);
  return found;
}

async function publish(...kids: readonly string[]): Promise<void> {
  const keys: JWK[] = await Promise.all(
    kids.map(async (kid) => ({ ...(await exportJWK(pair(kid).publicKey)), kid, alg: algorithmOf(kid), use: 'sig' })),
  );
  answer = () => ({ status: 200, body: JSON.stringify({ keys }) });
}

function algorithmOf(kid: string): string {
  return kid === 'curve' ? 'ES256' : 'RS256';
}

function fail(): void {
  answer = () => ({ status: 500, body: 'gone' });
}

/** Of jose, which looks at the time for its own cache; tokens are judged by the clock they are given. */
function moveClock(ms: number): void {
  const now = Date.now() + ms;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
}

function authenticator(): Authenticator {
  const rules = {
    key: { kind: 'jwks', url },
    issuer,
    audience,
    clockToleranceSeconds: 5,
    claims: standardClaims,
  } as const;
  return createAuthenticator({ issuers: [rules], session: null }, () => start);
}

const start = new Date();
let signed = 0;

/** No two are the same, so that none is known already. */
function claims(more: Readonly<Record<string, unknown>> = {}) {
  const exp = Math.floor(start.getTime() / 1000) + 3_600;
  return { sub: 'shopper-1', kind: 'customer', iss: issuer, aud: audience, exp, jti: String((signed += 1)), ...more };
}

async function token(kid = 'rsa', more: Readonly<Record<string, unknown>> = {}, alg = algorithmOf(kid)) {
  return `Bearer ${await new SignJWT(claims(more)).setProtectedHeader({ alg, kid }).sign(pair(kid).privateKey)}`;
}

async function outcomeOf(authorization: string, authenticate: Authenticate): Promise<string> {
  return authenticate(authorization).then(
    ({ id }) => id,
    (error: unknown) => (error instanceof Error ? error.name : 'not an error'),
  );
}

describe('the keys of an issuer', () => {
  test('are fetched when they are first needed, and once for many tokens', async () => {
    const authenticate = authenticator();
    expect(fetches).toBe(0);
    const outcomes = await Promise.all(Array.from({ length: 20 }, async () => outcomeOf(await token(), authenticate)));
    expect(new Set(outcomes)).toEqual(new Set(['shopper-1']));
    expect(await outcomeOf(await token(), authenticate)).toBe('shopper-1');
    expect(fetches).toBe(1);
  });

  test('may change: a new one is found without a restart, but nobody makes us ask for it again and again', async () => {
    const authenticate = authenticator();
    await outcomeOf(await token(), authenticate);
    await publish('rsa', 'next');
    for (let attempt = 0; attempt < 10; attempt += 1) {
      // It may be a newer key's, and the issuer was asked only just now.
      expect(await outcomeOf(await token('next'), authenticate)).toBe('KeysUnavailable');
    }
    expect(fetches).toBe(1);
    moveClock(MINUTE_MS);
    expect(await outcomeOf(await token('next'), authenticate)).toBe('shopper-1');
    expect(await outcomeOf(await token('rsa'), authenticate)).toBe('shopper-1');
    expect(fetches).toBe(2);
  });

  test('that were withdrawn are believed no longer', async () => {
    const authenticate = authenticator();
    expect(await outcomeOf(await token('rsa'), authenticate)).toBe('shopper-1');
    await publish('next');
    moveClock(11 * MINUTE_MS);
    expect(await outcomeOf(await token('rsa'), authenticate)).toBe('Unauthenticated');
    expect(await outcomeOf(await token('next'), authenticate)).toBe('shopper-1');
  });

  test('that cannot be fetched let nobody in, once the ones that are known are old', async () => {
    const authenticate = authenticator();
    expect(await outcomeOf(await token(), authenticate)).toBe('shopper-1');
    fail();
    expect(await outcomeOf(await token(), authenticate)).toBe('shopper-1');
    moveClock(11 * MINUTE_MS);
    expect(await outcomeOf(await token(), authenticate)).toBe('KeysUnavailable');
    await publish('rsa');
    expect(await outcomeOf(await token(), authenticate)).toBe('shopper-1');
  });
});

describe('keys that are exchanged', () => {
  /** Published under names of the issuer's choice, or none. */
  async function publishAs(...entries: readonly { readonly key: string; readonly kid?: string }[]): Promise<void> {
    const keys = await Promise.all(
      entries.map(async ({ key, kid }) => ({
        ...(await exportJWK(pair(key).publicKey)),
        ...(kid !== undefined && { kid }),
      })),
    );
    answer = () => ({ status: 200, body: JSON.stringify({ keys }) });
  }

  async function tokenOf(key: string, kid?: string): Promise<string> {
    const header = { alg: 'RS256', ...(kid !== undefined && { kid }) };
    return `Bearer ${await new SignJWT(claims()).setProtectedHeader(header).sign(pair(key).privateKey)}`;
  }

  test.each([
    ['without names', undefined],
    ['under one name', 'same'],
  ])('%s let everybody in, during the exchange and after it', async (_how, kid) => {
    const named = (key: string) => ({ key, ...(kid !== undefined && { kid }) });
    const authenticate = authenticator();
    await publishAs(named('rsa'));
    expect(await outcomeOf(await tokenOf('rsa', kid), authenticate)).toBe('shopper-1');

    await publishAs(named('rsa'), named('next'));
    moveClock(10_000);
    expect(await outcomeOf(await tokenOf('next', kid), authenticate)).toBe('shopper-1');
    const old = authenticator();
    expect(await outcomeOf(await tokenOf('rsa', kid), old)).toBe('shopper-1');
    expect(await outcomeOf(await tokenOf('next', kid), old)).toBe('shopper-1');

    await publishAs(named('next'));
    moveClock(11 * MINUTE_MS);
    expect(await outcomeOf(await tokenOf('next', kid), authenticate)).toBe('shopper-1');
    expect(await outcomeOf(await tokenOf('rsa', kid), authenticator())).toBe('Unauthenticated');
  });

  test('do not make a forged token a fault of ours', async () => {
    const authenticate = authenticator();
    await publishAs({ key: 'rsa', kid: 'a' });
    expect(await outcomeOf(await tokenOf('rsa', 'a'), authenticate)).toBe('shopper-1');
    fetches = 0;
    for (let time = 0; time < 10; time += 1) {
      expect(await outcomeOf(await tokenOf('next', 'a'), authenticate)).toBe('Unauthenticated');
    }
    expect(fetches).toBe(0);
    // Asked for after the token came, the set says it for good.
    moveClock(10_000);
    expect(await outcomeOf(await tokenOf('next', 'unknown'), authenticate)).toBe('Unauthenticated');
    expect(await outcomeOf(await tokenOf('next'), authenticator())).toBe('Unauthenticated');
  });

  test('are tried up to a limit', async () => {
    await publishAs(...Array.from({ length: 8 }, () => ({ key: 'rsa' })), { key: 'next' });
    expect(await outcomeOf(await tokenOf('next'), authenticator())).toBe('Unauthenticated');
    await publishAs(...Array.from({ length: 7 }, () => ({ key: 'rsa' })), { key: 'next' });
    expect(await outcomeOf(await tokenOf('next'), authenticator())).toBe('shopper-1');
  });

  test('and come wrong are 503, however they come wrong', async () => {
    for (const body of ['', 'gone', '{}', '{"keys":{}}', '[]', 'null', `{"keys":[${'{},'.repeat(100_000)}{}]}`]) {
      answer = () => ({ status: 200, body });
      expect(await outcomeOf(await tokenOf('rsa'), authenticator())).toBe('KeysUnavailable');
    }
    answer = () => ({ status: 302, body: '' });
    expect(await outcomeOf(await tokenOf('rsa'), authenticator())).toBe('KeysUnavailable');
    await expect(authenticator().checkKeys()).rejects.toMatchObject({ name: 'KeysUnavailable', reason: 'fault' });
  });
});

test('keys without an end are given up soon', async () => {
  let sent = 0;
  const chunk = ' '.repeat(64 * 1024);
  const endless = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = () => {
      while (!response.destroyed) {
        sent += chunk.length;
        if (!response.write(chunk)) return void response.once('drain', more);
      }
    };
    more();
  });
  await new Promise<void>((resolve) => {
    endless.listen(0, '127.0.0.1', resolve);
  });
  const address = endless.address();
  const port = typeof address === 'object' ? address?.port : 0;
  await expect(fetchKeySet(`http://127.0.0.1:${port}`)).rejects.toThrow('longer than');
  endless.closeAllConnections();
  endless.close();
  process.stdout.write(`endless keys: ${Math.round(sent / 1024)} KiB were sent before they were given up\n`);
  expect(sent).toBeLessThan(16 * 1024 * 1024);
});

describe('a token is refused', () => {
  test('when it chooses its algorithm itself', async () => {
    const authenticate = authenticator();
    await publish('rsa', 'curve');
    const publicText = await exportSPKI(pair('rsa').publicKey);
    const bySecret = (secret: string, alg: string) =>
      new SignJWT(claims()).setProtectedHeader({ alg, kid: 'rsa' }).sign(new TextEncoder().encode(secret));
    const forged = {
      unsigned: new UnsecuredJWT(claims()).encode(),
      publicKeyAsSecret: await bySecret(publicText, 'HS256'),
      publishedKeyAsSecret: await bySecret(answer().body, 'HS256'),
      longerHash: await bySecret(publicText, 'HS512'),
    };
    for (const [name, text] of Object.entries(forged)) {
      expect([name, await outcomeOf(`Bearer ${text}`, authenticate)]).toEqual([name, 'Unauthenticated']);
    }
  });

  test('when it is signed with a published key by another algorithm than that key is for', async () => {
    const authenticate = authenticator();
    const strong = await crypto.subtle.importKey(
      'jwk',
      { ...(await exportJWK(pair('rsa').privateKey)), alg: 'PS256' },
      { name: 'RSA-PSS', hash: 'SHA-256' },
      false,
      ['sign'],
    );
    const header = { alg: 'PS256', kid: 'rsa' };
    const text = await new SignJWT(claims()).setProtectedHeader(header).sign(strong);
    expect(await outcomeOf(`Bearer ${text}`, authenticate)).toBe('Unauthenticated');
    const curve = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'ES256', kid: 'rsa' })
      .sign(pair('curve').privateKey);
    expect(await outcomeOf(`Bearer ${curve}`, authenticate)).toBe('Unauthenticated');
  });

  test('when its issuer, audience or times are wrong, beyond what clocks differ', async () => {
    const authenticate = authenticator();
    const now = Math.floor(start.getTime() / 1000);
    const wrong = [
      { iss: 'https://elsewhere.example' },
      { iss: undefined },
      { aud: 'another' },
      { aud: undefined },
      { exp: now - 6 },
      { exp: undefined },
      { nbf: now + 7 },
    ];
    for (const more of wrong) {
      expect([more, await outcomeOf(await token('rsa', more), authenticate)]).toEqual([more, 'Unauthenticated']);
    }
    for (const more of [{ exp: now - 3 }, { nbf: now + 3 }, { aud: ['another', audience] }]) {
      expect([more, await outcomeOf(await token('rsa', more), authenticate)]).toEqual([more, 'shopper-1']);
    }
  });
});

describe('a server that trusts an issuer', () => {
  let running: UpsellServer;
  let graph = '';

  beforeAll(async () => {
    const account = { key: 'sc', provider: 'surecart', token: 'a-token', baseUrl: 'http://127.0.0.1:1' };
    const file = { server: { port: 0 }, auth: { jwksUrl: url, issuer, audience }, accounts: [account] };
    // JSON is YAML.
    const loaded = loadConfig({ configPath: 'a.yaml', providers, env: {}, readFile: () => JSON.stringify(file) });
    if (loaded.outcome === 'invalid') throw new Error(loaded.message);
    running = await createUpsellServer({
      config: loaded.config,
      storage: memoryStorage(),
      log: createLog('info', { write: () => {} }),
    });
    graph = `${await running.listen()}/graphql`;
  });

  afterAll(() => running.close());

  async function viewer(authorization: string) {
    const response = await fetch(graph, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: '{"query":"{ viewer { kind scopes customer { id } } }"}',
    });
    return { status: response.status, body: await response.json() };
  }

  test('answers 503 while it cannot know the keys, and never lets anybody in', async () => {
    fail();
    const { status, body } = await viewer(await token());
    expect(status).toBe(503);
    expect(body).toEqual({
      errors: [expect.objectContaining({ extensions: { code: 'SERVICE_UNAVAILABLE' } })],
    });
  });

  test('tells each kind of viewer who they are', async () => {
    const scope = 'upsell:read upsell:write';
    const customers = { sc: '7c1d5a2e-9b34-4f6a-8e21-3d5f7a9b1c2e' };
    const scopes = ['READ', 'WRITE'];
    const asShopper = { id: expect.any(String) };
    const expected = [
      [
        { kind: 'customer', scope, customers },
        { kind: 'CUSTOMER', scopes, customer: asShopper },
      ],
      [
        { kind: 'recognised', scope, customers },
        { kind: 'RECOGNISED_CUSTOMER', scopes, customer: asShopper },
      ],
      [
        { kind: 'guest', scope: 'upsell:read', orders: { sc: ['a'] } },
        { kind: 'GUEST', scopes: ['READ'], customer: null },
      ],
      [
        { kind: 'service', scope },
        { kind: 'SERVICE', scopes, customer: null },
      ],
    ] as const;
    for (const [said, seen] of expected) {
      expect(await viewer(await token('rsa', said))).toEqual({ status: 200, body: { data: { viewer: seen } } });
    }
  });

  test('answers 401 to a token of another issuer', async () => {
    expect(await viewer(await token('rsa', { iss: 'https://elsewhere.example' }))).toMatchObject({
      status: 401,
      body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    });
  });
});
