import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import 'reflect-metadata';
import { type Config, loadConfig } from '../../config.js';
import { providers } from '../../providers/index.js';
import { createUpsellServer, type UpsellServer } from '../../server.js';
import { describeSandbox, logStart } from '../describe-start.js';
import { CannotListen } from '../listen.js';
import { createLog } from '../log.js';
import { ignoreHangup, stopOnSignals } from '../stop-signals.js';
import { EXIT_CONFIG, fail, print } from './terminal.js';
import { withStorageProblems } from './with-storage.js';

const MEMORY_FLAGS = [
  // By so much may the heap outgrow what lives in it. V8 would let four times as much pile up where there is memory.
  '--heap-growing-percent=80',
  // V8 would take what a request makes for long-lived, because some requests wait for a provider: see `docs/decisions`.
  '--no-allocation-site-pretenuring',
];

/** `upsell-graph` */
export async function start(configPath: string | null, sandbox: boolean): Promise<void> {
  for (const flag of MEMORY_FLAGS) setFlagsFromString(flag);
  const loaded = loadConfig({ configPath, sandbox, providers });
  if (loaded.outcome === 'invalid') return fail(EXIT_CONFIG, loaded.message);

  const { config } = loaded;
  const log = createLog(config.mode === 'sandbox' ? 'warn' : 'info');
  // Where a list of records fails at once, graphql-js forgets the promises of its other entries: that is no reason to end.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a failure that nobody waited for'));
  await withStorageProblems(async () => {
    const server = await createUpsellServer({ config, log });
    ignoreHangup(log);
    stopOnSignals(
      (signal) => stop(server, config, signal),
      (error) => log.error({ err: error }, 'stopping failed'),
    );
    try {
      const url = await server.listen();
      if (config.mode === 'sandbox') print(describeSandbox(url, config, server.emulators));
      else logStart(log, url, config);
    } catch (error) {
      if (!(error instanceof CannotListen)) throw error;
      await server.close();
      fail(1, error.message);
    }
  });
}

/** Balancers go on sending requests until they have asked again. Somebody at a terminal has none. */
async function stop(server: UpsellServer, { mode, server: { drainDelaySeconds } }: Config, signal: NodeJS.Signals) {
  server.announceStop();
  if (mode === 'configured' && signal !== 'SIGINT') await sleep(drainDelaySeconds * 1_000);
  await server.close();
}
