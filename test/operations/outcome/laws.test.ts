import { describe, expect, test } from '@jest/globals';
import { judge } from '../../../src/operations/outcome/judge.js';
import { breachOf } from './check-law.js';
import { laws } from './laws.js';
import { mutants } from './mutants.js';
import { plans } from './plans.js';

/** Cases of one law, over all plans. */
const CASES = 20_000;
const CASES_OF_A_PLAN = Math.ceil(CASES / plans.length);

describe.each(Object.entries(laws))('law %s', (_name, law) => {
  test.each(plans.map((plan) => [plan.provider, plan.name, plan] as const))(
    'holds at %s: %s',
    (_provider, _plan, plan) => {
      expect(breachOf(law, judge, plan, CASES_OF_A_PLAN)).toBeNull();
    },
  );
});

describe('a judge that breaks a law is caught', () => {
  test('there is one for each law', () => {
    expect([...new Set(mutants.map(({ law }) => law))].sort()).toEqual(Object.keys(laws).sort());
  });

  test.each(mutants.map((mutant) => [mutant.name, mutant] as const))('%s', (_name, { law, judging }) => {
    const broken = laws[law];
    if (!broken) throw new Error(`no law ${law}`);
    expect(plans.some((plan) => breachOf(broken, judging, plan, CASES_OF_A_PLAN) !== null)).toBe(true);
  });
});
