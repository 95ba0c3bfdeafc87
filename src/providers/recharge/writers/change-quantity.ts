import { ProviderFailure } from '../../../domain/problem.js';
import type { ChangeQuantity, Preparation, Writer } from '../../../domain/write.js';
import { forbidden, ready, refused } from '../../kit/preparation.js';
import { withStoredContext } from '../../kit/stored-context.js';
import { reasonsOfCount } from '../item-rules.js';
import type { Session } from '../session.js';
import { subjectOf } from './remove-item.js';
import { changeOnetime } from './send.js';
import { readTargetLine } from './target-line.js';
import { CHANGE_QUANTITY, contextOf, decodeWriteContext, type WriteContext } from './write-context.js';
import { lookAgain, viewBefore } from './write-view.js';

export function createChangeQuantityWriter(session: Session): Writer<ChangeQuantity> {
  return withStoredContext(decodeWriteContext, {
    prepare: (request) => prepare(session, request),
    send: (_step, { lineItemKey, quantity }) => changeOnetime(session, lineItemKey, quantity),
    look: ({ lineItemKey }, progress) => lookAgain(session, progress, subjectOf(lineItemKey)),
  });
}

async function prepare(session: Session, request: ChangeQuantity): Promise<Preparation<WriteContext>> {
  const { lineItemKey, quantity } = request;
  const target = await readTargetLine(session, lineItemKey);
  if ('outcome' in target) return target;
  const { line, charge, order } = target;
  const refusal = forbidden(line.removal, reasonsOfCount(quantity));
  if (refusal) return refused(refusal, order);
  const { view, known } = await viewBefore(session, charge, subjectOf(lineItemKey));
  if (view.lines.problem) throw new ProviderFailure(view.lines.problem);
  const isCertain = !charge.hasDiscounts && (line.tax === null || line.tax.minor === 0n);
  return ready({
    order,
    product: line.product,
    steps: [{ name: CHANGE_QUANTITY, expects: [{ kind: 'line_changed', lineItemKey, quantity }] }],
    before: view,
    context: contextOf(charge, line.product.providerId, { known }),
    expectedIncrease: isCertain ? (line.unitPrice?.times(Math.max(quantity - line.quantity, 0)) ?? null) : null,
  });
}
