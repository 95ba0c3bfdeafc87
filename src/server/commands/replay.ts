import { readFileSync } from 'node:fs';
import 'reflect-metadata';
import { providers } from '../../providers/index.js';
import { parseRecording } from '../recording/recording.js';
import { replay } from '../recording/replay.js';
import { fail, print } from './terminal.js';

/** Nothing could be decoded. */
const EXIT_UNREADABLE = 2;

/** Runs `upsell-graph replay`. Exits with 1 when a recording no longer fits the decoders. */
export async function replayFiles(files: readonly string[]): Promise<void> {
  for (const file of files) {
    try {
      const { provider, reads, records, drift, unanswered } = await replay(
        parseRecording(readFileSync(file, 'utf8')),
        providers,
      );
      const open = unanswered.length > 0 ? `, not recorded: ${[...new Set(unanswered)].join(', ')}` : '';
      print(`${file}: ${provider}, ${reads} reads, ${records} records decoded${open}`);
      for (const [path, count] of drift) print(`  ${path} ×${count}`);
      if (drift.size > 0) process.exitCode = 1;
    } catch (error) {
      fail(EXIT_UNREADABLE, `${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
