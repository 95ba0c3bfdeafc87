import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import 'reflect-metadata';
import { type Config, loadConfig } from '../../config.js';
import { providers } from '../../providers/index.js';
import { createUpsellServer, type UpsellServer } from '../../server.js';
import { CannotListen } from '../listen.js';
import { createLog, type Logger } from '../log.js';
import { logStart, sandboxBanner } from '../startup-banner.js';
import { ignoreHangup, stopOnSignals } from '../stop-signals.js';
import { EXIT_CONFIG, fail, print } from './terminal.js';
import { withStorageProblems } from './with-storage.js';

const MEMORY_FLAGS = [
  // Heap growth beyond the live objects. By default V8 lets four times as much accumulate where memory is available.
  '--heap-growing-percent=80',
  // V8 would allocate short-lived objects as long-lived, because some requests wait for a provider: see `docs/decisions`.
  '--no-allocation-site-pretenuring',
];

/** Runs `upsell-graph`. */
export async function start(configPath: string | null, sandbox: boolean): Promise<void> {
  for (const flag of MEMORY_FLAGS) setFlagsFromString(flag);
  const loaded = loadConfig({ configPath, sandbox, providers });
  if (loaded.outcome === 'invalid') return fail(EXIT_CONFIG, loaded.message);

  const { config } = loaded;
  const log = createLog(config.mode === 'sandbox' ? 'warn' : 'info');
  // When an entry of a list fails, graphql-js drops the promises of the others; their rejections must not end the process.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  await withStorageProblems(async () => {
    const server = await assemble(config, log);
    if (!server) return;
    ignoreHangup(log);
    stopOnSignals(
      (signal) => stop(server, config, signal),
      (error) => log.error({ err: error }, 'shutdown failed'),
    );
    try {
      const url = await server.listen();
      if (config.mode === 'sandbox') print(sandboxBanner(url, config, server.emulators));
      else logStart(log, url, config);
    } catch (error) {
      if (!(error instanceof CannotListen)) throw error;
      await server.close();
      fail(1, error.message);
    }
  });
}

/** Returns null when a port of the sandbox's emulators is in use, after telling the operator. */
async function assemble(config: Config, log: Logger): Promise<UpsellServer | null> {
  try {
    return await createUpsellServer({ config, log });
  } catch (error) {
    if (!(error instanceof CannotListen)) throw error;
    fail(1, error.message);
    return null;
  }
}

/** Stops after the drain delay, because load balancers send requests until their next check; at once in a terminal. */
async function stop(server: UpsellServer, { mode, server: settings }: Config, signal: NodeJS.Signals) {
  const { drainDelaySeconds, stopSeconds } = settings;
  server.announceStop();
  if (mode === 'configured' && signal !== 'SIGINT') await sleep(drainDelaySeconds * 1_000);
  const late = sleep(stopSeconds * 1_000, undefined, { ref: false }).then(() => {
    throw new Error(`what ran had not ended in ${stopSeconds} s`);
  });
  await Promise.race([server.close(), late]);
}
