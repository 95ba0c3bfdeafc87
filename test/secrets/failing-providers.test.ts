import { expect, test } from '@jest/globals';
import { subjectOf, subjects } from '../subjects/index.js';
import type { FullStack } from '../support/full-stack.js';
import { type Ask, BY_KEY, Drive } from './drive.js';
import { faults } from './faults.js';
import { SecretRun } from './secret-run.js';

const run = new SecretRun();

/** Shops open at a time: most of them wait for answers that do not come. */
const AT_A_TIME = 8;

/** Has every provider fail in one way at every write, then at everything, while recovery looks for what was lost. */
async function failAt(stack: FullStack, fault: string): Promise<readonly string[]> {
  const ask = await run.askerAt(stack);
  const drive = await Drive.start(ask, run.card);
  await drive.readAll();
  const struck: string[] = [];
  const during = async <Result>(what: 'reads' | 'writes', work: () => Promise<Result>): Promise<Result> => {
    for (const { name, emulator } of stack.fixtures) {
      emulator.faults.clear();
      for (const match of what === 'writes' ? subjectOf(name).writeRequests : [{}]) {
        emulator.faults.add({ match, times: 'always', action: faults[fault] ?? { kind: 'reset' } });
      }
    }
    const result = await work();
    const hit = stack.fixtures.filter(({ emulator }) => emulator.faults.list().some((each) => each.struck > 0));
    struck.push(...hit.map(({ name }) => `${name}: ${what}: ${fault}`));
    return result;
  };
  const keys = await during('writes', () => drive.writeAll());
  await during('reads', () => drive.readAll());
  for (const { emulator } of stack.fixtures) emulator.faults.clear();
  await recover(ask, keys);
  await run.close(stack);
  return struck;
}

/** Asks until recovery has settled them, or has had its chances. */
async function recover(ask: Ask, keys: readonly string[]): Promise<void> {
  for (let look = 0; look < 20; look += 1) {
    const answers = await Promise.all(keys.map((key) => ask(BY_KEY, { key })));
    if (!answers.some((answer) => /"status":"(PENDING|INDETERMINATE)"/.test(answer))) return;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

function pathsOf(fault: string): readonly string[] {
  return [...subjects.keys()].flatMap((provider) => [`${provider}: writes: ${fault}`, `${provider}: reads: ${fault}`]);
}

test('no secret and no person is seen when providers fail in any way and repeat all they were sent', async () => {
  const waiting = Object.keys(faults);
  const struck: string[] = [];
  const work = async () => {
    for (let fault = waiting.shift(); fault !== undefined; fault = waiting.shift()) {
      const storage = await run.storage(waiting.length % 3 === 0 ? 'database' : 'file');
      struck.push(...(await failAt(await run.open(storage), fault)));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  // On a busy machine the time of a request may be over before its provider is asked: such a fault is tried again, alone.
  for (let round = 0; round < 3; round += 1) {
    for (const fault of Object.keys(faults)) {
      if (pathsOf(fault).every((path) => struck.includes(path))) continue;
      struck.push(...(await failAt(await run.open(await run.storage('file')), fault)));
    }
  }
  run.paths += new Set(struck).size;
  expect(await run.findings()).toEqual([]);
  expect(
    Object.keys(faults)
      .flatMap(pathsOf)
      .filter((path) => !struck.includes(path)),
  ).toEqual([]);
}, 600_000);
