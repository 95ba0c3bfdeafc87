import { afterAll, describe, expect, test } from '@jest/globals';
import { providers } from '../../src/providers/index.js';
import { type Facts, readAll } from './read-all.js';
import { kindOf, recordShop } from './recorded-shop.js';
import { at, type Spoil, spoil, spoilsOf } from './spoil.js';

/** Fields that say whose a record is: another value takes it away from the shopper. */
const OWNERS: ReadonlySet<string> = new Set(['customer', 'customer_id', 'email', 'live_mode']);

/** Fields that identify a record, or what it belongs to: another value makes it another record. */
const IDENTIFIERS: ReadonlySet<string> = new Set(
  'id public_id external_product_id external_variant_id ecommerce contract contractId subscription order line item product variantId billingAttemptId address_id purchase_item_id scheduled_at'.split(
    ' ',
  ),
);

const summary: string[] = [];

afterAll(() => {
  process.stdout.write(`Spoilt records: ${summary.join('; ')}\n`);
});

describe('a record with one field spoilt costs no other', () => {
  test.each(Object.keys(providers))(
    '%s',
    async (name) => {
      const { actor, shopper, wanted, answers, connectWith, close } = await recordShop(name);
      const before = await readAll(connectWith(new Map()), actor, wanted);
      let tried = 0;
      const kinds = new Set<string>();
      const wrong: string[] = [];
      for (const answer of answers) {
        const { request, body } = answer;
        const spoils = spoilsOf(body).filter(({ path }) => !kinds.has(kindOf(request, path)));
        for (const each of spoils) {
          tried += 1;
          const label = `${kindOf(request, each.path)} ${each.field} ${each.kind}`;
          try {
            const after = await readAll(connectWith(new Map([[answer, spoil(body, each)]])), actor, wanted);
            const faults = faultsOf(before, after, { row: rowOf(body, each), mayLeave: mayLeave(each), shopper });
            if (faults.length > 0) wrong.push(`${label}: ${faults.slice(0, 2).join('; ')}`);
          } catch (error) {
            wrong.push(`${label}: threw ${String(error)}`);
          }
        }
        for (const { path } of spoils) kinds.add(kindOf(request, path));
      }
      summary.push(`${name} ${kinds.size} kinds of records, ${tried} spoilt fields`);
      await close();
      expect(wrong).toEqual([]);
      expect(tried).toBeGreaterThan(100);
    },
    600_000,
  );
});

/** Whether the spoilt field makes it another record, or another shopper's. */
function mayLeave({ field, kind }: Spoil): boolean {
  return OWNERS.has(field) || (isAnother(kind) && IDENTIFIERS.has(field));
}

/** Whether the value can be read as an identifier. */
function isAnother(kind: Spoil['kind']): boolean {
  return kind === 'other type' || kind === 'out of range' || kind === 'unknown word';
}

/** The record of a list that is spoilt, with all it holds; null where the list itself is. */
function rowOf(body: unknown, { path, field, kind }: Spoil): string | null {
  // An item that names no order may be anybody's: then no order's lines are known to be whole.
  if (field === 'order' && !isAnother(kind)) return null;
  const inList = path.findIndex((step) => typeof step === 'number');
  if (inList < 0) return null;
  return JSON.stringify(at(body, path.slice(0, inList + 1)));
}

interface Spoilt {
  readonly row: string | null;
  readonly mayLeave: boolean;
  readonly shopper: string;
}

/** What of other records is not as it was, and what of this one went away without a word. */
function faultsOf(before: Facts, after: Facts, { row, mayLeave: may, shopper }: Spoilt): string[] {
  const faults: string[] = [];
  const isRelated = (key: string, text: string) => row === null || areRelated(row, key, text, shopper);
  for (const [name, was] of before.lists) {
    const is = after.lists.get(name);
    if (!is || is.failed) continue;
    for (const [key, text] of was.items) {
      const now = is.items.get(key);
      if (now !== text && !isRelated(key, text)) faults.push(`${name} ${key} is ${now ?? 'gone'}, another record`);
      if (now === undefined && is.problem === null && !may) faults.push(`${name} ${key} is gone silently`);
    }
    if (is.problem?.leftOut && !NAMES_WHAT_IS_LEFT_OUT.test(is.problem.detail)) {
      faults.push(`${name}: "${is.problem.detail}" names no record`);
    }
  }
  for (const [key, text] of before.records) {
    if (text === 'missing') continue;
    const now = after.records.get(key);
    const own = key.split(' ')[1] ?? '';
    if (now !== text && !isRelated(own, text)) faults.push(`${key} is ${now ?? 'not read'}, another record`);
    if (now === 'missing' && !may) faults.push(`${key} is missing`);
  }
  for (const text of [
    ...after.records.values(),
    ...[...after.lists.values()].flatMap(({ items }) => [...items.values()]),
  ]) {
    for (const [time, year] of text.matchAll(/"(?:at|date|startDate)":"([+-]?\d+)-[^"]*"/g)) {
      if (Number(year) < 1970 || Number(year) > 2199) faults.push(`the time ${time}`);
    }
    for (const [number] of text.matchAll(/(?<=:)-?\d{10,}(?=[,}])/g)) faults.push(`the number ${number}`);
  }
  return [...new Set(faults)];
}

const NAMES_WHAT_IS_LEFT_OUT = /\(record (?:number \d+|\S+)\)|another customer/;

/** Whether one names the other by an identifier: of the row's own, or of the record. */
function areRelated(row: string, key: string, text: string, shopper: string): boolean {
  const ids = Array.from(
    row.matchAll(
      /"(?:id|public_id|contract|order|line|item|product|external_product_id|external_variant_id|ecommerce|billingAttemptId|contractId|subscription|address_id|purchase_item_id)":"?([^",}]{1,80})/g,
    ),
    ([, id = '']) => id,
  );
  const parts = key.split(/[/:]/).concat(key);
  return (
    ids.some((id) => id !== shopper && id !== 'null' && text.includes(id)) ||
    parts.some((part) => part.length > 1 && row.includes(part))
  );
}
