import { createCipheriv, createHmac, hkdfSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Kysely } from 'kysely';
import { openDataKey } from '../../src/storage/data-key.js';
import { type DatabaseLocation, openDatabase } from '../../src/storage/database.js';
import { createIdSealer, createRowSealer } from '../../src/storage/sealer.js';
import { createXaes } from '../../src/storage/xaes.js';
import { operationToJson } from '../../src/storage/operation-json.js';
import { createSqlLedger } from '../../src/storage/sql-ledger.js';
import type { Tables } from '../../src/storage/tables.js';
import { sampleOperation } from '../graph/sample-records.js';
import { freshDatabase, whenPostgres } from './postgres.js';

const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-sealing-'));
afterAll(() => rmSync(folder, { recursive: true }));

const text = '[["og-us","ada@example.com"]]';

describe.each([
  ['of an identifier', createIdSealer],
  ['of a row', createRowSealer],
])('the seal %s', (_what, createSealer) => {
  const sealer = createSealer('key', 'identifiers');

  test('opens with its own key and purpose only', () => {
    const sealed = sealer.seal(text);
    expect(sealer.unseal(sealed)).toBe(text);
    expect(createSealer('another', 'identifiers').unseal(sealed)).toBeNull();
    expect(createSealer('key', 'operations').unseal(sealed)).toBeNull();
  });

  test('breaks with any change', () => {
    const sealed = sealer.seal(text);
    for (let at = 0; at < sealed.length; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      expect(sealer.unseal(sealed.slice(0, at) + other + sealed.slice(at + 1))).toBeNull();
    }
    expect(sealer.unseal(`${sealed}=`)).toBeNull();
    expect(sealer.unseal('')).toBeNull();
    expect(sealer.unseal('v2.')).toBeNull();
    expect(sealer.unseal('v3.')).toBeNull();
  });

  test('opens what version 0.1 sealed, and closes nothing like it', () => {
    const first = 'lUEyQGp9veL982Jcor3L3CP-M70czVQz-E1KFQP2xWZiIGWvNQSQYxVdcWvxhxge7OhTzHp7i6y9';
    expect(firstSeal('key', 'identifiers', text)).toBe(first);
    expect(sealer.unseal(first)).toBe(text);
    expect(sealer.unseal(`${first.slice(0, -1)}${first.endsWith('A') ? 'B' : 'A'}`)).toBeNull();
    expect(sealer.seal(text)).toMatch(/^v[23]\.[\w-]+$/);
  });
});

test('rows are sealed with XAES-256-GCM, by the vectors of its specification', () => {
  const nonce = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWX');
  const plain = Buffer.from('XAES-256-GCM');
  // The second has a subkey whose doubling carries; its vector has additional data as well, of which the tag alone depends.
  const vectors = [
    [1, 'ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271'],
    [3, '986ec1832593df5443a17943'],
  ] as const;
  for (const [byte, sealed] of vectors) {
    const { encrypt, decrypt } = createXaes(Buffer.alloc(32, byte));
    const made = encrypt(nonce, plain);
    expect(made.toString('hex').slice(0, sealed.length)).toBe(sealed);
    expect(decrypt(nonce, made)).toEqual(plain);
  }
});

test('a row that was sealed as identifiers are is opened', () => {
  expect(createRowSealer('key', 'operations').unseal(createIdSealer('key', 'operations').seal(text))).toBe(text);
});

test('an identifier is sealed the same way each time, a row never', () => {
  const ids = createIdSealer('key', 'identifiers');
  expect(ids.seal(text)).toBe(createIdSealer('key', 'identifiers').seal(text));
  expect(ids.seal(text)).not.toBe(ids.seal(`${text} `));
  const rows = createRowSealer('key', 'operations');
  expect(rows.seal(text)).not.toBe(rows.seal(text));
  expect(rows.digest(text)).toBe(rows.digest(text));
});

describe('a ledger of version 0.1, embedded', () =>
  ledgerOfFirstVersion(async () => ({ url: null, drop: async () => {} })));
whenPostgres('a ledger of version 0.1, in PostgreSQL', () => ledgerOfFirstVersion(freshDatabase));

function ledgerOfFirstVersion(newPlace: () => Promise<{ url: string | null; drop(): Promise<void> }>) {
  const dataKey = Buffer.alloc(32, 7);
  const operations = Array.from({ length: 450 }, (_, index) => {
    const id = `operation-${String(index).padStart(4, '0')}`;
    return { ...sampleOperation('og-us'), id, idempotencyKey: `key-of-${id}`, actorId: 'ada@example.com' };
  });

  async function stored(database: Kysely<Tables>, location: DatabaseLocation) {
    const ledger = createSqlLedger(database, await openDataKey(database, location));
    const { wrapped } = await database.selectFrom('data_keys').select('wrapped').executeTakeFirstOrThrow();
    const rows = await database.selectFrom('operations').selectAll().orderBy('id').execute();
    return { ledger, wrapped, rows };
  }

  test('is sealed anew when it is opened, by one replica or by several; operations and keys stay', async () => {
    const { url, drop } = await newPlace();
    const location = { url, file: join(folder, 'first.db'), encryptionKeys: ['key'] };
    const [one, two] = await Promise.all([openDatabase(location), openDatabase(location)]);
    try {
      const wrapped = firstSeal('key', 'data key', dataKey.toString('base64'));
      await one.insertInto('data_keys').values({ id: 1, wrapped }).execute();
      const digest = (value: string) => createRowSealer(dataKey, 'operations').digest(value);
      const rowOf = (operation: (typeof operations)[number]) => ({
        id: operation.id,
        actor_id: digest(operation.actorId),
        idempotency_key: digest(operation.idempotencyKey),
        input_hash: operation.inputHash,
        status: operation.status,
        may_restart: 0,
        version: 3,
        lease_until: 1,
        created_at: operation.createdAt.getTime(),
        settled_at: null,
        state: firstSeal(dataKey, 'operations', operationToJson(operation)),
      });
      const old = operations.map(rowOf);
      for (let at = 0; at < old.length; at += 50) {
        await one
          .insertInto('operations')
          .values(old.slice(at, at + 50))
          .execute();
      }

      const before = await one.selectFrom('operations').selectAll().orderBy('id').execute();
      const [first, second] = await Promise.all([stored(one, location), stored(two, location)]);
      for (const { ledger, wrapped: anew, rows } of [first, second]) {
        expect(anew).toMatch(/^v3\./);
        expect(rows.map(({ state: _state, ...rest }) => rest)).toEqual(
          before.map(({ state: _state, ...rest }) => rest),
        );
        expect(rows.filter(({ state }) => !state.startsWith('v3.'))).toEqual([]);
        for (const operation of [operations[0], operations[449]]) {
          const { actorId = '', idempotencyKey = '' } = operation ?? {};
          expect(await ledger.byKey(actorId, idempotencyKey)).toEqual({ ...operation, version: 3 });
        }
      }
    } finally {
      await Promise.all([one.destroy(), two.destroy()]);
      await drop();
    }
  });
}

/** As version 0.1 did it. */
function firstSeal(secret: string | Buffer, purpose: string, plain: string): string {
  const keyFor = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', `${purpose} ${use}`, 32));
  const nonce = createHmac('sha256', keyFor('nonce')).update(plain).digest().subarray(0, 12);
  const cipher = createCipheriv('aes-256-gcm', keyFor('text'), nonce);
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}
