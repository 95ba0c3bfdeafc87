import type { Preparation, RemoveItem, Writer } from '../../../domain/write.js';
import { forbidden, ready, refused } from '../../kit/preparation.js';
import { withStoredContext } from '../../kit/stored-context.js';
import { fromLineKey } from '../keys.js';
import type { Session } from '../session.js';
import { removeLine } from './contract-lines.js';
import { removeOneOff } from './one-offs.js';
import { noSuchItem, readTargetLine } from './target-line.js';
import { contextOf, decodeWriteContext, REMOVE_ITEM, type WriteContext } from './write-context.js';
import { lookAgain, viewBefore } from './write-view.js';

export function createRemoveItemWriter(session: Session): Writer<RemoveItem> {
  return withStoredContext(decodeWriteContext, {
    prepare: (request) => prepare(session, request),
    send: (_step, { lineItemKey }, { context }) =>
      fromLineKey(lineItemKey)?.kind === 'one-off' ? removeOneOff(session, context) : removeLine(session, lineItemKey),
    look: ({ lineItemKey }, progress) => lookAgain(session, progress, { touches: 'LINE', itemKey: lineItemKey }),
  });
}

async function prepare(session: Session, { lineItemKey }: RemoveItem): Promise<Preparation<WriteContext>> {
  const target = await readTargetLine(session, lineItemKey);
  if ('outcome' in target) return target;
  const { line, view } = target;
  if (!line) return noSuchItem(view);
  const { order } = view;
  const refusal = forbidden(line.removal);
  if (refusal) return refused(refusal, order);
  return ready({
    order,
    product: line.product,
    steps: [{ name: REMOVE_ITEM, expects: [{ kind: 'line_gone', lineItemKey }] }],
    before: viewBefore(session, view, 'LINE'),
    context: contextOf(view, line.product.providerId),
    expectedIncrease: order.totals?.total?.with(0n) ?? null,
  });
}
