import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import { providers } from '../../src/providers/index.js';
import { type Facts, readAll } from './read-all.js';
import { change, fieldsOf } from './fields.js';
import { type Recorded, recordShop } from './recorded-shop.js';

/*
 * A value that cannot be read is no value: what it stands for is unknown, and never what it would be by default. Changes
 * each field that matters to something readable, to see which records it decides, and then to something unreadable: what is
 * said of those records may be neither what was said before nor what was said of the readable value.
 */

/** Fields whose values may stay unknown although something is said that depends on them, and why. */
const HARMLESS: readonly (readonly [field: RegExp, reason: string])[] = [
  [/\.line_items\.data\.\[\] created_at: /, 'it only orders the lines'],
  [/\.checkout paid_at: /, 'the order was made by the payment'],
  [/ locked: of offersOf$/, 'an offer is shown, and its eligibility says that it is not known'],
  [/ has_uncommitted_changes: /, 'a rebuild that may be due is taken for one that is'],
  [/ pagination count: /, 'the pages go on to an empty one, and the shop has no further one on record'],
  [/ (?:title|variant_title|medium|url): /, 'a product and a picture are named in several places'],
];

const summary: string[] = [];
afterAll(() => {
  process.stdout.write(`Unreadable fields: ${summary.join('; ')}\n`);
});

/** What nobody documents for a field of any kind. */
const UNREADABLE: readonly unknown[] = [{ strange: true }, [{ strange: true }, 7]];

/** What is said of a record: each fact by its path. */
type Said = ReadonlyMap<string, unknown>;

/** What is said of all records, by where they were read and their keys. */
function saidIn({ lists, records }: Facts): ReadonlyMap<string, Said> {
  const listed = [...lists].flatMap(([name, { items }]) =>
    [...items].map(([key, text]): [string, string] => [`${name} ${key}`, text]),
  );
  return new Map([...listed, ...records].map(([key, text]) => [key, new Map(factsIn(parse(text), ''))]));
}

function parse(text: string): unknown {
  return text === 'missing' || text === 'failed' ? null : JSON.parse(text);
}

function* factsIn(value: unknown, path: string): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null) {
    if (!isNothing(value)) yield [path, value];
    return;
  }
  for (const [name, each] of Object.entries(value)) yield* factsIn(each, `${path}.${name}`);
}

function isNothing(value: unknown): boolean {
  return value === null || value === 'UNKNOWN' || value === 'PROVIDER_UNAVAILABLE';
}

/** Whether just what is said is one of two readings that differ, and that one says something. */
function saysAs(said: Said, reading: Said, other: Said): boolean {
  const saysMore = [...reading].some(([path, fact]) => other.get(path) !== fact);
  return saysMore && isDeepStrictEqual(said, reading);
}

describe('a field that cannot be read says nothing', () => {
  test.each(Object.keys(providers))(
    '%s',
    async (name) => {
      const { actor, wanted, answers, connectWith, close } = await recordShop(name);
      const read = async (changed: ReadonlyMap<Recorded, unknown>) =>
        saidIn(await readAll(connectWith(changed, 'refused'), actor, wanted, 'with judgements'));
      const before = await read(new Map());
      const wrong = new Set<string>();
      let decisive = 0;
      let tried = 0;
      for (const field of fieldsOf(answers)) {
        const readable: ReadonlyMap<string, Said>[] = [];
        for (const other of field.others) readable.push(await read(change(field, other)));
        if (!readable.some((each) => !isDeepStrictEqual(each, before))) continue;
        decisive += 1;
        for (const value of UNREADABLE) {
          tried += 1;
          const after = await read(change(field, value));
          for (const [key, was] of before) {
            const said = after.get(key);
            const isRead = readable.some((each) => {
              const is = each.get(key);
              return said && is && (saysAs(said, was, is) || saysAs(said, is, was));
            });
            const fault = `${field.label}: of ${key.split(' ')[0]}`;
            if (isRead && !HARMLESS.some(([pattern]) => pattern.test(fault))) wrong.add(fault);
          }
        }
      }
      summary.push(`${name} ${decisive} fields that decide something, ${tried} unreadable values`);
      await close();
      expect([...wrong]).toEqual([]);
      expect(decisive).toBeGreaterThan(4);
    },
    600_000,
  );
});
