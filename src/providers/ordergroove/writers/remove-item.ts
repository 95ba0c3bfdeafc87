import type { Preparation, RemoveItem, Writer } from '../../../domain/write.js';
import { type Infer, record, text } from '../../kit/decode.js';
import { wholeListing } from '../../kit/order-view.js';
import { forbidden, isRefusal, ready, refused } from '../../kit/preparation.js';
import { anItem, toSendResult } from '../../kit/send-result.js';
import { withStoredContext } from '../../kit/stored-context.js';
import type { Session } from '../session.js';
import { lookAt, viewBefore, type WriteSource } from './order-view.js';
import { readTargetLine } from './target-line.js';
import { isDocumented, refusalIn } from './refusals.js';

const STEP = 'remove_item';

export function createRemoveItemWriter(session: Session, source: WriteSource): Writer<RemoveItem> {
  return withStoredContext(decodeOrderContext, {
    prepare: (request) => prepare(session, source, request),

    async send(_step, { lineItemKey }, { context }) {
      const result = await session.client.deleteItem(lineItemKey);
      return toSendResult(result, {
        // Neither the success status nor a body is documented: any 2xx is the answer.
        confirm: () => ({ removedLineItemKey: lineItemKey, orderKey: context.orderKey }),
        refuse: (problem) => refusalIn(result, problem, anItem),
        isDocumented,
      });
    },

    look: (_request, { context, before }) => lookAt(session, source, subjectOf(context), before),
  });
}

/** Decodes what changing a line of an order stores. */
export const decodeOrderContext = record('the context of a write', (fields) => ({
  orderKey: text(fields, 'orderKey'),
}));

export type OrderContext = Infer<typeof decodeOrderContext>;

export function subjectOf({ orderKey }: OrderContext) {
  return { orderKey, customerId: null, makesSubscription: false };
}

async function prepare(
  session: Session,
  source: WriteSource,
  { lineItemKey }: RemoveItem,
): Promise<Preparation<OrderContext>> {
  const target = await readTargetLine(session, source, lineItemKey);
  if (isRefusal(target)) return refused(target);
  const { line, order } = target;
  const refusal = forbidden(line.removal);
  if (refusal) return refused(refusal, order);
  const [lines] = await source.lineItems.forOrders([order]);
  const context = { orderKey: order.ref.key };
  return ready({
    order,
    product: line.product,
    steps: [{ name: STEP, expects: [{ kind: 'line_gone', lineItemKey }] }],
    before: await viewBefore(session, order, wholeListing(lines ?? { state: 'missing' }), subjectOf(context)),
    context,
    expectedIncrease: order.totals?.total?.with(0n) ?? null,
  });
}
