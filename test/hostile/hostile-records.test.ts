import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { ProviderFailure } from '../../src/domain/problem.js';
import { providers } from '../../src/providers/index.js';
import { readJson } from '../../src/providers/kit/json.js';
import { Drive } from '../secrets/drive.js';
import { unlimitedSwitches } from '../subjects/index.js';
import { type FullStack, startFullStack } from '../support/full-stack.js';
import { mutateText, mutation } from './mutate-json.js';
import { LONG_ENOUGH_MS, printWhatWasTried, tryAll } from './try-all.js';

printWhatWasTried();

type Decode = (value: unknown) => unknown;

/** By `provider file name`: everything that reads a record as it was sent. */
const decoders = new Map<string, Decode>();
const root = new URL('../../src/providers/', import.meta.url);
for (const provider of Object.keys(providers)) {
  for (const file of readdirSync(new URL(`${provider}/`, root)).filter((each) => each.endsWith('.ts'))) {
    const module: Readonly<Record<string, unknown>> = await import(
      `../../src/providers/${provider}/${file.replace('.ts', '.js')}`
    );
    for (const [name, exported] of Object.entries(module)) {
      if (/^decode[A-Z]/.test(name) && isDecoder(exported)) decoders.set(`${provider} ${file} ${name}`, exported);
    }
  }
}

/** Every object in an answer of the emulators, as text, by provider. */
const records = new Map<string, Set<string>>();
let stack: FullStack;

beforeAll(async () => {
  stack = await startFullStack({
    switches: unlimitedSwitches,
    parallel: 64,
    between:
      (send, { provider }) =>
      async (request) => {
        const answer = await send(request);
        const json = readJson(answer.text);
        const known = records.get(provider.toLowerCase()) ?? new Set<string>();
        records.set(provider.toLowerCase(), known);
        if (json.ok) for (const record of objectsIn(json.value)) known.add(JSON.stringify(record));
        return answer;
      },
  });
  const authorization = await stack.bearer();
  const ask = async (query: string, variables: object) =>
    (await stack.send({ query, variables }, { authorization })).text;
  const drive = await Drive.start(ask, { klarna_order: 'k-1' });
  await drive.readAll();
  await drive.writeAll();
});

afterAll(() => stack.close());

function isDecoder(value: unknown): value is Decode {
  return typeof value === 'function' && value.length === 1;
}

function* objectsIn(value: unknown): Generator<object> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value;
  for (const each of Object.values(value)) yield* objectsIn(each);
}

/** Null: it was a problem. */
function tryDecode(decode: Decode, text: string): unknown {
  const json = readJson(text);
  if (!json.ok) return null;
  try {
    return decode(json.value);
  } catch (error) {
    if (!(error instanceof ProviderFailure) || !isDrift(error)) throw error;
    return null;
  }
}

/** Its sentence names what is lacking and holds nothing of what was sent. */
function isDrift({ problem, message }: ProviderFailure): boolean {
  return problem.kind === 'CONTRACT_DRIFT' && /^An answer of the provider lacks [\w`' .,-]{1,80}\.$/.test(message);
}

describe('a record that is not as documented is a record with gaps or a problem, to', () => {
  test.each([...decoders.keys()])(
    '%s',
    async (name) => {
      const decode = decoders.get(name) ?? (() => null);
      const [provider = ''] = name.split(' ');
      const real = [...(records.get(provider) ?? [])].filter((text) => tryDecode(decode, text) !== null);
      expect(real.length).toBeGreaterThan(0);
      const samples = real.toSorted((one, other) => other.length - one.length).slice(0, 40);
      const inputs = fc.record({
        text: fc.constantFrom(...samples),
        mutations: fc.array(mutation, { minLength: 1, maxLength: 4 }),
      });
      await tryAll('records', 250, inputs, ({ text, mutations }) => {
        tryDecode(decode, mutations.reduce(mutateText, text));
      });
    },
    LONG_ENOUGH_MS,
  );
});
