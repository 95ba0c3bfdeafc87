import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { reason, verdictOf } from '../../src/domain/eligibility.js';
import { Money, parseMoney } from '../../src/domain/money.js';
import { fromInstant, localDate, parseLocalDateTime, unknownMoment } from '../../src/domain/moment.js';
import { entityTypes, fromGlobalId, refOfType, toGlobalId } from '../../src/domain/reference.js';
import { isSameFrequency } from '../../src/domain/subscription.js';
import { isTimeZone } from '../../src/domain/time-zone.js';
import { windowUntil } from '../../src/domain/window.js';

describe('money', () => {
  test.each([
    ['24', 'USD', '24.00', '2400'],
    ['24.5', 'USD', '24.50', '2450'],
    ['-5.00', 'USD', '-5.00', '-500'],
    ['0.01', 'USD', '0.01', '1'],
    ['-0.05', 'EUR', '-0.05', '-5'],
    ['2400', 'JPY', '2400', '2400'],
    ['2400.00', 'JPY', '2400', '2400'],
    ['1.234', 'KWD', '1.234', '1234'],
    ['90071992547409931234.56', 'USD', '90071992547409931234.56', '9007199254740993123456'],
  ])('reads %s %s exactly', (text, currency, amount, amountMinor) => {
    expect(parseMoney(text, currency, 'PROVIDER')).toMatchObject({ amount, amountMinor, currency });
  });

  test.each(['', 'free', '1,00', '1.005', '1e3', '+1', '.5', '1.', '--1', '9'.repeat(31), 'Infinity'])(
    'does not guess what %p means',
    (text) => expect(parseMoney(text, 'USD', 'PROVIDER')).toBeNull(),
  );

  test('is never added across currencies', () => {
    const euro = new Money(1n, 'EUR', 'PROVIDER');
    expect(() => euro.plus(new Money(1n, 'USD', 'PROVIDER'))).toThrow('cannot combine USD with EUR');
  });
});

describe('an amount that arithmetic on doubles made longer', () => {
  const usd = (text: string) => parseMoney(text, 'USD', 'PROVIDER')?.amount ?? null;

  test.each([
    ['24.989999999999998', '24.99'],
    ['0.30000000000000004', '0.30'],
    ['-1.0999999999999999', '-1.10'],
    ['1234567.8900000001', '1234567.89'],
  ])('%s is %s', (text, amount) => {
    expect(usd(text)).toBe(amount);
  });

  test.each(['24.995', '0.001', '1.0000001', '24.98999'])('%s is none', (text) => {
    expect(usd(text)).toBeNull();
  });

  test('every sum of cents is the sum it was meant to be', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -100_000, max: 100_000 }), { maxLength: 4 }), (cents) => {
        const total = cents.reduce((sum, each) => sum + each / 100, 0);
        const text = String(total);
        const exact = cents.reduce((sum, each) => sum + each, 0);
        expect(Number(usd(text))).toBe(exact / 100);
      }),
    );
  });
});

describe('frequencies', () => {
  test.each([
    [{ every: 12, unit: 'MONTH' }, { every: 1, unit: 'YEAR' }, true],
    [{ every: 28, unit: 'DAY' }, { every: 4, unit: 'WEEK' }, true],
    [{ every: 1, unit: 'MONTH' }, { every: 1, unit: 'MONTH' }, true],
    [{ every: 30, unit: 'DAY' }, { every: 1, unit: 'MONTH' }, false],
    [{ every: 12, unit: 'WEEK' }, { every: 12, unit: 'MONTH' }, false],
    [{ every: 365, unit: 'DAY' }, { every: 1, unit: 'YEAR' }, false],
  ] as const)('%j and %j are the same: %s', (left, right, same) => {
    expect([isSameFrequency(left, right), isSameFrequency(right, left)]).toEqual([same, same]);
  });
});

describe('a time no shop means', () => {
  test.each(['9999-12-31', '1969-12-31', '2200-01-01T00:00:00'])('%s is not known', (text) => {
    expect(parseLocalDateTime(text, 'UTC')).toBe(unknownMoment);
  });

  test('in another unit than it says is not known, and no window is open until then', () => {
    const micros = fromInstant(new Date(1_795_000_000_000 * 1000));
    expect(micros).toBe(unknownMoment);
    expect(windowUntil(micros, new Date(), 0)).toMatchObject({ state: 'UNKNOWN', secondsLeft: null });
    expect(fromInstant(new Date('2199-12-31T23:59:59Z')).at).not.toBeNull();
  });
});

describe('a local moment', () => {
  test.each([
    ['2023-10-09 00:00:00', '2023-10-09T05:00:00.000Z'],
    ['2023-12-13 00:00:00', '2023-12-13T06:00:00.000Z'],
    ['2023-10-09', '2023-10-09T05:00:00.000Z'],
    ['2023-10-09T07:30:00', '2023-10-09T12:30:00.000Z'],
    ['2024-02-29 00:00:00', '2024-02-29T06:00:00.000Z'],
  ])('%s in Chicago is %s', (text, at) => {
    expect(parseLocalDateTime(text, 'America/Chicago').at?.toISOString()).toBe(at);
  });

  test('that daylight saving skips or repeats is still one instant', () => {
    expect(parseLocalDateTime('2026-03-08 02:30:00', 'America/Chicago').at?.toISOString()).toBe(
      '2026-03-08T08:30:00.000Z',
    );
    expect(parseLocalDateTime('2026-11-01 01:30:00', 'America/Chicago').at?.toISOString()).toBe(
      '2026-11-01T06:30:00.000Z',
    );
  });

  test.each(['2017-02-29 00:00:00', '2023-13-01', '2023-00-10', '2023-01-01 25:00:00', 'soon', ''])(
    'that cannot be, %p, is unknown and no crash',
    (text) =>
      expect(parseLocalDateTime(text, 'America/Chicago')).toMatchObject({ at: null, date: null, basis: 'UNKNOWN' }),
  );

  test('without a zone is a date and no instant', () => {
    expect(parseLocalDateTime('2023-10-09 00:00:00', null)).toEqual({
      at: null,
      date: '2023-10-09',
      timeZone: null,
      basis: 'STATED_LOCAL',
    });
  });

  test('has the date of its own zone', () => {
    expect(localDate(new Date('2023-10-09T04:59:59Z'), 'America/Chicago')).toBe('2023-10-08');
    expect(isTimeZone('Europe/Stockholm')).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
  });
});

describe('a window', () => {
  const asOf = new Date('2026-01-01T12:00:00.000Z');
  const closing = (iso: string) =>
    ({ at: new Date(iso), date: null, timeZone: null, basis: 'STATED_INSTANT' }) as const;

  test.each([
    ['2026-01-01T12:03:00Z', 20_000, 'OPEN', 160],
    ['2026-01-01T12:01:00Z', 1_000, 'CLOSING', 59],
    ['2026-01-01T12:00:20Z', 20_000, 'CLOSED', 0],
    ['2026-01-01T12:00:21Z', 20_000, 'CLOSING', 1],
    ['2025-12-31T00:00:00Z', 0, 'CLOSED', 0],
    ['2999-01-01T00:00:00Z', 0, 'OPEN', 2_147_483_647],
  ])('that closes at %s less %i ms is %s with %i seconds left', (at, margin, state, secondsLeft) => {
    expect(windowUntil(closing(at), asOf, margin)).toMatchObject({ state, secondsLeft });
  });
});

describe('a global ID', () => {
  test.each(entityTypes)('of a %s comes back as what it was', (type) => {
    const ref = { type, account: 'og-us', key: 'a:b/ü"0001' };
    expect(fromGlobalId(toGlobalId(ref))).toEqual(ref);
  });

  test.each([
    ['empty', ''],
    ['no base64', '!!!'],
    ['of an unknown type', Buffer.from('Secret:og-us:1').toString('base64url')],
    ['without a key', Buffer.from('Order:og-us:').toString('base64url')],
    ['with an account no configuration allows', Buffer.from('Order:OG_US:1').toString('base64url')],
    ['in another spelling', Buffer.from('Order:og-us:1').toString('base64')],
    ['padded with what decoding ignores', `${toGlobalId({ type: 'Order', account: 'og-us', key: '1' })}=`],
    ['no UTF-8', Buffer.from([...Buffer.from('Order:og-us:'), 0xff, 0xfe]).toString('base64url')],
    ['endless', 'A'.repeat(1_000_000)],
  ])('that is forged (%s) is none', (_name, id) => expect(fromGlobalId(id)).toBeNull());

  test('of another type is not taken for the wanted one', () => {
    const id = toGlobalId({ type: 'LineItem', account: 'og-us', key: '1' });
    expect(refOfType(id, 'Order')).toBeNull();
    expect(refOfType(id, 'LineItem')).toEqual({ type: 'LineItem', account: 'og-us', key: '1' });
  });
});

test('a verdict is yes only without any reason, and unknown never reads as yes', () => {
  const soft = reason('WINDOW_CLOSING', 'Soon over.', { blocking: false });
  const hard = reason('ORDER_LOCKED', 'Locked.');
  const dark = reason('PROVIDER_UNAVAILABLE', 'Cannot tell.');
  expect([[], [soft], [dark], [soft, dark], [dark, hard]].map(verdictOf)).toEqual([
    'ELIGIBLE',
    'CONDITIONAL',
    'UNKNOWN',
    'UNKNOWN',
    'INELIGIBLE',
  ]);
});
