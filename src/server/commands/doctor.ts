import 'reflect-metadata';
import { loadConfig } from '../../config.js';
import { providers } from '../../providers/index.js';
import { examine } from '../doctor/examine.js';
import { describeChecks, hasFailure } from '../doctor/report.js';
import { fail, print } from './terminal.js';

/** Nothing could be examined. */
const EXIT_NOT_EXAMINED = 2;

export interface DoctorOptions {
  readonly configPath: string | null;
  readonly customers: Readonly<Record<string, string>>;
  readonly json: boolean;
}

/** Runs `upsell-graph doctor`. Exits with 0, or with 1 when a check failed. */
export async function doctor({ configPath, customers, json }: DoctorOptions): Promise<void> {
  const loaded = loadConfig({ configPath, providers });
  if (loaded.outcome === 'invalid') return fail(EXIT_NOT_EXAMINED, loaded.message);
  const { config } = loaded;
  if (config.mode === 'sandbox')
    return fail(EXIT_NOT_EXAMINED, 'A sandbox depends on nothing. Name a file with --config.');
  const checks = await examine(config, { customers });
  print(json ? JSON.stringify({ checks }, null, 2) : describeChecks(checks));
  if (hasFailure(checks)) process.exitCode = 1;
}
