import { createServer as createHttpServer } from 'node:http';
import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import {
  ConfigurationError,
  createServer,
  memoryStorage,
  type OutboundRequest,
  type Settings,
} from '../../src/index.js';

const secret = 'a-shared-secret-of-32-bytes-or-more';

const settings = {
  server: { port: 0, graphiql: false },
  auth: { secret, issuer: 'https://issuer.example', audience: 'upsell' },
  accounts: [{ key: 'sc', provider: 'surecart', token: '${SC_TOKEN}', currency: 'USD' }],
} satisfies Settings;

async function ask(url: string, query: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return answer.json();
}

async function token(expiresAt: Date): Promise<string> {
  return new SignJWT({ kind: 'service', scope: 'upsell:read' })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('https://issuer.example')
    .setAudience('upsell')
    .setSubject('till')
    .setExpirationTime(expiresAt)
    .sign(new TextEncoder().encode(secret));
}

describe('a program that embeds the server', () => {
  test('gets a sandbox with the addresses of its emulators', async () => {
    const server = await createServer({ config: { sandbox: true }, env: { PORT: '0' } });
    try {
      expect(server.emulators.map(({ title }) => title)).toContain('Ordergroove emulator');
      expect(await ask(server.url, '{ viewer { kind } }')).toEqual({ data: { viewer: { kind: 'CUSTOMER' } } });
    } finally {
      await server.close();
    }
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed');
  });

  test('hands in settings, time, log, storage and transport', async () => {
    const lines: string[] = [];
    const sent: OutboundRequest[] = [];
    const server = await createServer({
      config: settings,
      env: { SC_TOKEN: 'st_live_never_shown' },
      clock: () => new Date('2030-05-01T12:00:00Z'),
      log: { write: (line) => void lines.push(line) },
      storage: memoryStorage(),
      transport: () => ({
        async send(request) {
          sent.push(request);
          return { status: 404, headers: {}, text: '{}' };
        },
        async close() {},
      }),
    });
    try {
      // Expired by the clock of this machine only once 2030 has come; by the server's it is valid for a minute.
      const headers = { authorization: `Bearer ${await token(new Date('2030-05-01T12:01:00Z'))}` };
      expect(await ask(server.url, '{ viewer { kind } }', headers)).toEqual({ data: { viewer: { kind: 'SERVICE' } } });
      const late = { authorization: `Bearer ${await token(new Date('2030-05-01T11:00:00Z'))}` };
      expect(await ask(server.url, '{ viewer { kind } }', late)).toHaveProperty(
        'errors.0.extensions.code',
        'UNAUTHENTICATED',
      );
      expect(await ask(server.url, '{ viewer { kind } }')).toHaveProperty(
        'errors.0.extensions.code',
        'UNAUTHENTICATED',
      );
      const lookUp =
        '{ orderByProviderId(accountKey: "sc", providerId: "3f2b8c1e-7a4d-4c5e-9b60-0123456789ab") { id } }';
      expect(await ask(server.url, lookUp, headers)).toHaveProperty('errors.0.extensions.code', 'PROVIDER_NOT_FOUND');
      expect(sent.map(({ method }) => method)).toContain('GET');
      expect(sent[0]?.headers['authorization']).toBe('Bearer st_live_never_shown');
    } finally {
      await server.close();
    }
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(expect.arrayContaining(['token refused', 'no token']));
    expect(lines.join('')).not.toContain('never_shown');
  });

  test('learns every mistake of its settings, without values', async () => {
    const wrong = { ...settings, accounts: [{ key: 'SC', provider: 'surecart', token: 'st_live_never_shown' }] };
    const failure: unknown = await createServer({ config: wrong, env: {} }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigurationError);
    expect((failure as ConfigurationError).problems.map(({ path }) => path)).toEqual(['accounts[0].key']);
    expect((failure as ConfigurationError).message).not.toContain('never_shown');
    const missing = createServer({ config: '/nowhere/upsell-graph.yaml', env: {} });
    await expect(missing).rejects.toThrow('cannot be read (ENOENT)');
  });

  test('learns that the address is taken, and nothing is left running', async () => {
    const other = createHttpServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const taken = createServer({ config: { sandbox: true }, env: { PORT: String(port) } });
    await expect(taken).rejects.toThrow(`Port ${port} on 127.0.0.1 is already in use`);
    other.close();
  });
});
