/**
 * The real server on real storage, with deadlines short enough for many rounds. Run as `node replica.mjs <config file>
 * <how far its clock is off, in milliseconds>`; prints its URL when it listens, and `takeovers <n>` whenever its recovery
 * takes over operations left open.
 */
import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '../../dist/config.js';
import { providers } from '../../dist/providers/index.js';
import { createLog } from '../../dist/server/log.js';
import { openStorage } from '../../dist/server/storage.js';
import { createUpsellServer } from '../../dist/server.js';

/** A database that is out of order is waited for, as an orchestrator would start the process again. */
const STARTS = 60;

const [, , configFile, skewText = '0'] = process.argv;
const skewMs = Number(skewText);
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [RealDate.now() + skewMs] : parts));
  }
  static now() {
    return RealDate.now() + skewMs;
  }
};

const loaded = loadConfig({ configPath: configFile ?? null, providers });
if (loaded.outcome !== 'loaded') throw new Error(loaded.message);
const { config } = loaded;
const clock = () => new Date();
const storage = await openWhenThere();
const server = await createUpsellServer({
  config,
  clock,
  storage: { ...storage, ledger: countingTakeovers(storage.ledger) },
  writeTiming: { deadlineMs: 8_000, recoveryIntervalMs: 200 },
  log: createLog('warn'),
});
process.stdout.write(`${await server.listen()}\n`);

async function openWhenThere() {
  for (let start = 1; ; start += 1) {
    try {
      return await openStorage(config.storage);
    } catch (error) {
      if (start === STARTS) throw error;
      await sleep(1_000);
    }
  }
}

function countingTakeovers(ledger) {
  return {
    ...ledger,
    async takeUnsettled(...terms) {
      const taken = await ledger.takeUnsettled(...terms);
      if (taken.operations.length > 0) process.stdout.write(`takeovers ${taken.operations.length}\n`);
      return taken;
    },
  };
}
