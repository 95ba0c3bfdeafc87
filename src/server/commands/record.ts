import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import 'reflect-metadata';
import { type Config, loadConfig } from '../../config.js';
import type { RecordOptions } from '../../config/command-line.js';
import { createTransport } from '../../http/transport.js';
import { providers } from '../../providers/index.js';
import { createUpsellServer } from '../../server.js';
import { createLog } from '../log.js';
import { recordReads } from '../recording/record-reads.js';
import { createRecorder, type FinishedRecording, type Recorder } from '../recording/recorder.js';
import { logStart } from '../startup-banner.js';
import { stopOnSignals } from '../stop-signals.js';
import { EXIT_CONFIG, fail, print } from './terminal.js';

type Configured = Extract<Config, { readonly mode: 'configured' }>;

/** Runs `upsell-graph record`. Exits with 1 when a recording was refused. */
export async function record(configPath: string | null, options: RecordOptions): Promise<void> {
  const loaded = loadConfig({ configPath, providers });
  if (loaded.outcome === 'invalid') return fail(EXIT_CONFIG, loaded.message);
  const { config } = loaded;
  if (config.mode === 'sandbox')
    return fail(EXIT_CONFIG, 'A sandbox has no traffic of providers to record. Name a file with --config.');
  const recorder = createRecorder();
  const taps = { ...config, accounts: config.accounts.map((each) => ({ ...each, provider: recorder.tapReads(each) })) };
  if (options.serve) return serve(taps, recorder, options.folder);
  await recordReads(taps, recorder, options);
  write(recorder.finish(), options.folder);
}

async function serve(config: Configured, recorder: Recorder, folder: string): Promise<void> {
  const log = createLog('info');
  const server = await createUpsellServer({
    config,
    log,
    transportFor(account, connections) {
      const transport = createTransport({ connections });
      return { ...transport, send: recorder.tap(transport.send, account) };
    },
  });
  stopOnSignals(
    async () => {
      await server.close();
      if (!write(recorder.finish(), folder)) throw new Error('a recording was not written');
    },
    (error) => log.error({ err: error }, 'shutdown failed'),
  );
  logStart(log, await server.listen(), config);
}

/** Writes recordings, and returns whether none was refused. */
function write(recordings: readonly FinishedRecording[], folder: string): boolean {
  mkdirSync(folder, { recursive: true });
  for (const { account, text, exchanges, leftOut, survivors } of recordings) {
    const without = leftOut > 0 ? `; ${leftOut} without JSON were left out` : '';
    if (text === null) {
      fail(1, `${account}: not written, ${survivors} original values were found after they had been replaced`);
      continue;
    }
    const file = join(folder, `${account}.json`);
    writeFileSync(file, text, { mode: 0o600 });
    print(`${account}: ${exchanges} exchanges in ${file}${without}`);
  }
  return recordings.every(({ text }) => text !== null);
}
