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
    name: 'believes the ledger that the rest was not sent',
    law: '16 what is seen in force whole is not called a part, whatever the ledger knows of it',
    judging: (evidence) => {
      const verdict = judge(evidence);
      const isUnsent = evidence.steps.some(({ answer }) => answer.said === 'unsent');
      return isUnsent && verdict.status === 'SUCCEEDED' ? { ...verdict, status: 'PARTIAL' } : verdict;
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
    name: 'believes a documented refusal over what it sees',
    law: '12 what is seen in force is not denied, whatever was said',
    judging: (evidence) => {
      const verdict = judge(evidence);
      const refused = evidence.steps.find(({ answer }) => answer.said === 'refused' && answer.isDocumented);
      return refused?.answer.said === 'refused'
        ? { ...verdict, status: 'REJECTED', errors: [refused.answer.refusal] }
        : verdict;
    },
  },
  {
    name: 'finds only what carries the mark that was sent',
    law: '12 what is seen in force is not denied, whatever was said',
    judging: (evidence) => {
      const { before, after } = evidence;
      const was = new Map((before?.lines ?? []).map(({ key, quantity }) => [key, quantity]));
      const isMarked = evidence.steps.some(({ planned }) =>
        planned.expects.some((each) => each.kind === 'line_added' && each.mark !== null),
      );
      const items = after.lines.items.map((line) =>
        isMarked ? { ...line, quantity: Math.min(line.quantity, was.get(line.ref.key) ?? line.quantity) } : line,
      );
      return judge({ ...evidence, after: { ...after, lines: { ...after.lines, items } } });
    },
  },
  {
    name: 'advises the rest of a write whatever became of its order',
    law: '13 the rest is not to be asked for where it cannot be done any more',
    judging: (evidence) => {
      const verdict = judge(evidence);
      const errors = verdict.errors.map((error) =>
        error.retry === 'NEVER' ? { ...error, retry: 'NEW_REQUEST' as const } : error,
      );
      return verdict.status === 'PARTIAL' ? { ...verdict, errors } : verdict;
    },
  },
  {
    name: 'does not see that the order was cancelled',
    law: '4 a charge is not settled by a line',
    judging: (evidence) => {
      const { after } = evidence;
      if (after.order.state !== 'found' || after.order.value.status !== 'CANCELLED') return judge(evidence);
      const order = { ...after.order.value, status: 'PLACED' } as const;
      return judge({ ...evidence, after: { ...after, order: { state: 'found', value: order } } });
    },
  },
  {
    name: 'does not count what a subscription delivers',
    law: '15 a success names what deviates, however it was learnt of',
    judging: (evidence) => {
      const { after } = evidence;
      const subscriptions = after.subscriptions && {
        ...after.subscriptions,
        items: after.subscriptions.items.map((each) => ({ ...each, lines: [] })),
      };
      return judge({ ...evidence, after: { ...after, subscriptions } });
    },
  },
  {
    name: 'takes an order that cannot be read for one without the line',
    law: '14 what is elsewhere is not called moved while the order it was confirmed on cannot be read',
    judging: (evidence) => {
      const { after } = evidence;
      return judge({ ...evidence, after: { ...after, lines: { ...after.lines, problem: null } } });
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
    name: 'believes what an order shows as it closes',
    law: '7 absence is provisional',
    judging: (evidence) => judge({ ...evidence, closedForMs: Number.POSITIVE_INFINITY }),
  },
  {
    name: 'takes our margin for the end of the order',
    law: '7 absence is provisional',
    judging: (evidence) => {
      const { order } = evidence.after;
      if (order.state !== 'found' || order.value.window.state !== 'CLOSED') return judge(evidence);
      const closed = { ...order.value, status: 'PLACED', kind: 'UPCOMING' } as const;
      const after = { ...evidence.after, order: { state: 'found', value: closed } } as const;
      return judge({ ...evidence, after, closedForMs: Number.POSITIVE_INFINITY });
    },
  },
  {
    name: 'calls absence final after the settling time',
    law: '7 absence is provisional',
    judging: (evidence) =>
      judge({ ...evidence, ageMs: evidence.ageMs >= evidence.settlingMs ? Number.POSITIVE_INFINITY : evidence.ageMs }),
  },
];
