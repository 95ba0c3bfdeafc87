import { type Decisions, replayingChoices } from './choices.js';
import { Coverage } from './coverage.js';
import { type Outcome, runSchedule } from './schedule.js';

/** Schedules tried while shrinking one. */
const MAX_TRIES = 1_500;

/** Leaves out of a failing schedule what it takes not to break the same law, and makes the rest plainer. */
export async function shrink(decisions: Decisions, law: string): Promise<Decisions> {
  let tries = 0;
  let smallest = decisions;

  async function accept(candidate: Decisions): Promise<boolean> {
    if (tries >= MAX_TRIES) return false;
    tries += 1;
    const { breach } = await replay(candidate, { isTold: false });
    if (breach?.law !== law) return false;
    smallest = candidate;
    return true;
  }

  for (let before = -1; before !== weightOf(smallest) && tries < MAX_TRIES;) {
    before = weightOf(smallest);
    for (let size = Math.ceil(smallest.size / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let from = 0; from < smallest.size;) {
        const kept = [...smallest].filter((_, index) => index < from || index >= from + size);
        if (!(await accept(new Map(kept)))) from += size;
      }
    }
    for (const [site, index] of smallest) {
      for (let plainer = 1; plainer < index; plainer += 1) {
        if (await accept(new Map(smallest).set(site, plainer))) break;
      }
    }
  }
  return smallest;
}

export function replay(decisions: Decisions, options: { readonly isTold: boolean }): Promise<Outcome> {
  return runSchedule(replayingChoices(decisions), new Coverage(), options);
}

function weightOf(decisions: Decisions): number {
  let sum = 0;
  for (const index of decisions.values()) sum += 1 + index;
  return sum;
}
