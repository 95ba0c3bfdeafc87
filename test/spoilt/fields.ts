import { kindOf, type Recorded } from './recorded-shop.js';
import { at, isRecord, type JsonRecord, objectPaths, type Spoil } from './spoil.js';

/** Fields that identify a record: another value makes it another record. */
const IDENTIFIERS: ReadonlySet<string> = new Set(
  'id public_id external_product_id external_variant_id ecommerce contract contractId order line item product variantId billingAttemptId address_id purchase_item_id scheduled_at customer customer_id email'.split(
    ' ',
  ),
);

/** A field of one object, wherever the answers tell it. */
export interface Field {
  readonly label: string;
  readonly name: string;
  /** Where its record, and what is told of it elsewhere, has it. */
  readonly places: readonly { readonly answer: Recorded; readonly path: Spoil['path'] }[];
  /** Other values that can be read. */
  readonly others: readonly unknown[];
}

type Place = Field['places'][number];

/**
 * Every field of every kind of object that holds a text, a number or a boolean. Of several objects of a kind, the middle one.
 * `vocabulary`: words to try instead; then other texts are left out.
 */
export function fieldsOf(
  answers: readonly Recorded[],
  vocabulary: ReadonlyMap<string, readonly unknown[]> | null = null,
): readonly Field[] {
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
      const words = vocabulary?.get(name) ?? [];
      if (vocabulary && typeof value === 'string' && !words.includes(value)) return [];
      const others = vocabulary ? othersOf(value, words, 7) : othersOf(value, values, 3);
      return [{ label: `${kind} ${name}`, name, places: named, others }];
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

/** Readable values of a field: those of its like, and what comes near its own. */
function othersOf(value: unknown, alike: readonly unknown[], most: number): readonly unknown[] {
  const near =
    typeof value === 'boolean'
      ? [!value]
      : typeof value === 'number'
        ? [value + 1]
        : typeof value === 'string' && /^\d+(?:\.\d\d)?$/.test(value)
          ? [value.replace(/^\d+/, (whole) => String(Number(whole) + 1))]
          : [];
  const scalars = alike.filter((each) => each !== null && each !== undefined && typeof each !== 'object');
  return [...new Set([...near, ...scalars])].filter((each) => each !== value).slice(0, most);
}

/** Changes a field wherever it is told. */
export function change({ places, name }: Field, value: unknown): ReadonlyMap<Recorded, unknown> {
  const changed = new Map<Recorded, unknown>();
  for (const { answer, path } of places) {
    const copy: unknown = changed.get(answer) ?? structuredClone(answer.body);
    Object(at(copy, path))[name] = value;
    changed.set(answer, copy);
  }
  return changed;
}
