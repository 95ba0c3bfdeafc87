import { expect, test } from '@jest/globals';
import { seededChoices } from '../simulation/choices.js';
import { Coverage } from '../simulation/coverage.js';
import { runSchedule } from '../simulation/schedule.js';

/** Few enough to be tried again for each mutant. */
const SCHEDULES = 400;

test('the laws hold in some simulated schedules', async () => {
  const coverage = new Coverage();
  for (let seed = 1; seed <= SCHEDULES; seed += 1) {
    const { breach } = await runSchedule(seededChoices(seed), coverage);
    expect([seed, breach]).toEqual([seed, null]);
  }
});
