import type { WriteRun } from './write-run.js';

/** Lets the provider keep what a write that is in force means for later reads. A failure costs no more than that. */
export async function rememberWrite(run: WriteRun): Promise<void> {
  const { status, request, progress } = run.journal.operation;
  if (!progress || (status !== 'SUCCEEDED' && status !== 'PARTIAL')) return;
  try {
    await run.writer().remember?.(request, progress);
  } catch (error) {
    run.report('what a write did could not be remembered', error);
  }
}
