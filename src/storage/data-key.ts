import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { DatabaseLocation } from './database.js';
import { encryptionKeysFor } from './encryption-keys.js';
import { resealRows, sealClearRows } from './reseal-rows.js';
import { createRowSealer, isFirstSeal } from './sealer.js';
import { StorageProblem } from './storage-problem.js';
import type { Tables } from './tables.js';

const KEY_BYTES = 32;
const ROW = 1;

/**
 * Opens the key that seals everything in the database. It is created once and stored sealed with the configured key, so
 * that rotating the latter rewrites a single row and keeps the digests. Throws `StorageProblem` and closes the database.
 */
export async function openDataKey(database: Kysely<Tables>, location: DatabaseLocation): Promise<Buffer> {
  try {
    return await dataKeyOf(database, location);
  } catch (error) {
    await database.destroy();
    throw error;
  }
}

async function dataKeyOf(database: Kysely<Tables>, location: DatabaseLocation): Promise<Buffer> {
  const stored = await wrappedKey(database);
  const sealers = encryptionKeysFor(location, stored === null).map((key) => createRowSealer(key, 'data key'));
  const [newest] = sealers;
  if (!newest) throw new StorageProblem('There is no key to open the ledger with.');
  const wrapped = stored ?? (await makeKey(database, newest.seal));
  for (const sealer of sealers) {
    const key = sealer.unseal(wrapped);
    if (key === null) continue;
    const dataKey = Buffer.from(key, 'base64');
    // The key is resealed last: as long as it has the first seal, operations may have it too.
    if (isFirstSeal(wrapped)) await resealRows(database, dataKey);
    if (sealer !== newest || isFirstSeal(wrapped)) await rewrap(database, newest.seal(key));
    return dataKey;
  }
  throw new StorageProblem(
    'The ledger was encrypted with another key. Set storage.encryptionKey to it, or name it as storage.previousEncryptionKey.',
  );
}

async function wrappedKey(database: Kysely<Tables>): Promise<string | null> {
  const row = await database.selectFrom('data_keys').select('wrapped').where('id', '=', ROW).executeTakeFirst();
  return row?.wrapped ?? null;
}

/** Creates the key. Of several replicas that start together, one creates it for all. */
async function makeKey(database: Kysely<Tables>, wrap: (key: string) => string): Promise<string> {
  const key = randomBytes(KEY_BYTES);
  const wrapped = wrap(key.toString('base64'));
  await database.transaction().execute(async (transaction) => {
    const made = await transaction
      .insertInto('data_keys')
      .values({ id: ROW, wrapped })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (made) await sealClearRows(transaction, key);
  });
  return (await wrappedKey(database)) ?? wrapped;
}

async function rewrap(database: Kysely<Tables>, wrapped: string): Promise<void> {
  await database.updateTable('data_keys').set({ wrapped }).where('id', '=', ROW).execute();
}
