import { expect, test } from '@jest/globals';
import { runScript } from '../support/run-script.js';

const SCHEDULES = 20_000;
const LIMIT_MS = 900_000;

test(
  `holds every law in ${SCHEDULES} schedules, and comes to every state`,
  async () => {
    const { status, said } = await runScript('test/simulation/main.ts', '--schedules', String(SCHEDULES));
    process.stdout.write(said);
    expect(said).toContain(`${SCHEDULES} schedules, no law broken`);
    expect(said).not.toContain('No schedule came to');
    expect(status).toBe(0);
  },
  LIMIT_MS,
);
