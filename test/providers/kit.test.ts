import { describe, expect, test } from '@jest/globals';
import { found, missing } from '../../src/domain/lookup.js';
import { Money } from '../../src/domain/money.js';
import { unknownMoment } from '../../src/domain/moment.js';
import type { Order } from '../../src/domain/order.js';
import { problem, ProviderFailure } from '../../src/domain/problem.js';
import { sameEmailAddress } from '../../src/domain/same-customer.js';
import { windowUntil } from '../../src/domain/window.js';
import { apiPath, joinPaths } from '../../src/providers/kit/api-path.js';
import { chunk } from '../../src/providers/kit/chunks.js';
import {
  decodeEach,
  decodeList,
  type Infer,
  integer,
  listOf,
  noticingGaps,
  optionalBoolean,
  optionalDecimal,
  optionalInteger,
  optionalLongInteger,
  optionalText,
  record,
  requireList,
  requireObject,
  text,
} from '../../src/providers/kit/decode.js';
import { estimatedPreview } from '../../src/providers/kit/preview.js';
import { toEligibility } from '../../src/providers/kit/eligibility.js';
import { readJson } from '../../src/providers/kit/json.js';
import {
  attempt,
  attemptLookup,
  lookupIn,
  lookupRows,
  mapLookup,
  mapRecords,
} from '../../src/providers/kit/lookups.js';
import { createListPlan } from '../../src/providers/kit/list-plan.js';
import { memoizeById } from '../../src/providers/kit/memoize.js';
import { createRecordCollection } from '../../src/providers/kit/record-collection.js';
import {
  absolute,
  currencyCodeIn,
  currencyOf,
  currencyOfOrder,
  discountOf,
  reduction,
  sumOf,
  toMoney,
} from '../../src/providers/kit/money.js';
import { reasonsOfScheduledOrder } from '../../src/providers/kit/order-reasons.js';
import { isVisibleTo, keepOwn } from '../../src/providers/kit/ownership.js';
import {
  collectRows,
  decodePages,
  decodeRows,
  followPages,
  type Page,
  requireRows,
  rowsIn,
} from '../../src/providers/kit/pages.js';
import { identity, toProductRef } from '../../src/providers/kit/references.js';
import { anItem, decodeAnswer, refusalOf, toSendResult } from '../../src/providers/kit/send-result.js';
import { viewOf, wholeListing } from '../../src/providers/kit/order-view.js';
import { storedWords, withStoredContext } from '../../src/providers/kit/stored-context.js';
import { countTurns } from '../support/count-turns.js';

describe('a path of an API', () => {
  test('has a template that names what varies and repeats nothing of it', () => {
    const contracts = joinPaths(
      apiPath`/customers/${{ email: 'a/b@c.test' }}`,
      apiPath`/contracts/${{ contract: '7' }}/`,
    );
    expect(contracts).toEqual({
      path: '/customers/a%2Fb%40c.test/contracts/7/',
      template: '/customers/{email}/contracts/{contract}/',
    });
    expect(apiPath`/orders/`).toEqual({ path: '/orders/', template: '/orders/' });
  });
});

describe('JSON', () => {
  test('numbers that a double cannot hold arrive as their exact text', () => {
    const parsed = readJson(
      '{"id":9007199254740993,"amount":12345678901234567.89,"list":[1e400],"count":42,"price":4.10}',
    );
    expect(parsed).toEqual({
      ok: true,
      value: { id: '9007199254740993', amount: '12345678901234567.89', list: ['1e400'], count: 42, price: 4.1 },
    });
  });

  test('a lone long number is kept too', () => {
    expect(readJson('900719925474099312345')).toEqual({ ok: true, value: '900719925474099312345' });
  });

  test('what is not JSON is a result, not an exception', () => {
    for (const bad of ['', '<html>', '{"a":', '{"a":90071992547409931', '['.repeat(200_000)]) {
      expect(readJson(bad)).toEqual({ ok: false });
    }
  });

  test('an object cannot change its own prototype', () => {
    const parsed = readJson('{"__proto__":{"admin":true},"id":9007199254740993}');
    expect(parsed.ok && Reflect.get(Object(parsed.value), 'admin')).toBeUndefined();
  });
});

describe('field readers', () => {
  const fields = {
    id: 42,
    name: '',
    price: '4.10',
    bad: 'x',
    yes: 'True',
    no: false,
    big: '9007199254740993',
    time: 4_102_444_800,
    n: null,
  };

  test('take what providers really send', () => {
    expect(text(fields, 'id')).toBe('42');
    expect(text(fields, 'big')).toBe('9007199254740993');
    expect(optionalText(fields, 'name')).toBeNull();
    expect(optionalText(fields, 'n')).toBeNull();
    expect(optionalDecimal(fields, 'price')).toBe('4.10');
    expect(() => optionalDecimal(fields, 'bad')).toThrow('a decimal `bad`');
    expect([null, undefined, '', false].map((none) => optionalDecimal({ none }, 'none'))).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(optionalBoolean(fields, 'yes')).toBe(true);
    expect(optionalBoolean(fields, 'no')).toBe(false);
    expect(optionalBoolean(fields, 'id')).toBeNull();
    expect(integer(fields, 'id')).toBe(42);
    expect(optionalInteger(fields, 'big')).toBeNull();
    expect(optionalLongInteger(fields, 'time')).toBe(4_102_444_800);
    expect(optionalInteger(fields, 'time')).toBeNull();
    expect(() => integer(fields, 'time')).toThrow('`time`');
  });

  test('a needed fact that is missing is drift, and costs that record alone', () => {
    expect(() => text(fields, 'n')).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ kind: 'CONTRACT_DRIFT' }) }),
    );
    const decoded = decodeEach([{ id: 'a' }, { name: 'b' }, 'c', { id: 'd' }], (value) =>
      text(requireObject(value, 'it'), 'id'),
    );
    expect(decoded.records).toEqual(['a', 'd']);
    expect(decoded.problem?.kind).toBe('CONTRACT_DRIFT');
  });
});

describe('many in parts', () => {
  test('chunks respect count and length, and keep an item that is too long by itself', () => {
    const limits = { maxCount: 2, maxLength: 6 };
    expect(chunk(['aa', 'bb', 'cc', 'ddddddd', 'ee'], limits, ({ length }) => length)).toEqual([
      ['aa', 'bb'],
      ['cc'],
      ['ddddddd'],
      ['ee'],
    ]);
  });
});

const unavailable = problem('UNAVAILABLE', 'It is down.');

describe('a record', () => {
  const decodeThing = record('a thing', (thing) => ({ id: text(thing, 'id'), size: optionalInteger(thing, 'size') }));

  test('has the fields its decoder names, and their types', () => {
    const thing: Infer<typeof decodeThing> = decodeThing({ id: 7, size: 'x', other: true });
    expect(thing).toEqual({ id: '7', size: null });
    expect(() => decodeThing([])).toThrow('a thing');
  });

  test('costs itself alone, whatever reading it throws', () => {
    const { records, problem: gap } = decodeEach([1, 0, 2], (value) => {
      if (value === 0) throw new RangeError('Invalid time value');
      return value;
    });
    expect(records).toEqual([1, 2]);
    expect(gap).toMatchObject({
      kind: 'CONTRACT_DRIFT',
      detail: 'A record of the provider could not be read (record number 2).',
      leftOut: { unreadable: 1, foreign: 0 },
    });
  });

  test('that cannot be read is named by its identifier where it has one that looks like one, and all are counted', () => {
    const gapOf = (...rows: object[]) => decodeEach(rows, decodeThing, 'key').problem;
    expect(gapOf({ key: 'k-1' }, { id: 'a' }, { key: 'k-2' })).toMatchObject({
      detail: 'An answer of the provider lacks `id` (record k-1).',
      leftOut: { unreadable: 2 },
    });
    expect(gapOf({ key: '<b>' })?.detail).toBe('An answer of the provider lacks `id` (record number 1).');
  });
});

describe('the pages of a list', () => {
  const pageOf = (cursor: number, next: number | null): Page<number> => ({ rows: [{ id: cursor }], next });
  const decode = (row: unknown) => text(requireObject(row, 'a row'), 'id');

  test('are read to their end', async () => {
    const pages = followPages(1, async (cursor) => pageOf(cursor, cursor < 3 ? cursor + 1 : null));
    expect(await decodePages(pages, decode)).toEqual({ records: ['1', '2', '3'], problem: null });
  });

  test('that show a record twice show it once, as it was last seen', async () => {
    const rows = [{ id: 'a', n: 1 }, { id: 'b' }, { id: 'a', n: 2 }];
    const { records } = await decodeRows({ rows, problem: null }, (row) => row);
    expect(records).toEqual([{ id: 'a', n: 2 }, { id: 'b' }]);
    expect((await decodeRows({ rows, problem: null }, (row) => row, 'other')).records).toHaveLength(3);
  });

  test('of many rows are decoded between other work, and say the same as decoded at once', async () => {
    const rows = Array.from({ length: 2_600 }, (_, index) => (index % 3 === 2 ? { n: index } : { id: index }));
    const { turns, result } = await countTurns(() => decodeRows({ rows, problem: null }, decode));
    expect(result).toEqual(decodeList(rows, decode));
    expect(result.problem?.detail).toContain('(record number 3)');
    expect(turns).toBeGreaterThanOrEqual(10);
  });

  test.each([
    ['broken rows', () => ({ n: 1 })],
    ['rows', (index: number) => ({ id: index })],
  ])('of more %s than a page has are not decoded', async (_what, rowOf) => {
    const list = Array.from({ length: 5_001 }, (_, index) => rowOf(index));
    expect(() => rowsIn({ list }, 'list')).toThrow(ProviderFailure);
    expect(() => requireList({ list }, 'list')).toThrow(ProviderFailure);
    expect(noticingGaps(() => listOf({ list }, 'list'))).toMatchObject({ result: [], gap: { kind: 'CONTRACT_DRIFT' } });
    expect(rowsIn({ list: list.slice(1) }, 'list')).toHaveLength(5_000);
  });

  test('of pages that hold more rows than any customer has are given up', async () => {
    const readPage = async (cursor: number) => ({
      rows: Array.from({ length: 5_000 }, (_, index) => ({ id: `${cursor}-${index}` })),
      next: cursor + 1,
    });
    const { rows, problem } = await collectRows(followPages(0, readPage));
    expect(rows).toHaveLength(25_000);
    expect(problem?.kind).toBe('CONTRACT_DRIFT');
  });

  test('that say the same again and again are given up at the second one', async () => {
    let read = 0;
    const pages = followPages(1, async (cursor) => {
      read += 1;
      return { rows: [{ id: 'a' }, { id: 'b' }], next: cursor + 1 };
    });
    expect(await decodePages(pages, decode)).toMatchObject({
      records: ['a', 'b'],
      problem: { kind: 'CONTRACT_DRIFT' },
    });
    expect(read).toBe(2);
  });

  test.each([
    ['come back to one that was read', (cursor: number) => (cursor % 3) + 1, 3],
    ['have no end', (cursor: number) => cursor + 1, 100],
  ])('that %s are given up, and what was read remains', async (_what, next, count) => {
    const pages = () => followPages(1, async (cursor) => pageOf(cursor, next(cursor)));
    const { records, problem: gap } = await decodePages(pages(), decode);
    expect(records).toHaveLength(count);
    expect(gap?.kind).toBe('CONTRACT_DRIFT');
    await expect(requireRows(pages())).rejects.toMatchObject({ problem: { kind: 'CONTRACT_DRIFT' } });
  });

  test('that end although there are more are no whole list, and what was read remains', async () => {
    const pages = followPages(1, async (cursor) => ({ ...pageOf(cursor, null), isCut: true }));
    expect(await decodePages(pages, decode)).toMatchObject({ records: ['1'], problem: { kind: 'CONTRACT_DRIFT' } });
  });

  test('keep what came before one that failed; without the first there is no list', async () => {
    const failAt = (at: number) =>
      followPages(1, async (cursor) => {
        if (cursor === at) throw new ProviderFailure(unavailable);
        return pageOf(cursor, cursor + 1);
      });
    expect(await decodePages(failAt(3), decode)).toEqual({ records: ['1', '2'], problem: unavailable });
    await expect(decodePages(failAt(1), decode)).rejects.toMatchObject({ problem: unavailable });
  });
});

describe('a lookup', () => {
  const broken = (): string => new Date(Number.NaN).toISOString();

  test('whose mapper throws fails by itself', () => {
    expect(mapLookup(found(1), (value) => value + 1)).toEqual(found(2));
    expect(mapLookup(missing, broken)).toBe(missing);
    expect(mapLookup(found(1), broken)).toMatchObject({ state: 'failed', problem: { kind: 'CONTRACT_DRIFT' } });
  });

  test('of a list leaves out the record its mapper throws over, and says so', () => {
    const listed = mapRecords({ records: [1, 2, 3], problem: null }, (each) => (each === 2 ? broken() : String(each)));
    expect(listed).toMatchObject({
      items: ['1', '3'],
      problem: { kind: 'CONTRACT_DRIFT', leftOut: { unreadable: 1 } },
    });
    const again = mapRecords({ records: [2, 4], problem: listed.problem }, broken, (each) => `no. ${each}`);
    expect(again.problem).toMatchObject({ detail: expect.stringContaining('number 2'), leftOut: { unreadable: 3 } });
  });

  test('of a list with a page that is missing does not pretend to know how many are', () => {
    expect(mapRecords({ records: [2], problem: unavailable }, broken).problem).toBe(unavailable);
  });

  test('of a read is found, missing or failed; a bug goes on', async () => {
    expect(await attempt(async () => 'a')).toEqual(found('a'));
    expect(await attempt(async () => null)).toBe(missing);
    const down = async () => {
      throw new ProviderFailure(unavailable);
    };
    expect(await attempt(down)).toEqual({ state: 'failed', problem: unavailable });
    expect(await attemptLookup(down)).toEqual({ state: 'failed', problem: unavailable });
    await expect(attempt(async () => broken())).rejects.toThrow(RangeError);
  });

  test('in a list with a gap is not missing', () => {
    expect(lookupIn('a', unavailable)).toEqual(found('a'));
    expect(lookupIn(undefined, null)).toBe(missing);
    expect(lookupIn(undefined, unavailable)).toEqual({ state: 'failed', problem: unavailable });
  });

  test('by identifier fails for the row that cannot be decoded', () => {
    const rows = lookupRows({ rows: [{ id: 1, n: 2 }, { id: 2 }], problem: null }, (row) =>
      integer(requireObject(row, 'it'), 'n'),
    );
    expect(rows.get('1')).toEqual(found(2));
    expect(rows.get('2').state).toBe('failed');
    expect(rows.get('3')).toBe(missing);
  });

  test.each([
    ['a page', { rows: [{ id: 1 }], problem: unavailable }],
    ["a row's identifier", { rows: [{ id: 1 }, { n: 3 }], problem: null }],
    ['a row', { rows: [{ id: 1 }, 'x'], problem: null }],
  ])('by identifier is not missing while %s could not be read', (_what, rows) => {
    const looked = lookupRows(rows, (row) => text(requireObject(row, 'it'), 'id'));
    expect(looked.get('1')).toEqual(found('1'));
    expect(looked.get('2').state).toBe('failed');
  });
});

describe('a memoized read', () => {
  test('is made once a key, and a failure nobody asks for ends nothing', async () => {
    const asked: string[] = [];
    const memo = memoizeById(async (id) => {
      asked.push(id);
      if (id === 'b') throw new ProviderFailure(unavailable);
      return id;
    });
    void memo.get('b');
    expect(await Promise.all([memo.get('a'), memo.get('a')])).toEqual(['a', 'a']);
    expect(asked).toEqual(['b', 'a']);
    await expect(memo.get('b')).rejects.toMatchObject({ problem: unavailable });
  });
});

describe('a plan of lists', () => {
  function planOf(asked: string[]) {
    const read = (name: string) => async (customerId: string) => {
      asked.push(`${name} ${customerId}`);
      if (customerId === 'broken') throw new ProviderFailure(unavailable);
      return `${name} of ${customerId}`;
    };
    return createListPlan<{ orders: string; items: string }>({ orders: read('orders'), items: read('items') });
  }

  test('reads what is wanted, once a customer, and shows later readers what is being read', async () => {
    const asked: string[] = [];
    const { plan, planned } = planOf(asked);
    expect(plan('a', {})).toEqual({});
    const { orders, items } = plan('a', { orders: true, items: false });
    expect(items).toBeUndefined();
    expect(plan('a', { items: true }).orders).toBe(orders);
    expect(plan('b', {}).items).toBeUndefined();
    void plan('b', { items: true, orders: true });
    void plan('b', { items: true });
    expect(asked).toEqual(['orders a', 'items a', 'orders b', 'items b']);
    expect(await Promise.all(planned('items'))).toEqual(['items of a', 'items of b']);
  });

  test('ends nothing when a list nobody takes fails, and fails who takes it', async () => {
    const { plan, planned } = planOf([]);
    plan('broken', { items: true });
    await new Promise(setImmediate);
    await expect(plan('broken', {}).items).rejects.toMatchObject({ problem: unavailable });
    expect(planned('orders')).toEqual([]);
  });
});

describe('a collection of records', () => {
  test('waits for the reads in flight and leaves out those that fail', async () => {
    const collection = createRecordCollection<string>();
    expect(await collection.all()).toEqual([]);
    let answer: (records: string[]) => void = () => {};
    const late = new Promise<string[]>((resolve) => (answer = resolve));
    const failing = collection.from(Promise.reject<string[]>(new ProviderFailure(unavailable)), (records) => records);
    expect(collection.from(late, (records) => records)).toBe(late);
    await expect(failing).rejects.toMatchObject({ problem: unavailable });
    const all = collection.all();
    answer(['a', 'b']);
    expect(await all).toEqual(['a', 'b']);
  });
});

describe('the result of a write', () => {
  const outcomes = {
    confirm: () => ({ lineItemKey: '1' }),
    refuse: (why: typeof unavailable) => refusalOf(why, anItem),
  };
  const response = { status: 201, headers: {}, text: '{}' };

  test('is confirmed by a success that can be read, and unknown after one that cannot', () => {
    const answered = { outcome: 'answered', attempts: 2, response } as const;
    expect(toSendResult(answered, outcomes)).toEqual({
      outcome: 'confirmed',
      attempts: 2,
      result: { lineItemKey: '1' },
    });
    const unreadable = toSendResult(answered, {
      ...outcomes,
      confirm: () => decodeAnswer({ body: undefined }, () => ({})),
    });
    expect(unreadable).toMatchObject({ outcome: 'unknown', attempts: 2, problem: { kind: 'CONTRACT_DRIFT' } });
  });

  test.each([
    ['NOT_FOUND', 'NOT_FOUND', 'NEVER'],
    ['FORBIDDEN', 'PROVIDER', 'NEVER'],
    ['AUTHENTICATION', 'PROVIDER', 'NEVER'],
    ['REJECTED', 'PROVIDER', 'NEW_REQUEST'],
  ] as const)('refused as %s is %s, with advice %s', (kind, code, retry) => {
    const refused = { outcome: 'refused', attempts: 1, problem: problem(kind, 'No.'), response: null } as const;
    expect(toSendResult(refused, outcomes)).toMatchObject({ outcome: 'refused', refusal: { code, retry } });
  });

  test.each(['not_applied', 'unknown'] as const)('that is %s carries its problem', (outcome) => {
    const result = { outcome, attempts: 3, problem: unavailable, response: null };
    expect(toSendResult(result, outcomes)).toEqual({ outcome, attempts: 3, problem: unavailable });
  });
});

describe('money of a provider', () => {
  const usd = (minor: bigint) => new Money(minor, 'USD', 'PROVIDER');
  const jpy = (minor: bigint) => new Money(minor, 'JPY', 'PROVIDER');

  test('is added only when all of it is known and in one currency', () => {
    expect(sumOf([usd(1n), usd(2n)])).toEqual(usd(3n));
    expect(sumOf([usd(1n), null])).toBeNull();
    expect(sumOf([null, usd(1n)])).toBeNull();
    expect(sumOf([usd(1n), jpy(2n)])).toBeNull();
    expect(sumOf([])).toBeNull();
  });

  test('is reduced only from more to less, in one currency', () => {
    expect(reduction(usd(5n), usd(3n))).toEqual(usd(2n));
    expect(reduction(usd(3n), usd(5n))).toBeNull();
    expect(reduction(usd(5n), jpy(3n))).toBeNull();
    expect(discountOf(usd(5n), 2, usd(7n))).toEqual(usd(3n));
    expect(discountOf(usd(5n), 2, usd(10n))).toBeNull();
    expect(discountOf(jpy(5n), 2, usd(7n))).toBeNull();
    for (const [one, other] of [
      [null, usd(1n)],
      [usd(5n), null],
      [null, null],
    ] as const) {
      expect([reduction(one, other), discountOf(one, 2, other)]).toEqual([null, null]);
    }
    expect(reduction(usd(3n), usd(3n))).toBeNull();
  });

  test('is in the stated currency, or in that of the account where none is stated, and in none that cannot be read', () => {
    const account = { currency: 'EUR' } as const;
    expect(currencyOf('USD', account)).toEqual({ code: 'USD', source: 'PROVIDER' });
    expect(currencyOf('usd', account)).toEqual({ code: 'USD', source: 'PROVIDER' });
    expect(currencyOf(null, account)).toEqual({ code: 'EUR', source: 'CONFIGURED' });
    expect(currencyOf(null, { currency: null })).toBeNull();
    expect(currencyOf('dollars', account)).toBeNull();
  });

  test('in a currency that cannot be read is a gap of its record', () => {
    expect(noticingGaps(() => currencyCodeIn('dollars'))).toMatchObject({
      result: null,
      gap: { kind: 'CONTRACT_DRIFT' },
    });
    expect(noticingGaps(() => currencyCodeIn('jpy'))).toEqual({ result: 'JPY', gap: null });
  });

  test('of an order without a currency is in that of its amounts', () => {
    const none = { subtotal: null, discount: null, tax: null, taxIncluded: true, shipping: null, fees: null };
    const totals = (total: Money | null) => ({ totals: { ...none, total, estimated: false } });
    expect(currencyOfOrder(totals(jpy(7n)))).toEqual({ code: 'JPY', source: 'PROVIDER' });
    expect(currencyOfOrder(totals(new Money(7n, 'EUR', 'CONFIGURED')))).toEqual({ code: 'EUR', source: 'CONFIGURED' });
    expect([currencyOfOrder(totals(null)), currencyOfOrder({ totals: null })]).toEqual([null, null]);
  });

  test('has as many digits as its currency, and is not made of nothing', () => {
    const dollars = { code: 'USD', source: 'PROVIDER' } as const;
    expect(toMoney('12.5', dollars)).toEqual(usd(1250n));
    expect([toMoney(null, dollars), toMoney('12.5', null), toMoney(null, null)]).toEqual([null, null, null]);
    expect(() => toMoney('12.5', { code: 'JPY', source: 'PROVIDER' })).toThrow('an amount of JPY');
  });

  test('without its sign is what it comes to', () => {
    expect([absolute(usd(-5n)), absolute(usd(5n)), absolute(usd(0n)), absolute(null)]).toEqual([
      usd(5n),
      usd(5n),
      usd(0n),
      null,
    ]);
  });
});

describe('an owner', () => {
  test('is seen by themselves and by who is no customer', () => {
    const seenBy = (customerId: string | null, owner: string | null) =>
      isVisibleTo({ customerId, recognised: false }, owner);
    expect([seenBy('a', 'a'), seenBy('a', 'b'), seenBy('a', null), seenBy(null, 'b')]).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  test("of other records loses those records, and they are counted; nobody's record is believed", () => {
    const list = { records: ['a', null, 'b', 'a', 'c'], problem: null };
    const own = keepOwn(list, 'a', (owner) => owner);
    expect(own.records).toEqual(['a', null, 'a']);
    expect(own.problem).toMatchObject({ kind: 'CONTRACT_DRIFT', leftOut: { foreign: 2, unreadable: 0 } });
    const whole = { records: ['a', null], problem: null };
    expect(keepOwn(whole, 'a', (owner) => owner)).toBe(whole);
  });

  test("is compared by the provider's rule", () => {
    const shopper = { customerId: 'Dana@Example.com', recognised: false };
    expect(isVisibleTo(shopper, 'dana@example.com')).toBe(false);
    expect(isVisibleTo(shopper, 'dana@example.com', sameEmailAddress)).toBe(true);
    const list = { records: ['dana@example.com'], problem: null };
    expect(keepOwn(list, 'Dana@Example.com', (owner) => owner, sameEmailAddress)).toBe(list);
    expect(keepOwn(list, 'Dana@Example.com', (owner) => owner).records).toEqual([]);
  });
});

describe('a scheduled order', () => {
  const now = new Date('2026-11-21T09:00:00Z');
  const at = (seconds: number) =>
    windowUntil({ ...unknownMoment, at: new Date(now.getTime() + seconds * 1000) }, now, 0);
  const order = (more: Partial<Order>): Order => ({
    displayNumber: null,
    kind: 'UPCOMING',
    status: 'SCHEDULED',
    providerStatus: 'QUEUED',
    customerId: 'a',
    scheduled: unknownMoment,
    window: at(3600),
    totals: null,
    observedAt: now,
    ...identity({ key: 'shop' }, 'Order', '1'),
    ...more,
  });
  const wording = { verb: 'billed', windowEvidence: 'date = x' } as const;

  test.each([
    ['SCHEDULED', 3600, []],
    ['SCHEDULED', 30, ['WINDOW_CLOSING']],
    ['SCHEDULED', 0, ['WINDOW_CLOSED']],
    ['PROCESSING', 3600, ['ORDER_PROCESSING']],
    ['UNKNOWN', 3600, ['UNKNOWN']],
    ['PLACED', 3600, ['ORDER_NOT_OPEN']],
    ['SKIPPED', 3600, ['ORDER_NOT_OPEN']],
  ] as const)('that is %s, %s s before its window ends, says %j', (status, seconds, codes) => {
    const reasons = reasonsOfScheduledOrder(order({ status, window: at(seconds) }), wording);
    expect(reasons.map(({ code }) => code)).toEqual(codes);
  });

  test('is previewed from what is known: without a price there is no total', () => {
    const total = new Money(100n, 'USD', 'PROVIDER');
    const unstated = { subtotal: null, discount: null, tax: null, taxIncluded: null, shipping: null, fees: null };
    const totals = { ...unstated, total, estimated: false };
    const question = { order: order({ totals }), item: null, quantity: 2, subscribe: true };
    const product = toProductRef('p', { key: 'shop' });
    const eligibility = toEligibility(question, { product, reasons: [], possibleModes: [], checkedAt: now });
    expect(eligibility).toMatchObject({
      verdict: 'ELIGIBLE',
      purchaseMode: 'SUBSCRIPTION',
      basis: 'RULES',
      quantity: 2,
    });
    const charge = { product, timing: 'WITH_UPCOMING_ORDER', at: unknownMoment, terms: null } as const;
    expect(estimatedPreview(eligibility, { ...charge, lineTotal: total })).toMatchObject({
      fidelity: 'ESTIMATED',
      orderTotalAfter: { minor: 200n },
      charge: { increase: total },
      quantity: 2,
    });
    expect(estimatedPreview(eligibility, { ...charge, lineTotal: null })).toMatchObject({
      fidelity: 'UNAVAILABLE',
      orderTotalAfter: null,
    });
  });
});

describe('what a write stored', () => {
  const request = { kind: 'REMOVE_UPSELL_ITEM', lineItemKey: 'line-1' } as const;
  const decode = record('the context of a write', (fields) => ({
    orderKey: text(fields, 'orderKey'),
    before: storedWords(fields, 'before'),
  }));
  const progressWith = (context: unknown) => ({ context, before: null, done: {} });
  const view = viewOf({ order: missing, lines: wholeListing(missing) });

  function recordingWriter() {
    const seen: unknown[] = [];
    const sent = { outcome: 'confirmed', attempts: 1, result: {} } as const;
    const writer = withStoredContext(decode, {
      prepare: async () => ({ outcome: 'refused', refusal: refusalOf(problem('NOT_FOUND', 'Gone.'), anItem) }),
      async send(_step, _request, { context }) {
        seen.push(context);
        return sent;
      },
      async look(_request, { context }) {
        seen.push(context);
        return view;
      },
      async remember(_request, { context }) {
        seen.push(context);
      },
    });
    return { writer, seen };
  }

  test('reaches the writer decoded, also where an earlier version stored lists as text', async () => {
    const { writer, seen } = recordingWriter();
    await writer.send('step', request, progressWith({ orderKey: 'order-1', before: ['a', 'b'] }));
    expect(await writer.look(request, progressWith({ orderKey: 'order-1', before: 'a b' }))).toBe(view);
    await writer.remember?.(request, progressWith({ orderKey: 'order-1', before: '' }));
    expect(seen).toEqual([
      { orderKey: 'order-1', before: ['a', 'b'] },
      { orderKey: 'order-1', before: ['a', 'b'] },
      { orderKey: 'order-1', before: [] },
    ]);
  });

  test.each([undefined, null, 'text', [], {}, { orderKey: '' }, { orderKey: null, before: ['a'] }])(
    'sends nothing and concludes nothing when it is %j',
    async (context) => {
      const { writer, seen } = recordingWriter();
      const progress = progressWith(context);
      expect(await writer.send('step', request, progress)).toMatchObject({
        outcome: 'not_applied',
        problem: { notSent: 'NOT_READABLE' },
      });
      await expect(writer.look(request, progress)).rejects.toThrow(/context of a write|orderKey/);
      expect(seen).toEqual([]);
    },
  );
});
