import { ProviderFailure } from '../domain/problem.js';
import type { InspectResult, WriteProgress, WriteRequest, Writer } from '../domain/write.js';
import type { WriteRun } from './write-run.js';

/** Waits between looks, in milliseconds; the last repeats. */
const WAITS = [150, 350, 750, 1500];

/**
 * Settles a lost answer by reading until the write shows, or until the settling time has passed without a trace.
 * `unclear` when the request's time runs out first: recovery goes on with it.
 */
export async function reconcileStep(
  run: Pick<WriteRun, 'writer' | 'budget' | 'settlingMs'>,
  step: string,
  request: WriteRequest,
  progress: WriteProgress,
): Promise<InspectResult> {
  const lostAt = run.budget.elapsedMs();
  for (let look = 0; ; look += 1) {
    const isFinal = run.budget.elapsedMs() - lostAt >= run.settlingMs;
    const inspected = await inspectStep(run.writer(), step, request, progress);
    if (inspected.state === 'applied') return inspected;
    if (inspected.state === 'no_trace' && isFinal) return inspected;
    const wait = WAITS[Math.min(look, WAITS.length - 1)] ?? 0;
    if (await run.budget.pause(wait)) continue;
    return inspected.state === 'unclear' ? inspected : { state: 'unclear', problem: null };
  }
}

/** One look; a provider that cannot be read leaves it unclear. */
export async function inspectStep(
  writer: Writer<WriteRequest>,
  step: string,
  request: WriteRequest,
  progress: WriteProgress,
): Promise<InspectResult> {
  try {
    return await writer.inspect(step, request, progress);
  } catch (error) {
    if (error instanceof ProviderFailure) return { state: 'unclear', problem: error.problem };
    throw error;
  }
}
