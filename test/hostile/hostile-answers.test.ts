import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Transport } from '../../src/domain/transport.js';
import { providers } from '../../src/providers/index.js';
import { Drive } from '../secrets/drive.js';
import { subjects, unlimitedSwitches } from '../subjects/index.js';
import { type FullStack, startFullStack } from '../support/full-stack.js';
import { incivilitiesOf } from './civil.js';
import { mutateText, type Mutation, mutation } from './mutate-json.js';
import { LONG_ENOUGH_MS, printWhatWasTried, tryAll } from './try-all.js';

printWhatWasTried();

/** Which answers of a provider are spoilt, and how: of those it gives, counted round, one in so many. */
interface Spoiling {
  readonly provider: string;
  readonly first: number;
  readonly every: number;
  readonly mutations: readonly Mutation[];
}

let stack: FullStack;
let drive: Drive;
let spoiling: Spoiling | null = null;
let answers = 0;
let spoilt = 0;
const paths = new Map<string, Set<string>>();
const log: string[] = [];

/** Real answers of the emulator, changed on their way. */
function spoilingTransport(send: Transport, provider: string): Transport {
  return async (request) => {
    const answer = await send(request);
    if (spoiling === null || providers[spoiling.provider as keyof typeof providers].key !== provider) return answer;
    answers += 1;
    if (answers % spoiling.every !== spoiling.first % spoiling.every) return answer;
    spoilt += 1;
    const seen = paths.get(spoiling.provider) ?? new Set();
    paths.set(spoiling.provider, seen.add(`${request.method} ${request.urlTemplate}`));
    return { ...answer, text: spoiling.mutations.reduce(mutateText, answer.text) };
  };
}

async function ask(query: string, variables: object): Promise<string> {
  const authorization = await stack.bearer();
  const answer = await stack.send({ query, variables }, { authorization });
  const bad = [
    ...incivilitiesOf(answer),
    ...log.splice(0).filter((line) => /"level":"(error|fatal)"|without a classified/.test(line)),
  ];
  expect({ spoiling, query, bad }).toEqual({ spoiling, query, bad: [] });
  return answer.text;
}

beforeAll(async () => {
  stack = await startFullStack({
    switches: unlimitedSwitches,
    parallel: 64,
    settings: Object.fromEntries([...subjects.keys()].map((name) => [name, { settlingSeconds: 0 }])),
    parts: { writeTiming: { deadlineMs: 2_000, recoveryIntervalMs: 100 } },
    log: { level: 'trace', write: (line) => log.push(line) },
    between: (send, { provider }) => spoilingTransport(send, provider),
  });
  drive = await Drive.start(ask, { klarna_order: 'k-1' });
});

afterAll(async () => {
  await stack.close();
  const endpoints = Array.from(paths.values()).reduce((sum, { size }) => sum + size, 0);
  process.stdout.write(`Hostile answers: ${spoilt} spoilt, of ${endpoints} endpoints of ${paths.size} providers\n`);
});

const inputs = (provider: string): fc.Arbitrary<Spoiling> =>
  fc.record({
    provider: fc.constant(provider),
    first: fc.nat(20),
    every: fc.constantFrom(1, 1, 2, 3, 5),
    mutations: fc.array(mutation, { minLength: 1, maxLength: 3 }),
  });

describe.each([...subjects.keys()])('an answer of %s that is not as documented', (provider) => {
  test(
    'costs what it was about, and is a problem with a code',
    () =>
      tryAll(`rounds of spoilt answers of ${provider}`, 10, inputs(provider), async (input) => {
        spoiling = input;
        await drive.readAll();
        await drive.writeAll();
        spoiling = null;
        stack.fixture(provider).emulator.reset();
      }),
    LONG_ENOUGH_MS,
  );
});
