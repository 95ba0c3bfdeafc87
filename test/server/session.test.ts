import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  AUDIENCE,
  type Claims,
  type FullStack,
  ISSUER,
  orderId,
  SECRET,
  startFullStack,
} from '../support/full-stack.js';

const SESSION_SECRET = 'another secret of at least thirty-two bytes';
const service = { sub: 'backend', kind: 'service', customers: undefined };

const lines: string[] = [];
const log = { level: 'info', write: (line: string) => void lines.push(line) } as const;
const auth = { secret: SECRET, issuer: ISSUER, audience: AUDIENCE };
let stack: FullStack;

beforeAll(async () => {
  stack = await startFullStack({
    only: ['ordergroove'],
    log,
    groups: {
      auth: { ...auth, session: { secret: SESSION_SECRET, lifetimeSeconds: 600 } },
      server: { limits: { rate: { service: 60, anonymous: 5, shopper: 0 } } },
    },
  });
});

afterAll(() => stack.close());

interface Session {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly token?: string;
    readonly expiresAt?: string;
    readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  };
}

async function exchange(body: unknown, claims: Claims | null = service, at = stack): Promise<Session> {
  const authorization = claims ? { authorization: await at.bearer(claims) } : {};
  const response = await fetch(`${at.url}/auth/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization },
    body: JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

async function askAs(token: string | undefined, query: string) {
  const { status, text } = await stack.send({ query }, { authorization: `Bearer ${token}` });
  return { status, ...JSON.parse(text) };
}

const guest = { subject: 'cart-1', kind: 'guest', scopes: ['upsell:read'] };
const payloadOf = (token = '') => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

describe('POST /auth/session', () => {
  let account = '';
  let orders: readonly string[] = [];

  beforeAll(async () => {
    account = stack.fixture('ordergroove').account;
    const listed = await stack.data('{ upcomingOrders(first: 2) { nodes { providerId } } }');
    orders = listed.rows('upcomingOrders', 'nodes').map((order) => order.text('providerId'));
    if (orders.length < 2) throw new Error('the sandbox has too few orders');
  });

  test('gives a guest the one order it lists, and no other', async () => {
    const [mine = '', other = ''] = orders;
    const { status, headers, body } = await exchange({ ...guest, orders: { [account]: [mine] } });
    expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
    const query = `{ viewer { kind scopes } mine: order(id: "${orderId(account, mine)}") { providerId } other: order(id: "${orderId(account, other)}") { providerId } }`;
    expect(await askAs(body.token, query)).toEqual({
      status: 200,
      data: { viewer: { kind: 'GUEST', scopes: ['READ'] }, mine: { providerId: mine }, other: null },
    });
  });

  test('gives a customer the records of that customer, under a name of its own', async () => {
    const { shopper } = stack.fixture('ordergroove');
    const { body } = await exchange({ subject: 'shopper-1', kind: 'customer', customers: { [account]: shopper } });
    const answer = await askAs(body.token, '{ viewer { kind } upcomingOrders(first: 1) { nodes { providerId } } }');
    expect(answer).toMatchObject({ data: { viewer: { kind: 'CUSTOMER' }, upcomingOrders: { nodes: [{}] } } });
    // The login knows a shopper-1 as well.
    expect(payloadOf(body.token)).toMatchObject({ sub: 'backend shopper-1', act: { sub: 'backend' } });
  });

  test('never widens what the service may do, and never outlives its token', async () => {
    const [order = ''] = orders;
    const body = { ...guest, scopes: undefined, orders: { [account]: [order] } };
    const reader = { ...service, scope: 'upsell:read' };
    expect(payloadOf((await exchange(body, reader)).body.token)).toMatchObject({ scope: 'upsell:read' });
    const wider = await exchange({ ...body, scopes: ['upsell:read', 'upsell:write'] }, reader);
    expect([wider.status, wider.body.errors?.[0]?.extensions.code]).toEqual([403, 'FORBIDDEN']);

    const lifetimeOf = async (more: object, claims: Claims = service) => {
      const { exp, iat } = payloadOf((await exchange({ ...body, ...more }, claims)).body.token);
      return exp - iat;
    };
    expect(await lifetimeOf({})).toBe(600);
    expect(await lifetimeOf({ lifetimeSeconds: 60 })).toBe(60);
    expect(await lifetimeOf({ lifetimeSeconds: 3_600 })).toBe(600);
    const soon = payloadOf((await stack.bearer()).slice('Bearer '.length)).iat + 40;
    const session = payloadOf((await exchange(body, { ...service, exp: soon })).body.token);
    expect(session.exp).toBeLessThanOrEqual(soon);
  });

  test('is for services alone', async () => {
    const body = { ...guest, orders: { [account]: orders.slice(0, 1) } };
    for (const kind of ['customer', 'recognised', 'guest']) {
      const { status, body: answer } = await exchange(body, { kind });
      expect([kind, status, answer.errors?.[0]?.extensions.code]).toEqual([kind, 403, 'FORBIDDEN']);
    }
    const { token } = (await exchange(body)).body;
    const again = await fetch(`${stack.url}/auth/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    expect(again.status).toBe(403);
    const forged = await exchange(body, {
      ...service,
      iss: 'urn:upsell-graph:session',
      aud: 'urn:upsell-graph:session',
    });
    expect(forged.status).toBe(401);
  });

  test.each([
    [{ kind: 'service' }, 'kind'],
    [{ subject: '' }, 'subject'],
    [{ subject: 'x'.repeat(201) }, 'subject'],
    [{ scopes: ['admin'] }, 'scopes'],
    [{ orders: {} }, 'orders is missing'],
    [{ orders: undefined }, 'orders is missing'],
    [{ orders: { elsewhere: ['1'] } }, 'no such account'],
    [{ orders: { 'og-us': ['1', 2] } }, 'orders'],
    [{ orders: { 'og-us': Array.from({ length: 21 }, String) } }, 'at most 20'],
    [{ customers: { 'og-us': '1' } }, 'customers cannot'],
    [{ kind: 'customer' }, 'customers is missing'],
    [{ lifetimeSeconds: 29 }, 'lifetimeSeconds'],
    [{ unknown: 1 }, 'unknown'],
  ])('refuses what makes no sense: %j', async (change, reason) => {
    const { status, body } = await exchange({ ...guest, orders: { [account]: ['1'] }, ...change });
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([400, 'BAD_REQUEST']);
    expect(body.errors?.[0]?.message).toContain(reason);
  });

  test('is a line of the log, without the token and without the name of a shopper', async () => {
    lines.length = 0;
    const subject = 'ada@shop.example';
    const { body } = await exchange({ ...guest, subject, orders: { [account]: orders.slice(0, 1) } });
    await exchange({ ...guest, subject, orders: {} });
    const said = lines.map((line): Record<string, unknown> => JSON.parse(line));
    expect(said).toContainEqual(
      expect.objectContaining({ msg: 'session issued', service: 'backend', kind: 'guest', accounts: [account] }),
    );
    expect(said).toContainEqual(expect.objectContaining({ msg: 'session refused', service: 'backend' }));
    expect(lines.join('')).not.toContain(subject);
    expect(lines.join('')).not.toContain(body.token);
  });

  test('counts as a request of the service, or of the address without a token', async () => {
    const statuses = new Set<number>();
    for (let request = 0; request < 6; request += 1) statuses.add((await exchange(guest, null)).status);
    expect(statuses).toEqual(new Set([401, 429]));
    const limited = { ...service, sub: 'busy backend' };
    let last = await exchange({}, limited);
    for (let request = 0; request < 60; request += 1) last = await exchange({}, limited);
    expect([last.status, last.body.errors?.[0]?.extensions.code]).toEqual([429, 'RATE_LIMIT_EXCEEDED']);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('does not exist unless it is asked for, and then takes tokens of the secret before', async () => {
    const off = await startFullStack({ only: ['ordergroove'] });
    expect((await exchange(guest, service, off)).status).toBe(404);
    await off.close();
    const { token } = (await exchange({ ...guest, orders: { [account]: ['1'] } })).body;
    const query = { query: '{ viewer { kind } }' };
    const bearer = { authorization: `Bearer ${token}` };
    for (const [previousSecret, status] of [[SESSION_SECRET, 200] as const, [`${SESSION_SECRET}?`, 401] as const]) {
      const session = { secret: 'a third secret of at least thirty-two bytes', previousSecret };
      const rotated = await startFullStack({ only: ['ordergroove'], groups: { auth: { ...auth, session } } });
      expect((await rotated.send(query, bearer)).status).toBe(status);
      await rotated.close();
    }
  });
});
