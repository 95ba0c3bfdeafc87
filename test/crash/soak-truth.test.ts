import { describe, expect, test } from '@jest/globals';
import { buildSchema, isEnumType } from 'graphql';
import { readFileSync } from 'node:fs';
import { type Evidence, type Told, untruthsIn } from '../../bench/soak/truth.mjs';

/** How a write may have ended at the provider. */
const ends = {
  'nothing arrived': evidence({}),
  'arrived without effect': evidence({ received: 1 }),
  'in force': evidence({ received: 1, applied: 1, inForce: 1 }),
  'in force, and otherwise than asked': evidence({ received: 1, applied: 1, inForce: 1, asExactly: false }),
  'in force on another order': evidence({ received: 1, applied: 1, inForce: 1, isElsewhere: true, asExactly: false }),
  'in force without its subscription': evidence({
    received: 1,
    applied: 1,
    inForce: 1,
    isLive: false,
    asExactly: false,
  }),
  'taken back': evidence({ received: 1, applied: 1 }),
  'half in force': evidence({ received: 2, applied: 1, inForce: 1, asked: { recurring: true }, asExactly: false }),
  'both halves in force': evidence({
    received: 2,
    applied: 1,
    inForce: 1,
    asked: { recurring: true },
    recurring: true,
  }),
} as const;

type End = keyof typeof ends;

function evidence(fields: Partial<Evidence>): Evidence {
  const none = { received: 0, applied: 0, inForce: 0, recurring: false, asExactly: true };
  return { asked: { recurring: false }, ...none, ...fields };
}

function told(fields: Partial<Told>): Told {
  return { status: null, effect: null, texts: [], advice: [], differences: 0, ...fields };
}

const all = Object.keys(ends) as End[];
const wholeEnds: readonly End[] = [
  'in force',
  'in force, and otherwise than asked',
  'in force on another order',
  'in force without its subscription',
  'both halves in force',
];

/** After which ends an effect is true. */
const trueAfter: Readonly<Record<string, readonly End[]>> = {
  NOT_SENT: ['nothing arrived'],
  UNCHANGED: ['nothing arrived', 'arrived without effect'],
  RESTORED: ['nothing arrived', 'arrived without effect', 'taken back'],
  PARTLY_CHANGED: ['in force on another order', 'in force without its subscription', 'half in force'],
  CHANGED: wholeEnds,
  UNKNOWN: all,
};

function untruths(fields: Partial<Told>, end: End, untilThen: End = end): readonly string[] {
  return untruthsIn(told(fields), ends[end], ends[untilThen]);
}

describe('what the soak run takes for true', () => {
  test('is said of every effect there is', () => {
    const effects = buildSchema(readFileSync('schema/schema.graphql', 'utf8')).getType('KnownEffect');
    const names = isEnumType(effects) ? effects.getValues().map(({ name }) => name) : [];
    expect(Object.keys(trueAfter).sort()).toEqual([...names].sort());
  });

  test.each(Object.entries(trueAfter))('%s', (effect, ends) => {
    const holding = all.filter((end) => untruths({ effect }, end).length === 0);
    expect(holding).toEqual(all.filter((end) => ends.includes(end)));
  });

  test('a denial is held against what had been asked by then, anything else against the end', () => {
    const denial = { status: 'FAILED', effect: 'NOT_SENT' };
    expect(untruths(denial, 'in force', 'nothing arrived')).toEqual([]);
    expect(untruths(denial, 'in force', 'arrived without effect')).toEqual(['effect NOT_SENT']);
    expect(untruths({ status: 'INDETERMINATE', effect: 'UNKNOWN' }, 'taken back', 'in force')).toEqual([]);
  });

  test('while a write is open, a part in force may become the whole', () => {
    const open = { status: 'INDETERMINATE', effect: 'PARTLY_CHANGED' };
    expect(untruths(open, 'both halves in force')).toEqual([]);
    expect(untruths({ ...open, status: 'PARTIAL' }, 'both halves in force')).toEqual(['effect PARTLY_CHANGED']);
    expect(untruths(open, 'taken back')).toEqual(['effect PARTLY_CHANGED']);
  });

  test.each([
    ['The shop could not do this just now. Nothing was changed.', 'in force'],
    ['The item was not added.', 'half in force'],
    ['Your order is put back as it was.', 'in force'],
    ['The item was added.', 'taken back'],
  ] as const)('the sentence "%s" is untrue when it is %s', (sentence, end) => {
    expect(untruths({ texts: [sentence] }, end)).toEqual([`"${sentence}"`]);
    const other = end === 'taken back' ? 'in force' : 'arrived without effect';
    expect(untruths({ texts: [sentence] }, other)).toEqual([]);
  });

  test('advice to ask anew is untrue while the first is in force', () => {
    expect(untruths({ advice: ['NEW_REQUEST'] }, 'in force')).toEqual(['advice NEW_REQUEST']);
    expect(untruths({ advice: ['NEW_REQUEST'] }, 'half in force')).toEqual([]);
    expect(untruths({ advice: ['NEW_REQUEST'] }, 'taken back')).toEqual([]);
  });

  test('a success is there, and says where it is not as asked', () => {
    expect(untruths({ status: 'SUCCEEDED' }, 'taken back')).toEqual(['status SUCCEEDED']);
    expect(untruths({ status: 'SUCCEEDED' }, 'in force')).toEqual([]);
    const otherwise = 'in force, and otherwise than asked';
    expect(untruths({ status: 'SUCCEEDED' }, otherwise)).toEqual(['SUCCEEDED without a difference']);
    expect(untruths({ status: 'SUCCEEDED', differences: 1 }, otherwise)).toEqual([]);
  });

  test.each(['FAILED', 'REJECTED'])('%s is untrue of what is in force', (status) => {
    expect(untruths({ status }, 'in force')).toEqual([`status ${status}`]);
    expect(untruths({ status }, 'taken back')).toEqual([]);
  });
});
