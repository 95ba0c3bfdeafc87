import { describe, expect, test } from '@jest/globals';
import { assert, property, string } from 'fast-check';
import { loadConfig } from '../../src/config.js';
import { providers } from '../../src/providers/index.js';
import { createApp } from '../../src/server/app.js';
import { allowOrigins } from '../../src/server/cors.js';
import { createLog } from '../../src/server/log.js';
import { readSessions, returnSessions } from '../../src/server/shopper-session-header.js';

describe('the header of sessions', () => {
  /** As a response carries what a provider renewed. */
  async function headerOf(account: string, token: string): Promise<string> {
    const sessions = readSessions(undefined);
    sessions.renew(account, token);
    const headers = new Map<string, string>();
    const listener = await returnSessions().requestDidStart?.(Object(null));
    await listener?.willSendResponse?.(Object({ contextValue: { sessions }, response: { http: { headers } } }));
    return headers.get('x-shopper-session') ?? '';
  }

  test('carries any token there and back', async () => {
    const tokens: string[] = ['a,b', 'a b', 'ä', '%2C', 'a=b', '"', 'x'.repeat(6_000), 'two\nlines'];
    assert(property(string({ unit: 'binary', minLength: 1, maxLength: 200 }), (token) => void tokens.push(token)));
    for (const token of tokens) {
      const header = await headerOf('shop-se', token);
      expect(header).toMatch(/^[\x21-\x7e]+$/);
      expect(readSessions(`other=1, ${header}`).tokenAt('shop-se')).toBe(Buffer.from(token).toString());
      expect(readSessions(`other=1, ${header}`).tokenAt('other')).toBe('1');
    }
  });

  test('is read where a part of it is not one', () => {
    const sessions = readSessions("broken, a=1, b*=latin1''x, c*=utf-8''%zz, =d, e=");
    expect(['a', 'b', 'c', 'd', 'e'].map((account) => sessions.tokenAt(account))).toEqual([
      '1',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('preflights', () => {
  test('allow what clients and tracing send, and what the operator adds', async () => {
    const app = createApp(createLog('warn', { write: () => {} }));
    allowOrigins(app, ['/graphql'], ['https://shop.example'], ['x-store']);
    const { headers } = await app.inject({
      method: 'OPTIONS',
      url: '/graphql',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
    });
    const allowed = String(headers['access-control-allow-headers']).split(', ');
    for (const name of [
      'traceparent',
      'tracestate',
      'baggage',
      'sentry-trace',
      'apollographql-client-name',
      'apollographql-client-version',
      'x-shopper-session',
      'x-store',
    ]) {
      expect(allowed).toContain(name);
    }
  });
});

describe('a manifest of trusted documents', () => {
  function load(manifest: string) {
    const file = {
      server: { trustedDocuments: { manifest: 'manifest.json' } },
      auth: { secret: 'a secret of at least thirty-two bytes', issuer: 'i', audience: 'a' },
      accounts: [{ key: 'sc', provider: 'surecart', token: 'token' }],
    };
    const loaded = loadConfig({
      configPath: 'test.yaml',
      providers,
      env: {},
      // JSON is YAML.
      readFile: (path) => (path === 'test.yaml' ? JSON.stringify(file) : manifest),
    });
    return loaded.outcome === 'loaded'
      ? Object.fromEntries(loaded.config.server.trustedDocuments?.texts ?? [])
      : loaded.problems.map(({ message }) => message).join();
  }

  const hash = 'dd03fa36a7b24a3c67fd0e4a6b4ddcd9';

  test.each([
    ['the client preset', { [hash]: 'query A { __typename }' }],
    ['a tool that names the algorithm', { [`sha256:${hash}`]: 'query A { __typename }' }],
    ['Relay', { [hash.toUpperCase()]: 'query A { __typename }' }],
    [
      'Apollo',
      {
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [{ id: hash, name: 'A', type: 'query', body: 'query A { __typename }' }],
      },
    ],
  ])('of %s is read', (_tool, manifest) => {
    expect(load(JSON.stringify(manifest))).toEqual({ [hash]: 'query A { __typename }' });
  });

  test.each([
    ['[]', 'a list was found'],
    ['{}', 'an empty object was found'],
    ['null', 'null was found'],
    ['{"a":{"document":"query"}}', '`a` is no document'],
    ['{"format":"other","operations":[]}', 'the format "other" was found'],
    ['{"format":"apollo-persisted-query-manifest","operations":[{"id":"a"}]}', 'an operation without `id` or `body`'],
    ['query A', 'the file is not JSON'],
  ])('that is %s is refused by what was found', (manifest, found) => {
    expect(load(manifest)).toContain(found);
  });
});
