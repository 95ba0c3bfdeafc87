import type { Kysely, Transaction } from 'kysely';
import { operationFromJson } from './operation-json.js';
import { createOperationRows } from './operation-row.js';
import type { Tables } from './tables.js';

const BATCH = 200;

/** Seals operations stored in clear before the data key existed. */
export async function sealClearRows(transaction: Transaction<Tables>, dataKey: Buffer): Promise<void> {
  const { toRow } = createOperationRows(dataKey);
  for (;;) {
    const rows = await transaction
      .selectFrom('operations')
      .select(['id', 'state'])
      .where('state', 'like', '{%')
      .limit(BATCH)
      .execute();
    if (rows.length === 0) return;
    for (const { id, state } of rows) {
      const { actor_id, idempotency_key, state: sealed } = toRow(operationFromJson(state));
      await transaction
        .updateTable('operations')
        .set({ actor_id, idempotency_key, state: sealed })
        .where('id', '=', id)
        .execute();
    }
  }
}

/** Reseals operations of version 0.1 while the database is in use; skips those saved in the meantime. */
export async function resealRows(database: Kysely<Tables>, dataKey: Buffer): Promise<void> {
  const { reseal } = createOperationRows(dataKey);
  let after = '';
  for (;;) {
    const rows = await database
      .selectFrom('operations')
      .select(['id', 'state'])
      .where('state', 'not like', 'v_.%')
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH)
      .execute();
    for (const { id, state } of rows) {
      await database
        .updateTable('operations')
        .set({ state: reseal(state) })
        .where('id', '=', id)
        .where('state', '=', state)
        .execute();
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}
