import { withEffect } from '../../../src/operations/outcome/advice.js';
import { judge } from '../../../src/operations/outcome/judge.js';
import type { Judge, laws } from './laws.js';

export interface Mutant {
  readonly name: string;
  /** The law it breaks. */
  readonly law: keyof typeof laws;
  readonly judging: Judge;
}

/** Judges with one mistake each, as somebody might make it. */
export const mutants: readonly Mutant[] = [
  {
    name: 'advises another look wherever the order is not as it was',
    law: '11 what certainly was not done is not to be looked for again',
    judging: (evidence) => {
      const verdict = judge(evidence);
      const errors = verdict.errors.map((error) => withEffect(error, verdict.effect));
      return verdict.mayChange ? verdict : { ...verdict, errors };
    },
  },
  {
    name: 'looks at lines only, not at totals and marks',
    law: '1 UNCHANGED is proven',
    judging: (evidence) => {
      const { before, after } = evidence;
      const order = after.order.state === 'found' ? after.order.value : null;
      const same = before && { ...before, totals: order?.totals ?? null, changeMark: after.changeMark };
      return judge({ ...evidence, before: same });
    },
  },
  {
    name: 'does not see the status of the order',
    law: '1 UNCHANGED is proven',
    judging: (evidence) => {
      const { before, after } = evidence;
      if (!before || after.order.state !== 'found') return judge(evidence);
      const { value } = after.order;
      const order = { ...value, status: before.status, providerStatus: before.providerStatus };
      return judge({ ...evidence, after: { ...after, order: { state: 'found', value: order } } });
    },
  },
  {
    name: 'looks only at what it hoped for',
    law: '2 confirmed and read is settled, and what deviates is told',
    judging: (evidence) => {
      const verdict = judge(evidence);
      return { ...verdict, differences: verdict.differences.filter(({ field }) => field !== 'other_lines') };
    },
  },
  {
    name: 'asks for exactly what was asked',
    law: '2 confirmed and read is settled, and what deviates is told',
    judging: (evidence) => {
      const verdict = judge(evidence);
      const isOther = verdict.differences.some(({ field }) => field === 'quantity');
      return isOther ? { ...verdict, status: 'INDETERMINATE' } : verdict;
    },
  },
  {
    name: 'takes a list that failed for one that is as before',
    law: '3 a gap is never absence',
    judging: (evidence) => {
      const verdict = judge(evidence);
      const isLost = evidence.after.lines.problem !== null && verdict.status === 'INDETERMINATE';
      return isLost ? { ...verdict, status: 'FAILED', effect: 'UNCHANGED' } : verdict;
    },
  },
  {
    name: 'does not look at payments',
    law: '4 a charge is not settled by a line',
    judging: (evidence) => {
      const { after } = evidence;
      if (after.order.state !== 'found' || after.order.value.status !== 'PAYMENT_FAILED') return judge(evidence);
      const order = { ...after.order.value, status: 'OPEN_FOR_UPSELL' } as const;
      return judge({ ...evidence, after: { ...after, order: { state: 'found', value: order } } });
    },
  },
  {
    name: 'takes any subscription for one in force',
    law: '4 a charge is not settled by a line',
    judging: (evidence) => {
      const { after } = evidence;
      const subscriptions = after.subscriptions && {
        ...after.subscriptions,
        items: after.subscriptions.items.map((each) => ({ ...each, status: 'ACTIVE' as const })),
      };
      return judge({ ...evidence, after: { ...after, subscriptions } });
    },
  },
  {
    name: 'waits for evidence for ever',
    law: '5 INDETERMINATE ends',
    judging: (evidence) => judge({ ...evidence, ageMs: Math.min(evidence.ageMs, evidence.settlingMs - 1) }),
  },
  {
    name: 'believes every refusal',
    law: '6 a new request is never advised over what may be in force',
    judging: (evidence) => {
      const verdict = judge(evidence);
      const refused = evidence.steps.find(({ answer }) => answer.said === 'refused');
      return refused?.answer.said === 'refused'
        ? { ...verdict, status: 'REJECTED', errors: [refused.answer.refusal] }
        : verdict;
    },
  },
  {
    name: 'changes its mind',
    law: '6 a new request is never advised over what may be in force',
    judging: (evidence) => {
      const verdict = judge(evidence);
      return verdict.status === 'PARTIAL' && evidence.ageMs > 100_000 ? { ...verdict, status: 'SUCCEEDED' } : verdict;
    },
  },
  {
    name: 'takes whatever is new on another order for its own',
    law: '9 what another write may have done is not called moved',
    judging: (evidence) => judge({ ...evidence, disputed: new Set() }),
  },
  {
    name: 'takes every refusal at its word',
    law: '10 a refusal that no rule explains is believed once reads have caught up',
    judging: (evidence) => judge({ ...evidence, ageMs: Math.max(evidence.ageMs, evidence.settlingMs) }),
  },
  {
    name: 'calls absence final after the settling time',
    law: '7 absence is provisional',
    judging: (evidence) =>
      judge({ ...evidence, ageMs: evidence.ageMs >= evidence.settlingMs ? Number.POSITIVE_INFINITY : evidence.ageMs }),
  },
];
