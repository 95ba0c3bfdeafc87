import { ProviderFailure } from '../../../domain/problem.js';
import type { Preparation, RemoveItem, Writer } from '../../../domain/write.js';
import { forbidden, ready, refused } from '../../kit/preparation.js';
import { withStoredContext } from '../../kit/stored-context.js';
import type { Session } from '../session.js';
import { removeOnetime } from './send.js';
import { readTargetLine } from './target-line.js';
import { contextOf, decodeWriteContext, REMOVE_ITEM, type WriteContext } from './write-context.js';
import { lookAgain, type Subject, viewBefore } from './write-view.js';

export function createRemoveItemWriter(session: Session): Writer<RemoveItem> {
  return withStoredContext(decodeWriteContext, {
    prepare: (request) => prepare(session, request),
    send: (_step, { lineItemKey }) => removeOnetime(session, lineItemKey),
    look: ({ lineItemKey }, progress) => lookAgain(session, progress, subjectOf(lineItemKey)),
  });
}

export function subjectOf(lineItemKey: string): Subject {
  return { onetimes: true, subscriptions: false, lineItemKey };
}

async function prepare(session: Session, { lineItemKey }: RemoveItem): Promise<Preparation<WriteContext>> {
  const target = await readTargetLine(session, lineItemKey);
  if ('outcome' in target) return target;
  const { line, charge, order } = target;
  const refusal = forbidden(line.removal);
  if (refusal) return refused(refusal, order);
  const { view, known } = await viewBefore(session, charge, subjectOf(lineItemKey));
  if (view.lines.problem) throw new ProviderFailure(view.lines.problem);
  return ready({
    order,
    product: line.product,
    steps: [{ name: REMOVE_ITEM, expects: [{ kind: 'line_gone', lineItemKey }] }],
    before: view,
    context: contextOf(charge, line.product.providerId, { known }),
    expectedIncrease: charge.hasDiscounts ? null : (order.totals?.total?.with(0n) ?? null),
  });
}
