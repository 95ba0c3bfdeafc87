import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { startProcess } from '../e2e/server-process.js';

const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-token-'));
const secret = 'a secret of at least thirty-two bytes';
const names = { issuer: 'https://issuer.test', audience: 'upsell' };

afterAll(() => rmSync(folder, { recursive: true }));

/** JSON is YAML. */
function configure(name: string, auth: object): string {
  const path = join(folder, name);
  const accounts = [
    { key: 'sc', provider: 'surecart', token: 'key-never-shown', baseUrl: 'http://127.0.0.1:1' },
    { key: 'sc-eu', provider: 'surecart', token: 'key-never-shown', baseUrl: 'http://127.0.0.1:1' },
  ];
  writeFileSync(path, JSON.stringify({ server: { graphiql: true }, auth: { ...names, ...auth }, accounts }));
  return path;
}

const withSecret = configure('secret.yaml', { secret });
const withKeys = configure('keys.yaml', { jwksUrl: 'https://issuer.test/keys' });

async function token(...parameters: readonly string[]) {
  const program = startProcess(['token', ...parameters], {}, folder);
  return { status: await program.ended(), output: program.output() };
}

describe('the command token', () => {
  test('prints tokens that the server of the same configuration accepts', async () => {
    const server = startProcess(['--config', withSecret], {}, folder);
    try {
      const [url, customer, guest] = await Promise.all([
        server.find(/"graphiql":"([^"]+)"/),
        token('--customer', 'sc=customer-7', '--config', withSecret),
        token('--kind', 'guest', '--order', 'sc=order-7', '--scope', 'upsell:read', '--config', withSecret),
      ]);
      const viewerOf = async ({ output }: { readonly output: string }) => {
        const answer = await fetch(`${url}graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${output.trim()}` },
          body: '{"query":"{ viewer { kind scopes } }"}',
        });
        return answer.json();
      };
      expect(await viewerOf(customer)).toEqual({
        data: { viewer: { kind: 'CUSTOMER', scopes: ['READ', 'WRITE'] } },
      });
      expect(await viewerOf(guest)).toEqual({ data: { viewer: { kind: 'GUEST', scopes: ['READ'] } } });
      const claims = JSON.parse(Buffer.from(customer.output.split('.')[1] ?? '', 'base64url').toString());
      expect(claims).toMatchObject({ sub: 'customer-1', customers: { sc: 'customer-7' }, exp: claims.iat + 3_600 });
    } finally {
      await server.stop();
    }
  });

  test('refuses accounts that are not configured, and names the one that was meant', async () => {
    const [near, far] = await Promise.all([
      token('--customer', 'sc_eu2=1', '--config', withSecret),
      token('--order', 'shopify=1', '--config', withSecret),
    ]);
    expect(near).toEqual({ status: 64, output: "There is no account 'sc_eu2'; did you mean sc-eu?\n" });
    expect(far).toEqual({ status: 64, output: "There is no account 'shopify'; there is sc, sc-eu.\n" });
  });

  test('says that it cannot sign for an issuer with keys of its own, nor for a sandbox', async () => {
    const [keys, sandbox] = await Promise.all([token('--config', withKeys), token()]);
    expect(keys).toEqual({ status: 64, output: expect.stringContaining('signed by the issuer behind auth.jwksUrl') });
    expect(sandbox).toEqual({ status: 64, output: expect.stringContaining('A sandbox accepts no tokens') });
  });
});
