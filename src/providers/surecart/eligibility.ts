import type { EligibilityQuestion, UpsellEligibility } from '../../domain/eligibility.js';
import { failed, found, type Lookup } from '../../domain/lookup.js';
import { problemOf } from '../../domain/problem.js';
import type { EligibilityChecker } from '../../domain/provider.js';
import { judge } from './judge.js';
import type { OrderRecord } from './order-record.js';
import { readOrders, type Session } from './session.js';

export function createEligibilityChecker(session: Session): EligibilityChecker {
  return {
    async check(questions) {
      let runsLeft = session.account.settings.dryRunsPerCheck;
      const mayRun = () => runsLeft-- > 0;
      const records = await readOrders(
        session,
        questions.map(({ order }) => order.ref.key),
      );
      return Promise.all(
        questions.map(async (question, index) => {
          const record = records[index];
          return record?.state === 'found' ? answer(session, record.value, question, mayRun) : (record ?? unread);
        }),
      );
    },
  };
}

const unread = { state: 'missing' } as const;

async function answer(
  session: Session,
  record: OrderRecord,
  question: EligibilityQuestion,
  mayRun: () => boolean,
): Promise<Lookup<UpsellEligibility>> {
  try {
    return found((await judge(session, record, question, { mayRun })).eligibility);
  } catch (error) {
    return failed(problemOf(error));
  }
}
