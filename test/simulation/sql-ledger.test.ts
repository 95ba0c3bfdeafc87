import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Kysely, sql } from 'kysely';
import type { Ledger } from '../../src/operations/ledger.js';
import { openDatabase } from '../../src/storage/database.js';
import { createSqlLedger } from '../../src/storage/sql-ledger.js';
import type { Tables } from '../../src/storage/tables.js';
import { freshDatabase, whenPostgres } from '../storage/postgres.js';
import { everyInterleaving, Gate } from './interleavings.js';
import { DUE, LATER, operation, type Scenario, scenarios, Watch } from './ledger-scenarios.js';
import { ConditionRemover, removedConditions } from './removed-conditions.js';

const LIMIT_MS = 600_000;
/** More than any scenario has. */
const MAX_ORDERS = 1_000;

/** The second of two equal conditions: it is asked of each row once that is locked. */
const TAKEN_AGAIN = {
  name: 'each row is looked at again',
  statement: 'UpdateQueryNode',
  table: 'operations',
  column: 'lease_until',
  operator: '<=',
  isOuterOnly: true,
  instead: 'true',
  harms: 'two recoveries of one operation, and of one that is not due',
} as const;

describe('in an embedded file', () => interleave('file'));
whenPostgres('in PostgreSQL', () => interleave('postgres'));

function interleave(kind: 'file' | 'postgres') {
  const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-interleavings-'));
  const gates = [new Gate(), new Gate()] as const;
  const remover = new ConditionRemover();
  const databases: Kysely<Tables>[] = [];
  /** Made anew for each condition, because statements are compiled once. */
  let gatedLedgers: () => readonly [Ledger, Ledger];
  let plain: Kysely<Tables>;
  let drop = async () => {};
  let orders = 0;

  beforeAll(async () => {
    const server = kind === 'postgres' ? await freshDatabase() : null;
    if (server) drop = () => server.drop();
    const location = { url: server?.url ?? null, file: join(folder, 'ledger.db'), encryptionKeys: ['key'] };
    const open = async () => {
      const database = await openDatabase(location);
      databases.push(database);
      return database;
    };
    plain = await open();
    const [one, two] = [await open(), await open()];
    const gated = (database: Kysely<Tables>, gate: Gate) =>
      createSqlLedger(database.withPlugin(remover.plugin).withPlugin(gate.plugin), Buffer.alloc(32));
    gatedLedgers = () => [gated(one, gates[0]), gated(two, gates[1])];
  });

  afterAll(async () => {
    process.stdout.write(`${orders} orders of statements in ${kind === 'file' ? 'an embedded file' : 'PostgreSQL'}\n`);
    await Promise.all(databases.map((database) => database.destroy()));
    await drop();
    rmSync(folder, { recursive: true });
  });

  async function prepare(scenario: Scenario, ledgers: readonly [Ledger, Ledger]) {
    await plain.deleteFrom('operations').execute();
    const watch = new Watch(createSqlLedger(plain, Buffer.alloc(32)));
    const [one, two] = [watch.over('A', ledgers[0]), watch.over('B', ledgers[1])];
    const programs = await scenario(one, two, (...terms) => watch.begun(...terms));
    return { programs, verdict: () => watch.verdict() };
  }

  test.each(Object.entries(scenarios))(
    '%s, in whatever order their statements come',
    async (_name, scenario) => {
      const ledgers = gatedLedgers();
      const { count, violation } = await everyInterleaving(gates, () => prepare(scenario, ledgers), MAX_ORDERS);
      orders += count;
      expect(violation).toBeNull();
      // Two programs of at least two statements each.
      expect(count).toBeGreaterThan(5);
    },
    LIMIT_MS,
  );

  test.each(removedConditions)(
    'of "$harms" some go wrong without the condition that $name',
    async (condition) => {
      remover.removed = condition;
      try {
        const ledgers = gatedLedgers();
        const scenario = scenarios[condition.harms];
        const { violation } = await everyInterleaving(gates, () => prepare(scenario, ledgers), MAX_ORDERS);
        expect(violation).not.toBeNull();
      } finally {
        remover.removed = null;
      }
    },
    LIMIT_MS,
  );

  if (kind !== 'postgres') return;

  test('statements that overlap take an operation over once', async () => {
    expect(await takeoversOfOne()).toBe(1);
  });

  test('and they would twice, did the statement not look again at each row it had to wait for', async () => {
    remover.removed = { ...TAKEN_AGAIN };
    try {
      expect(await takeoversOfOne()).toBe(2);
    } finally {
      remover.removed = null;
    }
  });

  /** Two replicas look for open operations while a third transaction holds the row; how often it was taken over. */
  async function takeoversOfOne(): Promise<number> {
    for (const gate of gates) gate.open();
    await plain.deleteFrom('operations').execute();
    await createSqlLedger(plain, Buffer.alloc(32)).claim(operation('key-1'), { forMs: DUE });
    const takers = await plain.transaction().execute(async (transaction) => {
      await sql`select id from operations for update`.execute(transaction);
      const taking = gatedLedgers().map((ledger) => ledger.takeUnsettled(LATER, 20));
      await waitingFor(2);
      return { taking };
    });
    return (await Promise.all(takers.taking)).flatMap(({ operations }) => operations).length;
  }

  async function waitingFor(count: number): Promise<void> {
    for (;;) {
      const { rows } = await sql<{ n: string }>`
        select count(*) as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
      `.execute(plain);
      if (Number(rows[0]?.n) >= count) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
