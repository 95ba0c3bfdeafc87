import { type Decisions, recordingChoices, seededChoices } from './choices.js';
import { Coverage } from './coverage.js';
import { runSchedule } from './schedule.js';
import { replay, shrink } from './shrink.js';

export interface Search {
  readonly firstSeed: number;
  /** Whether to try another schedule after so many. */
  goesOn(tried: number): boolean;
}

/** A schedule that breaks a law, as small as it could be made. */
export interface Failure {
  readonly seed: number;
  readonly law: string;
  readonly decisions: Decisions;
  readonly story: readonly string[];
}

export interface Findings {
  readonly tried: number;
  readonly failure: Failure | null;
  readonly coverage: Coverage;
}

/** Tries one schedule after the other until one breaks a law. */
export async function search({ firstSeed, goesOn }: Search): Promise<Findings> {
  const coverage = new Coverage();
  let tried = 0;
  for (; goesOn(tried); tried += 1) {
    const seed = firstSeed + tried;
    const { breach } = await runSchedule(seededChoices(seed), coverage);
    if (breach) return { tried: tried + 1, failure: await explain(seed), coverage };
  }
  return { tried, failure: null, coverage };
}

/** Runs the schedule of a seed again, shrinks it, and tells its story. Null when it breaks no law. */
export async function explain(seed: number): Promise<Failure | null> {
  const recording = recordingChoices(seededChoices(seed));
  const { breach } = await runSchedule(recording, new Coverage());
  if (!breach) return null;
  const decisions = await shrink(recording.decisions, breach.law);
  const { story } = await replay(decisions, { isTold: true });
  return { seed, law: breach.law, decisions, story };
}

export function describeFailure(failure: Failure): string {
  const { seed, law, story } = failure;
  return [`Seed ${seed} breaks the law "${law}":`, ...story, `Replay: ${replayCommand(failure)}`].join('\n');
}

/** Tells the same story again. */
export function replayCommand({ decisions }: Failure): string {
  return `npm run simulate -- --replay '${Array.from(decisions, ([site, index]) => `${site}=${index}`).join(',')}'`;
}

/** Reads the decisions of a replay command; null when they are none. */
export function readDecisions(text: string): Decisions | null {
  const entries = text.split(',').map((entry) => /^(.+#\d+)=(\d+)$/.exec(entry));
  const decisions = entries.flatMap((match) => (match?.[1] ? [[match[1], Number(match[2])] as const] : []));
  return decisions.length === entries.length ? new Map(decisions) : null;
}
