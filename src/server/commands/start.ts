import { setFlagsFromString } from 'node:v8';
import 'reflect-metadata';
import { loadConfig } from '../../config.js';
import { providers } from '../../providers/index.js';
import { createUpsellServer } from '../../server.js';
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
  await withStorageProblems(async () => {
    const server = await createUpsellServer({ config, log });
    ignoreHangup(log);
    stopOnSignals(server.close, (error) => log.error({ err: error }, 'stopping failed'));
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
