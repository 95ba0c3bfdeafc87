import { expect, test } from '@jest/globals';
import { describeFailure, search } from './search.js';

const SCHEDULES = 20_000;
const FIRST_SEED = 1;
/** Under two minutes; beside other suites the same schedules have taken three times that. */
const CPU_MS = 300_000;
const LIMIT_MS = 900_000;

test(
  `holds every law in ${SCHEDULES} schedules, and comes to every state`,
  async () => {
    const begun = process.cpuUsage();
    const goesOn = (tried: number) => tried < SCHEDULES;
    const { failure, coverage } = await search({
      firstSeed: FIRST_SEED,
      goesOn,
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
