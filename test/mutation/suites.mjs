import { readdirSync } from 'node:fs';

const providers = readdirSync('test/providers', { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? entry.name : [],
);

/** The suites that judge the mutants of a folder: those that are meant to notice, and quick enough to be run for each. */
export const suitesOf = {
  'src/domain': ['test/unit/*.test.ts', 'test/operations/*.test.ts'],
  'src/operations': ['test/operations/*.test.ts', 'test/mutation/laws.ts'],
  'src/storage': ['test/storage/storage.test.ts', 'test/simulation/sql-ledger.test.ts'],
  'src/auth': ['test/auth/*.test.ts', 'test/unit/*.test.ts'],
  'src/providers/kit': ['test/providers/kit.test.ts'],
  ...Object.fromEntries(providers.map((name) => [`src/providers/${name}`, [`test/providers/${name}/*.test.ts`]])),
};
