import { type EligibilityReason, reason } from '../../../domain/eligibility.js';
import type { LineItem } from '../../../domain/line-item.js';
import type { Money } from '../../../domain/money.js';
import { invalid } from '../../../domain/refusal.js';
import type { ChangeQuantity, Preparation, Writer } from '../../../domain/write.js';
import { wholeListing } from '../../kit/order-view.js';
import { forbidden, isRefusal, ready, refused } from '../../kit/preparation.js';
import { anItem, decodeAnswer, toSendResult } from '../../kit/send-result.js';
import { withStoredContext } from '../../kit/stored-context.js';
import { isPrepaid } from '../item-facts.js';
import { reasonsOfOrder } from '../order-reasons.js';
import type { Session } from '../session.js';
import { findSubscription } from '../subscriptions.js';
import { decodeItem, type WireItem } from '../wire.js';
import { lookAt, viewBefore, type WriteSource } from './order-view.js';
import { decodeOrderContext, type OrderContext, subjectOf } from './remove-item.js';
import { readTargetLine } from './target-line.js';
import { isDocumented, refusalIn } from './refusals.js';

const STEP = 'change_quantity';

export function createChangeQuantityWriter(session: Session, source: WriteSource): Writer<ChangeQuantity> {
  return withStoredContext(decodeOrderContext, {
    prepare: (request) => prepare(session, source, request),

    async send(_step, { lineItemKey, quantity }) {
      const result = await session.client.changeItemQuantity(lineItemKey, quantity);
      return toSendResult(result, {
        confirm: () => resultOf(decodeAnswer(result, decodeItem)),
        refuse: (problem) => refusalIn(result, problem, anItem),
        isDocumented,
      });
    },

    look: (_request, { context, before }) => lookAt(session, source, subjectOf(context), before),
  });
}

async function prepare(
  session: Session,
  source: WriteSource,
  request: ChangeQuantity,
): Promise<Preparation<OrderContext>> {
  const { lineItemKey, quantity } = request;
  if (!Number.isInteger(quantity) || quantity < 1) return refused(atLeastOne);
  const target = await readTargetLine(session, source, lineItemKey);
  if (isRefusal(target)) return refused(target);
  const { line, order } = target;
  const refusal = forbidden({ reasons: reasonsOfOrder(order) }, [
    ...(line.purchaseMode === 'UNKNOWN' ? line.removal.reasons : []),
    ...(await reasonsOfSubscription(session, line)),
  ]);
  if (refusal) return refused(refusal, order);
  const [lines] = await source.lineItems.forOrders([order]);
  const context = { orderKey: order.ref.key };
  return ready({
    order,
    product: line.product,
    steps: [{ name: STEP, expects: [{ kind: 'line_changed', lineItemKey, quantity }] }],
    before: await viewBefore(session, order, wholeListing(lines ?? { state: 'missing' }), subjectOf(context)),
    context,
    expectedIncrease: increaseOf(line, quantity),
  });
}

const atLeastOne = invalid(['quantity'], 'RANGE', 'The quantity must be a whole number of at least 1.');

async function reasonsOfSubscription(session: Session, line: LineItem): Promise<readonly EligibilityReason[]> {
  const subscription = line.subscriptionRef && (await findSubscription(session, line.subscriptionRef.key));
  if (!subscription || !isPrepaid(subscription)) return [];
  const evidence = 'prepaid_subscription_context is set';
  return [reason('SUBSCRIPTION_PREPAID', 'This item is paid in advance and keeps its quantity.', { evidence })];
}

function increaseOf({ unitPrice, quantity }: LineItem, wanted: number): Money | null {
  return unitPrice?.times(Math.max(wanted - quantity, 0)) ?? null;
}

function resultOf({ order, publicId }: WireItem) {
  return { orderKey: order, lineItemKey: publicId };
}
