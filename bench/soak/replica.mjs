/**
 * The real server on real storage, with deadlines short enough for many rounds. Run as `node replica.mjs <config file>`;
 * prints its URL when it listens, and `takeovers <n>` whenever its recovery takes over operations left open.
 */
import 'reflect-metadata';
import { loadConfig } from '../../dist/config.js';
import { providers } from '../../dist/providers/index.js';
import { createLog } from '../../dist/server/log.js';
import { openStorage } from '../../dist/server/storage.js';
import { createUpsellServer } from '../../dist/server.js';

const loaded = loadConfig({ configPath: process.argv[2] ?? null, providers });
if (loaded.outcome !== 'loaded') throw new Error(loaded.message);
const { config } = loaded;
const clock = () => new Date();
const storage = await openStorage(config.storage);
const server = await createUpsellServer({
  config,
  clock,
  storage: { ...storage, ledger: countingTakeovers(storage.ledger) },
  writeTiming: { deadlineMs: 4_000, leaseMarginMs: 500, recoveryIntervalMs: 200 },
  log: createLog('warn'),
});
process.stdout.write(`${await server.listen()}\n`);

function countingTakeovers(ledger) {
  return {
    ...ledger,
    async takeUnsettled(...terms) {
      const taken = await ledger.takeUnsettled(...terms);
      if (taken.length > 0) process.stdout.write(`takeovers ${taken.length}\n`);
      return taken;
    },
  };
}
