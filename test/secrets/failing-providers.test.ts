import { expect, test } from '@jest/globals';
import { demoCheckouts } from '../../src/emulators/centra/scenarios/demo-checkouts.js';
import type { WholeShop } from '../whole-shop.js';
import { type Ask, BY_KEY, complete, readAll, writeAll } from './drive.js';
import { faults, writes } from './faults.js';
import { SecretRun } from './secret-run.js';

const run = new SecretRun();

/** Shops open at a time: most of them wait for answers that do not come. */
const AT_A_TIME = 8;

/** Has every provider fail in one way at every write, then at everything, while recovery looks for what was lost. */
async function failAt(shop: WholeShop, fault: string): Promise<readonly string[]> {
  const ask = await run.askerAt(shop);
  const order = await complete(ask, demoCheckouts.first, run.card);
  await readAll(ask, order);
  const struck: string[] = [];
  const during = async <Result>(what: 'reads' | 'writes', work: () => Promise<Result>): Promise<Result> => {
    for (const { name, emulator } of shop.stalls) {
      emulator.faults.clear();
      for (const match of what === 'writes' ? writes[name] : [{}]) {
        emulator.faults.add({ match, times: 'always', action: faults[fault] ?? { kind: 'reset' } });
      }
    }
    const result = await work();
    const hit = shop.stalls.filter(({ emulator }) => emulator.faults.list().some((each) => each.struck > 0));
    struck.push(...hit.map(({ name }) => `${name}: ${what}: ${fault}`));
    return result;
  };
  const keys = await during('writes', () => writeAll(ask, order, run.card));
  await during('reads', () => readAll(ask, order));
  for (const { emulator } of shop.stalls) emulator.faults.clear();
  await recover(ask, keys);
  await run.close(shop);
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
  run.paths += struck.length;
  expect(await run.findings()).toEqual([]);
  const paths = Object.keys(faults).flatMap((fault) =>
    Object.keys(writes).flatMap((provider) => [`${provider}: writes: ${fault}`, `${provider}: reads: ${fault}`]),
  );
  expect(paths.filter((path) => !struck.includes(path))).toEqual([]);
}, 600_000);
