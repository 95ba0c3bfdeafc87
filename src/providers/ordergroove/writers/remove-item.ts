import type { Preparation, RemoveItem, Writer } from '../../../domain/write.js';
import { type Infer, record, text } from '../../kit/decode.js';
import { forbidden, isRefusal, ready, refused } from '../../kit/preparation.js';
import { anItem, refusalOf, toSendResult } from '../../kit/send-result.js';
import { withStoredContext } from '../../kit/stored-context.js';
import type { Session } from '../session.js';
import { type LineSource, readTargetLine } from './target-line.js';

const STEP = 'remove_item';

export function createRemoveItemWriter(session: Session, source: LineSource): Writer<RemoveItem> {
  return withStoredContext(decodeRemoveContext, {
    prepare: (request) => prepare(session, source, request),

    async send(_step, { lineItemKey }, { snapshot: { context } }) {
      return toSendResult(await session.client.deleteItem(lineItemKey), {
        // Neither the success status nor a body is documented: any 2xx is the answer.
        confirm: () => removed(lineItemKey, context),
        refuse: (problem) => refusalOf(problem, anItem),
      });
    },

    async inspect(_step, { lineItemKey }, { snapshot: { context } }) {
      const item = await session.reads.item.get(lineItemKey);
      if (item !== null) return { state: 'no_trace' };
      return { state: 'applied', result: removed(lineItemKey, context) };
    },
  });
}

const decodeRemoveContext = record('the context of a write', (fields) => ({ orderKey: text(fields, 'orderKey') }));

type RemoveContext = Infer<typeof decodeRemoveContext>;

async function prepare(
  session: Session,
  source: LineSource,
  { lineItemKey }: RemoveItem,
): Promise<Preparation<RemoveContext>> {
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

function removed(lineItemKey: string, { orderKey }: RemoveContext) {
  return { removedLineItemKey: lineItemKey, orderKey };
}
