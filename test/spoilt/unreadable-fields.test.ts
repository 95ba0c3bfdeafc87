import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import { providers } from '../../src/providers/index.js';
import { type Facts, readAll } from './read-all.js';
import { kindOf, type Recorded, recordShop } from './recorded-shop.js';
import { at, isRecord, type JsonRecord, objectPaths, type Spoil } from './spoil.js';

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
  [/ (?:title|variant_title|medium|url): /, 'a product and a picture are named in several places'],
];

/** Fields that identify a record: another value makes it another record. */
const IDENTIFIERS: ReadonlySet<string> = new Set(
  'id public_id external_product_id external_variant_id ecommerce contract contractId order line item product variantId billingAttemptId address_id purchase_item_id scheduled_at customer customer_id email'.split(
    ' ',
  ),
);

const summary: string[] = [];
afterAll(() => {
  process.stdout.write(`Unreadable fields: ${summary.join('; ')}\n`);
});

/** What nobody documents for a field of any kind. */
const UNREADABLE: readonly unknown[] = [{ strange: true }, [{ strange: true }, 7]];

interface Field {
  readonly label: string;
  readonly name: string;
  /** Where its record, and what is told of it elsewhere, has it. */
  readonly places: readonly { readonly answer: Recorded; readonly path: Spoil['path'] }[];
  /** Other values that can be read. */
  readonly others: readonly unknown[];
}

type Place = Field['places'][number];

/** Every field of every kind of object that holds a text, a number or a boolean. Of several objects of a kind, the middle one. */
function fieldsOf(answers: readonly Recorded[]): readonly Field[] {
  const places = answers.flatMap((answer) =>
    [...objectPaths(answer.body, [])].map((path): Place => ({ answer, path })),
  );
  const byKind = groupBy(places, ({ answer, path }) => kindOf(answer.request, path));
  const byIdentity = groupBy(places, (place) => identityOf(objectAt(place)));
  return [...byKind].flatMap(([kind, alike]) => {
    const place = alike[Math.floor(alike.length / 2)];
    if (!place) return [];
    const object = objectAt(place);
    const same = byIdentity.get(identityOf(object)) ?? [place];
    return Object.entries(object).flatMap(([name, value]) => {
      if (value === null || typeof value === 'object' || IDENTIFIERS.has(name)) return [];
      const values = alike.map((each) => objectAt(each)[name]);
      const named = same.filter((each) => name in objectAt(each));
      return [{ label: `${kind} ${name}`, name, places: named, others: othersOf(value, values) }];
    });
  });
}

function groupBy<T>(all: readonly T[], keyOf: (each: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
  return groups;
}

function objectAt({ answer, path }: Place): JsonRecord {
  const object = at(answer.body, path);
  return isRecord(object) ? object : {};
}

/** Tells objects apart by their identifiers; those without one by what they hold. */
function identityOf(object: JsonRecord): string {
  const id = object['public_id'] ?? object['id'] ?? object['line'] ?? object['order'] ?? object['subscription'];
  return typeof id === 'string' || typeof id === 'number' ? String(id) : JSON.stringify(object);
}

/** At most three readable values of a field: those of its like, and what comes near its own. */
function othersOf(value: unknown, alike: readonly unknown[]): readonly unknown[] {
  const near =
    typeof value === 'boolean'
      ? [!value]
      : typeof value === 'number'
        ? [value + 1]
        : typeof value === 'string' && /^\d+(?:\.\d\d)?$/.test(value)
          ? [value.replace(/^\d+/, (whole) => String(Number(whole) + 1))]
          : [];
  const scalars = alike.filter((each) => each !== null && each !== undefined && typeof each !== 'object');
  return [...new Set([...near, ...scalars])].filter((each) => each !== value).slice(0, 3);
}

/** Changes a field wherever it is told. */
function change({ places, name }: Field, value: unknown): ReadonlyMap<Recorded, unknown> {
  const changed = new Map<Recorded, unknown>();
  for (const { answer, path } of places) {
    const copy: unknown = changed.get(answer) ?? structuredClone(answer.body);
    Object(at(copy, path))[name] = value;
    changed.set(answer, copy);
  }
  return changed;
}

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
