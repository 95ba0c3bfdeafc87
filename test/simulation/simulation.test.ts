import { describe, expect, test } from '@jest/globals';
import { knownBreaches, withstoodFaults } from './known-breaches.js';
import { describeFailure, replayCommand, search } from './search.js';
import { replay } from './shrink.js';

const SCHEDULES = 20_000;
const FIRST_SEED = 1;
/** Some 40 s on a quiet machine; beside other suites the same schedules have taken three times that. */
const CPU_MS = 300_000;
const LIMIT_MS = 900_000;

/** Each known breach is found well within so many. */
const SCHEDULES_A_BREACH = 4_000;

test(
  `holds every law in ${SCHEDULES} schedules of what it withstands, and comes to every state`,
  async () => {
    const begun = process.cpuUsage();
    const goesOn = (tried: number) => tried < SCHEDULES;
    const { failure, coverage } = await search({
      firstSeed: FIRST_SEED,
      goesOn,
      conditions: { faults: withstoodFaults },
    });
    const { user, system } = process.cpuUsage(begun);
    const cpuMs = (user + system) / 1_000;
    process.stdout.write(`${SCHEDULES} schedules, ${Math.round(cpuMs / 1_000)} s of CPU\n${coverage.report()}\n`);
    expect(failure ? describeFailure(failure) : null).toBeNull();
    expect(coverage.unreached).toEqual([]);
    expect(cpuMs).toBeLessThan(CPU_MS);
  },
  LIMIT_MS,
);

describe('an expected failure', () => {
  test.each(knownBreaches)(
    '$name: with "$faults.0" the law "$law" is broken: $reason',
    async ({ name, faults, law }) => {
      const conditions = { faults: withstoodFaults, always: faults, laws: new Set([law]) };
      const goesOn = (tried: number) => tried < SCHEDULES_A_BREACH;
      const { tried, failure } = await search({ firstSeed: FIRST_SEED, goesOn, conditions });
      if (!failure) throw new Error(`no schedule of ${tried} broke it: take it off the known breaches`);
      process.stdout.write(`${name} was found after ${tried} schedules. Its story: ${replayCommand(failure)}\n`);
      expect(failure.law).toBe(law);
      // The shrunk schedule is a case of its own: it tells the same story each time.
      const { breach, story } = await replay(failure.decisions, conditions, { isTold: true });
      expect(breach?.law).toBe(law);
      expect(story).toEqual(failure.story);
    },
    LIMIT_MS,
  );
});
