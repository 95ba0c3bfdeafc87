import { problemOf } from '../../../domain/problem.js';
import { providerFailed } from '../../../domain/refusal.js';
import type { Preparation, RemoveItem, Writer } from '../../../domain/write.js';
import type { Session } from '../session.js';
import { toAnswer } from './answer.js';
import { inspectItem } from './inspections.js';
import { ready, refused } from './preparation.js';
import { forbidden, type LineSource, readTargetLine } from './target-line.js';
import { isRefusal } from './target-order.js';

const STEP = 'remove_item';

export function createRemoveItemWriter(session: Session, source: LineSource): Writer<RemoveItem> {
  return {
    async prepare(request) {
      try {
        return await prepare(session, source, request);
      } catch (error) {
        return refused(providerFailed(problemOf(error), 'SAME_KEY'));
      }
    },

    async send(_step, { lineItemKey }, { snapshot: { context } }) {
      const result = await session.client.deleteItem(lineItemKey);
      // Neither the success status nor a body is documented: any 2xx is the answer.
      return toAnswer(result, () => removed(lineItemKey, context['orderKey']), { path: ['lineItemId'], what: 'item' });
    },

    inspect: (_step, { lineItemKey }, { snapshot: { context } }) =>
      inspectItem(session, lineItemKey, (item) =>
        item === null ? { state: 'applied', result: removed(lineItemKey, context['orderKey']) } : { state: 'no_trace' },
      ),
  };
}

async function prepare(session: Session, source: LineSource, { lineItemKey }: RemoveItem): Promise<Preparation> {
  const target = await readTargetLine(session, source, lineItemKey);
  if (isRefusal(target)) return refused(target);
  const { line, order } = target;
  const refusal = forbidden(line.removal);
  if (refusal) return refused(refusal);
  return ready({
    order,
    product: line.product,
    steps: [STEP],
    snapshot: { lineItemKeys: [lineItemKey], context: { orderKey: order.ref.key } },
    expectedIncrease: order.totals?.total?.with(0n) ?? null,
  });
}

function removed(lineItemKey: string, orderKey: string | undefined) {
  return { removedLineItemKey: lineItemKey, ...(orderKey === undefined ? {} : { orderKey }) };
}
