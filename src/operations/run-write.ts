import type { WriteProgress, WriteRequest, WriteTarget } from '../domain/write.js';
import { completeWrite } from './complete-write.js';
import { readTarget } from './read-target.js';
import { sendStep } from './send-step.js';
import type { WriteCommand } from './write-command.js';
import type { WriteRun } from './write-run.js';

/**
 * From a claimed key to a settled outcome: read the target, record the intent, send each write once, read back, settle.
 * Nothing is sent that is not on record, and nothing is sent twice on a guess. `lockName` is what this write holds.
 */
export async function runWrite(run: WriteRun, command: WriteCommand, lockName: string): Promise<void> {
  const target = await run.step('read_target', () => readTarget(run, command, lockName));
  if (!target) return;
  const progress = await sendAll(run, command.request, target);
  if (progress) await completeWrite(run);
}

async function sendAll(run: WriteRun, request: WriteRequest, target: WriteTarget): Promise<WriteProgress | null> {
  let progress: WriteProgress | null = { snapshot: target.snapshot, done: {} };
  for (const step of target.steps) {
    const before: WriteProgress = progress;
    progress = await run.step(step, () => sendStep(run, step, request, before));
    if (!progress) return null;
  }
  return progress;
}
