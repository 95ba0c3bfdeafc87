import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { emulators } from '../../src/emulators/index.js';
import { providers } from '../../src/providers/index.js';
import { whenPostgres } from '../storage/postgres.js';
import { loadPart } from '../subjects/parts.js';
import { crashAll, type CrashedProvider, type CrashResults, type CrashSetting } from './crash-shop.js';
import { inOrder } from './crash-subject.js';

const LIMIT_MS = 1_200_000;

const crashed = Array.from(await loadPart('crash'), ([name, subject]) => ({
  title: providers[name as keyof typeof providers].title,
  emulator: emulators[name as keyof typeof emulators],
  subject,
}));

/** Writes of which another replica hears that runs all the while. */
const together: readonly CrashedProvider[] = crashed.map(({ title, ...of }) => ({
  name: title,
  ...of,
  writes: of.subject.writes,
}));

const alone: readonly CrashedProvider[] = crashed.flatMap(({ title, ...of }) =>
  of.subject.alone ? { name: `${title}, with no other replica`, ...of, writes: of.subject.alone } : [],
);

describe('killed with an embedded ledger', () => crashMatrix({ storage: 'embedded', fate: 'killed' }));
whenPostgres('killed with a ledger in PostgreSQL', () => crashMatrix({ storage: 'postgres', fate: 'killed' }));
// One process has the embedded ledger, which may stand locked while it sleeps.
whenPostgres('frozen with a ledger in PostgreSQL', () => crashMatrix({ storage: 'postgres', fate: 'frozen' }));

function crashMatrix(setting: CrashSetting) {
  const runs: Promise<ReadonlyMap<string, CrashResults>>[] = [];
  // A process that sleeps is never alone: it wakes.
  const chosen = setting.fate === 'killed' ? [...together, ...alone] : together;

  // Side by side: most of their time goes into waiting for leases to end.
  beforeAll(() => {
    runs.push(crashAll(together, setting));
    if (setting.fate === 'killed') runs.push(crashAll(alone, { ...setting, isAlone: true }));
    // The tests hear of it.
    for (const run of runs) run.catch(() => {});
  });

  afterAll(async () => {
    await Promise.allSettled(runs);
  }, LIMIT_MS);

  describe.each(chosen)('at $name', ({ name, writes }) => {
    let results: CrashResults | undefined;
    beforeAll(async () => {
      results = (await Promise.all(runs)).flatMap((run) => run.get(name) ?? [])[0];
    }, LIMIT_MS);

    test.each(writes)('$title', ({ title, rows }) => {
      expect(results?.rows.get(title)).toEqual(rows);
    });

    test('a write passes the named points and no others', () => {
      expect(results?.points).toEqual(inOrder.map(([at]) => at));
    });
  });
}
