import type { Transaction } from 'kysely';
import { operationFromJson } from './operation-json.js';
import { createOperationRows } from './operation-row.js';
import type { Tables } from './tables.js';

const BATCH = 200;

/** Operations written before there was a data key stand in clear. */
export async function sealOldRows(transaction: Transaction<Tables>, dataKey: Buffer): Promise<void> {
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
      const { actor_id, idempotency_key, state: sealed } = toRow(operationFromJson(state), { until: null });
      await transaction
        .updateTable('operations')
        .set({ actor_id, idempotency_key, state: sealed })
        .where('id', '=', id)
        .execute();
    }
  }
}
