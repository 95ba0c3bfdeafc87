import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { maySeeCustomerRecord, maySeeOrder, requireScope } from '../../src/auth/access.js';
import { createAuthenticator, createSandboxAuthenticator } from '../../src/auth/authenticate.js';
import { standardClaims } from '../../src/auth/claim-rules.js';
import { createRecordPolicy } from '../../src/auth/record-policy.js';
import type { AuthRules, TokenKey, TokenRules } from '../../src/auth/token-rules.js';
import type { Actor, ActorKind } from '../../src/domain/actor.js';
import type { AccountOwnership } from '../../src/domain/provider.js';
import { sameEmailAddress, sameText } from '../../src/domain/same-customer.js';
import { type KeyAnswer, type KeyServer, startKeyServer } from './key-server.js';

const now = new Date('2026-03-01T12:00:00Z');
const secret = 'a-shared-secret-of-32-bytes-or-more';
const issuer = 'https://issuer.example';
const audience = 'upsell';
const claims = {
  kind: 'customer',
  scope: 'openid upsell:read upsell:write',
  customers: { 'og-us': 'c-1' },
  orders: { sc: ['o-1', 'o-2'] },
};

function rulesOf(key: TokenKey): AuthRules {
  return { issuers: [{ key, issuer, audience, clockToleranceSeconds: 5, claims: standardClaims }], session: null };
}

function authenticator(key: TokenKey = { kind: 'secret', secret }) {
  return createAuthenticator(rulesOf(key), () => now);
}

/** A good token, but for what is given. */
function token(more: Record<string, unknown> = {}, header: { alg: string; kid?: string } = { alg: 'HS256' }) {
  const payload = { sub: 'shopper-1', iss: issuer, aud: audience, exp: seconds(60), ...claims, ...more };
  return new SignJWT(payload).setProtectedHeader(header);
}

function seconds(fromNow: number): number {
  return now.getTime() / 1000 + fromNow;
}

function key(text = secret) {
  return new TextEncoder().encode(text);
}

async function refusalOf(authorization: string | undefined, authenticate = authenticator()) {
  return authenticate(authorization).then(
    () => null,
    (error: unknown) => error,
  );
}

const same = expect.objectContaining({ name: 'Unauthenticated', message: 'A valid bearer token is needed.' });

describe('a token signed with the shared secret', () => {
  test('becomes the actor it speaks of, without scopes of other services', async () => {
    const actor = await authenticator()(`Bearer ${await token().sign(key())}`);
    expect(actor).toEqual({
      id: 'shopper-1',
      kind: 'CUSTOMER',
      scopes: ['upsell:read', 'upsell:write'],
      customers: { 'og-us': 'c-1' },
      orders: { sc: ['o-1', 'o-2'] },
    });
  });

  test('is refused from the second it expires, even if it was taken a moment before', async () => {
    let time = now;
    const authenticate = createAuthenticator(rulesOf({ kind: 'secret', secret }), () => time);
    const authorization = `Bearer ${await token().sign(key())}`;
    const first = await authenticate(authorization);
    time = new Date(now.getTime() + 64_999);
    expect(await authenticate(authorization)).toBe(first);
    time = new Date(now.getTime() + 65_000);
    expect(await refusalOf(authorization, authenticate)).toEqual(same);
  });

  test('may name its kind and list its scopes', async () => {
    const kinds: [string, ActorKind][] = [
      ['recognised', 'RECOGNISED_CUSTOMER'],
      ['guest', 'GUEST'],
      ['service', 'SERVICE'],
    ];
    for (const [kind, expected] of kinds) {
      const signed = await token({ kind, scope: ['upsell:read'] }).sign(key());
      expect(await authenticator()(`bearer ${signed}`)).toMatchObject({ kind: expected, scopes: ['upsell:read'] });
    }
  });

  test('without optional claims has no scope, no customer and no order', async () => {
    const signed = await token({ scope: undefined, customers: undefined, orders: undefined }).sign(key());
    expect(await authenticator()(`Bearer ${signed}`)).toMatchObject({ scopes: [], customers: {}, orders: {} });
  });

  test('an account named like a property of every object gives nothing away', async () => {
    const actor = await authenticator()(`Bearer ${await token().sign(key())}`);
    expect(actor.customers['constructor']).toBeUndefined();
    expect(actor.orders['toString']).toBeUndefined();
  });

  test('is refused with one and the same text, whatever is wrong with it', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const bad = {
      wrongSecret: await token().sign(key('another-secret-of-32-bytes-or-more!!')),
      wrongIssuer: await token({ iss: 'https://elsewhere.example' }).sign(key()),
      wrongAudience: await token({ aud: 'another' }).sign(key()),
      expired: await token({ exp: seconds(-6) }).sign(key()),
      withoutExpiry: await token({ exp: undefined }).sign(key()),
      notYetValid: await token({ nbf: seconds(60) }).sign(key()),
      withoutSubject: await token({ sub: undefined }).sign(key()),
      otherAlgorithm: await token({}, { alg: 'HS512' }).sign(key(secret.repeat(2))),
      keyPair: await token({}, { alg: 'RS256' }).sign(privateKey),
      unsigned: new UnsecuredJWT({ sub: 's', iss: issuer, aud: audience, exp: seconds(60), ...claims }).encode(),
      garbage: 'a.b.c',
    };
    for (const [name, text] of Object.entries(bad)) {
      expect([name, await refusalOf(`Bearer ${text}`)]).toEqual([name, same]);
    }
  });

  test('is refused when a claim is malformed', async () => {
    const malformed = [
      { kind: 'admin' },
      { kind: undefined },
      { kind: 1 },
      { sub: '' },
      { scope: 7 },
      { scope: [7] },
      { customers: ['c-1'] },
      { customers: { 'og-us': 1 } },
      { customers: { 'og-us': '' } },
      { orders: { sc: 'o-1' } },
      { orders: { sc: [1] } },
    ];
    for (const claim of malformed) {
      expect([claim, await refusalOf(`Bearer ${await token(claim).sign(key())}`)]).toEqual([claim, same]);
    }
  });

  test('is needed: no header, another scheme or an empty one is refused', async () => {
    for (const header of [undefined, '', 'Bearer', 'Basic YTpi', `Token ${await token().sign(key())}`]) {
      expect(await refusalOf(header)).toEqual(same);
    }
  });

  test('is accepted within the clock tolerance', async () => {
    const signed = await token({ exp: seconds(-4) }).sign(key());
    expect(await authenticator()(`Bearer ${signed}`)).toMatchObject({ id: 'shopper-1' });
  });
});

describe('a token signed with a key of the issuer', () => {
  let keyServer: KeyServer;
  let url = '';
  let answer: () => KeyAnswer;
  let privateKey: CryptoKey;

  beforeAll(async () => {
    const pair = await generateKeyPair('ES256');
    privateKey = pair.privateKey;
    const keys = JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256' }] });
    answer = () => ({ status: 200, body: keys });
    keyServer = await startKeyServer(() => answer());
    url = keyServer.url;
  });

  afterAll(() => keyServer.close());

  test('is verified with the published key', async () => {
    const signed = await token({}, { alg: 'ES256', kid: 'k1' }).sign(privateKey);
    expect(await authenticator({ kind: 'jwks', url })(`Bearer ${signed}`)).toMatchObject({ id: 'shopper-1' });
  });

  test('is refused when the key is unknown, or the public key was used as a secret', async () => {
    const authenticate = authenticator({ kind: 'jwks', url });
    const unknown = await token({}, { alg: 'ES256', kid: 'k2' }).sign(privateKey);
    const confused = await token({}, { alg: 'HS256', kid: 'k1' }).sign(key(answer().body));
    expect(await refusalOf(`Bearer ${unknown}`, authenticate)).toEqual(same);
    expect(await refusalOf(`Bearer ${confused}`, authenticate)).toEqual(same);
  });

  test('cannot be checked while the keys cannot be had, which is not called the token’s fault', async () => {
    const signed = `Bearer ${await token({}, { alg: 'ES256', kid: 'k1' }).sign(privateKey)}`;
    const working = answer;
    const unavailable = expect.objectContaining({ name: 'KeysUnavailable' });
    answer = () => ({ status: 500, body: 'gone' });
    expect(await refusalOf(signed, authenticator({ kind: 'jwks', url }))).toEqual(unavailable);
    answer = () => ({ status: 200, body: '<html>' });
    expect(await refusalOf(signed, authenticator({ kind: 'jwks', url }))).toEqual(unavailable);
    answer = () => ({ status: 200, body: '{"keys":"none"}' });
    expect(await refusalOf(signed, authenticator({ kind: 'jwks', url }))).toEqual(unavailable);
    answer = working;
    const nobodyThere = authenticator({ kind: 'jwks', url: 'http://127.0.0.1:1/keys' });
    expect(await refusalOf(signed, nobodyThere)).toEqual(unavailable);
  });
});

function actor(kind: ActorKind, more: Partial<Actor> = {}): Actor {
  return { id: 'a', kind, scopes: [], customers: {}, orders: {}, ...more };
}

describe('sandbox mode', () => {
  const shopper = actor('CUSTOMER', { customers: { 'og-us': 'demo' } });

  const rules: TokenRules = {
    key: { kind: 'secret', secret },
    issuer,
    audience,
    clockToleranceSeconds: 0,
    claims: standardClaims,
  };
  const authenticate = createSandboxAuthenticator(shopper, rules, () => now);

  test('takes whoever comes without a token for the demo shopper', async () => {
    expect(await authenticate(undefined)).toBe(shopper);
  });

  test('takes a token of its own for the shopper it names', async () => {
    const guest = await token({ kind: 'guest', sub: 'g', orders: { sc: ['1'] } }).sign(key());
    expect(await authenticate(`Bearer ${guest}`)).toMatchObject({ id: 'g', kind: 'GUEST', orders: { sc: ['1'] } });
  });

  test('rejects another token and says where its own are', async () => {
    expect(await refusalOf('Bearer x', authenticate)).toMatchObject({
      name: 'Unauthenticated',
      message: expect.stringContaining('/sandbox'),
    });
  });
});

const us: AccountOwnership = { account: { key: 'og-us' }, sameCustomer: sameText };
const eu: AccountOwnership = { account: { key: 'og-eu' }, sameCustomer: sameText };

describe('access to an order', () => {
  const own = { customerId: 'c-1', providerId: 'o-1' };
  const foreign = { customerId: 'c-2', providerId: 'o-2' };
  const nobodys = { customerId: null, providerId: 'o-3' };
  const customers = { 'og-us': 'c-1' };

  test('staff see every order', () => {
    const staff = actor('SERVICE');
    expect([own, foreign, nobodys].map((order) => maySeeOrder(staff, us, order))).toEqual([true, true, true]);
  });

  test('customers, logged in or recognised, see the orders of their customer at that account only', () => {
    for (const kind of ['CUSTOMER', 'RECOGNISED_CUSTOMER'] as const) {
      const shopper = actor(kind, { customers });
      expect([own, foreign, nobodys].map((order) => maySeeOrder(shopper, us, order))).toEqual([true, false, false]);
      expect(maySeeOrder(shopper, eu, own)).toBe(false);
    }
  });

  test('guests see the orders their token lists, whoever ordered', () => {
    const guest = actor('GUEST', { customers, orders: { 'og-us': ['o-2', 'o-3'] } });
    expect([own, foreign, nobodys].map((order) => maySeeOrder(guest, us, order))).toEqual([false, true, true]);
    expect(maySeeOrder(guest, eu, foreign)).toBe(false);
  });

  test('a list helps a customer only to an order without a customer', () => {
    const shopper = actor('CUSTOMER', { customers, orders: { 'og-us': ['o-2', 'o-3'] } });
    expect([foreign, nobodys].map((order) => maySeeOrder(shopper, us, order))).toEqual([false, true]);
  });
});

describe('access to a record of a customer', () => {
  test('is for that customer and for staff; a record of nobody is for staff', () => {
    const shopper = actor('CUSTOMER', { customers: { 'og-us': 'c-1' } });
    const guest = actor('GUEST', { customers: { 'og-us': 'c-1' } });
    const records = ['c-1', 'c-2', null];
    const seenBy = (someone: Actor) => records.map((record) => maySeeCustomerRecord(someone, us, record));
    expect(seenBy(shopper)).toEqual([true, false, false]);
    expect(seenBy(guest)).toEqual([false, false, false]);
    expect(seenBy(actor('SERVICE'))).toEqual([true, true, true]);
  });
});

describe('identifiers of customers', () => {
  const shopper = actor('CUSTOMER', { customers: { 'og-us': 'Dana@Example.com' } });
  const seenAs = (sameCustomer: AccountOwnership['sameCustomer'], customerId: string) =>
    maySeeCustomerRecord(shopper, { ...us, sameCustomer }, customerId);

  test('are compared as the provider compares them', () => {
    expect(seenAs(sameText, 'dana@example.com')).toBe(false);
    expect(seenAs(sameEmailAddress, 'dana@example.com')).toBe(true);
    expect(seenAs(sameEmailAddress, 'dan@example.com')).toBe(false);
  });

  test('that only look alike are different people', () => {
    const kelvin = actor('CUSTOMER', { customers: { 'og-us': 'mar\u212A@example.com' } });
    expect(maySeeCustomerRecord(kelvin, { ...us, sameCustomer: sameEmailAddress }, 'mark@example.com')).toBe(false);
  });

  test('are compared alike in lists', () => {
    const account = { ...us, sameCustomer: sameEmailAddress };
    const admission = createRecordPolicy(shopper, account);
    const ref = { type: 'SubscriptionContract', account: 'og-us', key: 's-1' } as const;
    const listing = { items: [{ ref, customerId: 'DANA@example.com' }], problem: null };
    expect(admission.mayList('dana@EXAMPLE.com')).toBe(true);
    expect(admission.listOf(listing, 'dana@example.com')).toBe(listing);
  });
});

describe('a scope', () => {
  test('that is missing is named in the refusal', () => {
    const reader = actor('CUSTOMER', { scopes: ['upsell:read'] });
    expect(requireScope(reader, 'upsell:read')).toBeNull();
    expect(requireScope(reader, 'upsell:write')).toMatchObject({
      code: 'NOT_PERMITTED',
      neededScopes: ['upsell:write'],
      retry: 'NEVER',
    });
  });
});
