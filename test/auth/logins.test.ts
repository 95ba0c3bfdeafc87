import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { parse as parseYaml } from 'yaml';
import { createAuthenticator } from '../../src/auth/authenticate.js';
import { authProblems, toAuthRules } from '../../src/config/auth.js';
import { AuthSection } from '../../src/config/auth-sections.js';
import { checkSection } from '../../src/config/check-section.js';
import type { Actor } from '../../src/domain/actor.js';
import { startKeyServer } from './key-server.js';

const now = new Date('2026-03-01T12:00:00Z');
const seconds = now.getTime() / 1_000;
const accounts = ['og-us', 'sc', 'centra-se', 'appstle-us'];
const all = ['upsell:read', 'upsell:write'];
const pair = await generateKeyPair('RS256', { extractable: true });

type Claims = Readonly<Record<string, unknown>>;
type Template = Record<string, unknown>;

/** The template of a name on the page. */
function template(name: string): Template {
  const page = readFileSync('docs/logins.md', 'utf8');
  const [, yaml] = new RegExp(`\`\`\`yaml\n# template: ${name}\n(.*?)\`\`\``, 's').exec(page) ?? [];
  if (yaml === undefined) throw new Error(`the page has no template ${name}`);
  return parseYaml(yaml) as Template;
}

function rulesOf(auth: Template) {
  const { value, problems } = checkSection(AuthSection, auth, 'auth');
  const all = [...problems, ...authProblems(value, accounts)];
  return { rules: all.length > 0 ? null : toAuthRules(value), problems: all };
}

function sign(claims: Claims): Promise<string> {
  return new SignJWT({ iat: seconds, exp: seconds + 600, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .sign(pair.privateKey);
}

async function withKeys<T>(work: (jwksUrl: string) => Promise<T>): Promise<T> {
  const keys = [{ ...(await exportJWK(pair.publicKey)), kid: 'one', use: 'sig', alg: 'RS256' }];
  const server = await startKeyServer(() => ({ status: 200, body: JSON.stringify({ keys }) }));
  try {
    return await work(server.url);
  } finally {
    await server.close();
  }
}

/** The actor of a token under settings; null when it is refused. */
function actorOf(auth: Template, claims: Claims): Promise<Actor | null> {
  return withKeys(async (jwksUrl) => {
    const { rules, problems } = rulesOf({ ...auth, jwksUrl });
    expect(problems).toEqual([]);
    if (!rules) return null;
    const authenticate = createAuthenticator(rules, () => now);
    return authenticate(`Bearer ${await sign(claims)}`).catch(() => null);
  });
}

/** Payloads as the logins document them. */
const logins = {
  auth0: {
    shopper: {
      iss: 'https://acme.eu.auth0.com/',
      sub: 'auth0|65f1c0ffee',
      aud: ['https://upsell.acme.example', 'https://acme.eu.auth0.com/userinfo'],
      azp: 'client',
      scope: 'openid profile email',
      permissions: ['upsell:read', 'upsell:write'],
      'https://acme.example/customers': { 'og-us': 'c-1', sc: 'cus_2' },
      'https://acme.example/orders': { sc: ['o-9'] },
    },
    is: {
      id: 'auth0|65f1c0ffee',
      kind: 'CUSTOMER',
      scopes: all,
      customers: { 'og-us': 'c-1', sc: 'cus_2' },
      orders: { sc: ['o-9'] },
    },
    backend: {
      iss: 'https://acme.eu.auth0.com/',
      sub: 'backend@clients',
      aud: 'https://upsell.acme.example',
      gty: 'client-credentials',
      permissions: ['upsell:read'],
    },
    becomes: { id: 'backend@clients', kind: 'SERVICE', scopes: ['upsell:read'] },
  },
  okta: {
    shopper: {
      ver: 1,
      iss: 'https://acme.okta.com/oauth2/default',
      aud: 'api://upsell',
      sub: 'ada@acme.example',
      uid: '00u1ada',
      cid: '0oa1shop',
      scp: ['openid', 'upsell:read', 'upsell:write'],
      groups: ['Everyone'],
      ordergrooveCustomer: 'c-1',
    },
    is: { id: '00u1ada', kind: 'CUSTOMER', scopes: all, customers: { 'og-us': 'c-1' } },
    backend: {
      iss: 'https://acme.okta.com/oauth2/default',
      aud: 'api://upsell',
      sub: '0oa1backend',
      cid: '0oa1backend',
      scp: all,
    },
    becomes: null,
  },
  keycloak: {
    shopper: {
      iss: 'https://login.acme.example/realms/shop',
      aud: ['upsell-graph', 'account'],
      sub: '0f5e-uuid',
      typ: 'Bearer',
      azp: 'storefront',
      realm_access: { roles: ['default-roles-shop', 'shopper'] },
      resource_access: { account: { roles: ['manage-account'] } },
      scope: 'openid email profile',
      email: 'ada@acme.example',
      shop: { ordergroove_id: 417 },
    },
    is: {
      id: '0f5e-uuid',
      kind: 'CUSTOMER',
      scopes: all,
      customers: { 'og-us': '417', 'centra-se': 'ada@acme.example' },
    },
    backend: {
      iss: 'https://login.acme.example/realms/shop',
      aud: 'upsell-graph',
      sub: 'service-account-uuid',
      realm_access: { roles: ['viewer', 'upsell-staff'] },
    },
    becomes: { id: 'service-account-uuid', kind: 'SERVICE', scopes: all },
  },
  cognito: {
    shopper: {
      iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf',
      aud: '4f2a9c0example',
      sub: 'aaaa-bbbb',
      token_use: 'id',
      'cognito:username': 'ada',
      'custom:og_customer': 'c-1',
      email_verified: true,
    },
    is: { id: 'aaaa-bbbb', kind: 'CUSTOMER', scopes: all, customers: { 'og-us': 'c-1' } },
    backend: {
      iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf',
      aud: '4f2a9c0example',
      sub: 'cccc-dddd',
      'cognito:groups': ['others', 'upsell-staff'],
    },
    becomes: { id: 'cccc-dddd', kind: 'SERVICE', scopes: all },
  },
  shopify: {
    shopper: {
      iss: 'https://shopify.com/authentication/47328854173',
      aud: 'shp_0d1e2f3a-example',
      sub: 'gid://shopify/Customer/7210000000001',
      sid: 'session',
      nonce: 'n',
      email: 'ada@acme.example',
      email_verified: true,
    },
    is: {
      id: 'gid://shopify/Customer/7210000000001',
      kind: 'CUSTOMER',
      scopes: all,
      customers: { 'appstle-us': '7210000000001' },
    },
    backend: {
      iss: 'https://shopify.com/authentication/47328854173',
      aud: 'shp_0d1e2f3a-example',
      sub: '7210000000001',
    },
    becomes: { id: '7210000000001', kind: 'CUSTOMER', customers: { 'appstle-us': '7210000000001' } },
  },
};

describe('the templates', () => {
  test.each(Object.entries(logins))('of %s read its tokens', async (name, { shopper, is, backend, becomes }) => {
    const auth = template(name);
    expect(await actorOf(auth, shopper)).toEqual({ orders: {}, ...is });
    const actor = await actorOf(auth, backend);
    expect(actor && { ...actor, ...becomes }).toEqual(becomes && actor);
    for (const claim of ['iss', 'aud']) expect(await actorOf(auth, { ...shopper, [claim]: 'another' })).toBeNull();
  });

  test('of several issuers is valid', () => {
    const { rules, problems } = rulesOf(template('several'));
    expect(problems).toEqual([]);
    expect(rules?.issuers).toHaveLength(2);
  });

  test('read access tokens of Cognito by the client id', async () => {
    const auth = template('cognito');
    const claims = { ...Object(auth['claims']), audience: 'client_id' };
    const { aud: client_id, ...shopper } = logins.cognito.shopper;
    expect(await actorOf({ ...auth, claims }, { ...shopper, client_id })).toMatchObject({ kind: 'CUSTOMER' });
    expect(await actorOf({ ...auth, claims }, { ...shopper, aud: client_id })).toBeNull();
  });
});

describe('mapped claims', () => {
  const plain = { issuer: 'https://issuer.test', audience: 'upsell' };
  const token = { iss: plain.issuer, aud: plain.audience, sub: 's-1', kind: 'customer' };

  test('that are malformed refuse the token', async () => {
    const claims = {
      sub: ['user', 'id'],
      kind: { from: 'role', values: { shopper: 'customer' } },
      scopes: { from: 'permissions' },
      customers: { sc: ['ids', 'sc'] },
      orders: { sc: 'sc_orders' },
    };
    const good = {
      ...token,
      user: { id: 'u-1' },
      role: 'shopper',
      permissions: all,
      ids: { sc: 'c' },
      sc_orders: ['o'],
    };
    expect(await actorOf({ ...plain, claims }, good)).toEqual({
      id: 'u-1',
      kind: 'CUSTOMER',
      scopes: all,
      customers: { sc: 'c' },
      orders: { sc: ['o'] },
    });
    for (const bad of [
      { user: 'u-1' },
      { user: { id: 7 } },
      { user: { id: '' } },
      { role: undefined },
      { role: 'staff' },
      { role: [7] },
      { permissions: 7 },
      { permissions: [7] },
      { ids: { sc: '' } },
      { ids: { sc: 1.5 } },
      { ids: { sc: ['c'] } },
      { sc_orders: 'o' },
      { sc_orders: [''] },
    ])
      expect([bad, await actorOf({ ...plain, claims }, { ...good, ...bad })]).toEqual([bad, null]);
    expect(await actorOf({ ...plain, claims }, { ...good, ids: undefined, sc_orders: undefined })).toMatchObject({
      customers: {},
      orders: {},
    });
  });

  test('are own properties: a path leads through no prototype', async () => {
    const claims = { customers: { sc: 'constructor', 'og-us': ['toString', 'name'] } };
    expect(await actorOf({ ...plain, claims }, token)).toMatchObject({ customers: {} });
  });

  test.each([
    [{ claims: { kind: { from: 'k', otherwise: 'service' } } }, 'auth.claims.kind.otherwise'],
    [{ claims: { kind: { values: {} } } }, 'auth.claims.kind.from'],
    [{ claims: { kind: { from: 'k', values: { a: 'admin' } } } }, 'auth.claims.kind.values'],
    [{ claims: { scopes: { values: { a: 'all' } } } }, 'auth.claims.scopes.values'],
    [{ claims: { scopes: { always: ['all'] } } }, 'auth.claims.scopes.always'],
    [{ claims: { sub: [] } }, 'auth.claims.sub'],
    [{ claims: { customers: { elsewhere: 'c' } } }, 'auth.claims.customers.elsewhere'],
    [{ claims: { customers: { sc: { from: 'c', suffix: 'x' } } } }, 'auth.claims.customers'],
    [{ issuer: 'urn:upsell-graph:session' }, 'auth.issuer'],
    [{ issuer: undefined }, 'auth.issuer'],
    [{ audience: undefined }, 'auth.audience'],
    [{ issuers: [{ jwksUrl: 'https://a.test/keys', issuer: 'i', audience: 'a' }] }, 'auth.jwksUrl'],
    [{ session: { secret: 'short' } }, 'auth.session.secret'],
  ])('are refused at start where they are mistaken: %j', (change, path) => {
    const { problems } = rulesOf({ ...plain, jwksUrl: 'https://issuer.test/keys', ...change });
    expect(problems.map((problem) => problem.path)).toContain(path);
  });

  test('come with one entry for each issuer and audience', () => {
    const entry = { jwksUrl: 'https://a.test/keys', issuer: 'i', audience: 'a' };
    expect(rulesOf({ issuers: [entry, { ...entry, audience: 'b' }] }).problems).toEqual([]);
    expect(rulesOf({ issuers: [entry, { ...entry, jwksUrl: 'https://b.test/keys' }] }).problems).toEqual([
      { path: 'auth.issuers[1]', message: 'has the issuer and audience of auth.issuers[0]' },
    ]);
    expect(
      rulesOf({
        issuers: [
          { ...entry, audience: '' },
          { ...entry, isuer: 'i' },
        ],
      }).problems.map(({ path }) => path),
    ).toEqual(expect.arrayContaining(['auth.issuers[0].audience', 'auth.issuers[1].isuer']));
  });
});

describe('several issuers', () => {
  const rulesFor = (jwksUrl: string, broken: string) =>
    rulesOf({
      issuers: [
        { jwksUrl, issuer: 'https://first.test', audience: 'a' },
        { jwksUrl, issuer: 'https://second.test', audience: 'a' },
        { jwksUrl: broken, issuer: 'https://broken.test', audience: 'a' },
      ],
    }).rules ?? { issuers: [], session: null };
  const claims = { aud: 'a', kind: 'customer', sub: 'ada' };

  test('keep apart subjects of the same name, and nobody can take the name of another issuer', async () => {
    await withKeys(async (jwksUrl) => {
      const authenticate = createAuthenticator(rulesFor(jwksUrl, jwksUrl), () => now);
      const idOf = async (more: Claims) =>
        authenticate(`Bearer ${await sign({ ...claims, ...more })}`).then(
          ({ id }) => id,
          () => null,
        );
      expect(await idOf({ iss: 'https://first.test' })).toBe('ada');
      expect(await idOf({ iss: 'https://second.test' })).toBe('https://second.test ada');
      expect(await idOf({ iss: 'https://first.test', sub: 'https://second.test ada' })).toBeNull();
      expect(await idOf({ iss: 'https://unknown.test' })).toBeNull();
      expect(await idOf({ iss: undefined })).toBeNull();
    });
  });

  test('do not share the fault of one that cannot be asked for its keys', async () => {
    const down = await startKeyServer(() => ({ status: 500, body: '' }));
    await withKeys(async (jwksUrl) => {
      const authenticate = createAuthenticator(rulesFor(jwksUrl, down.url), () => now);
      const good = `Bearer ${await sign({ ...claims, iss: 'https://first.test' })}`;
      await expect(authenticate(good)).resolves.toMatchObject({ id: 'ada' });
      const broken = `Bearer ${await sign({ ...claims, iss: 'https://broken.test' })}`;
      await expect(authenticate(broken)).rejects.toMatchObject({
        name: 'KeysUnavailable',
        reason: 'fault',
        issuer: 'https://broken.test',
      });
      await expect(authenticate.checkKeys()).resolves.toEqual(['https://broken.test']);
    });
    const all = createAuthenticator(rulesFor(down.url, down.url), () => now);
    await expect(all.checkKeys()).rejects.toMatchObject({ name: 'KeysUnavailable' });
    await down.close();
  });
});
