import { type EligibilityReason, reason } from '../../../domain/eligibility.js';
import type { LineItem } from '../../../domain/line-item.js';
import type { Money } from '../../../domain/money.js';
import { problemOf } from '../../../domain/problem.js';
import { invalid, providerFailed } from '../../../domain/refusal.js';
import type { ChangeQuantity, InspectResult, Preparation, Writer } from '../../../domain/write.js';
import { isPrepaid } from '../item-facts.js';
import { reasonsOfOrder } from '../order-reasons.js';
import type { Session } from '../session.js';
import { findSubscription } from '../subscriptions.js';
import { decodeItem, type WireItem } from '../wire.js';
import { decodeBody, toAnswer } from './answer.js';
import { inspectItem, itemIsGone } from './inspections.js';
import { ready, refused } from './preparation.js';
import { forbidden, type LineSource, readTargetLine } from './target-line.js';
import { isRefusal } from './target-order.js';

const STEP = 'change_quantity';

export function createChangeQuantityWriter(session: Session, source: LineSource): Writer<ChangeQuantity> {
  return {
    async prepare(request) {
      try {
        return await prepare(session, source, request);
      } catch (error) {
        return refused(providerFailed(problemOf(error), 'SAME_KEY'));
      }
    },

    async send(_step, { lineItemKey, quantity }) {
      const result = await session.client.changeItemQuantity(lineItemKey, quantity);
      return toAnswer(result, (body) => resultOf(decodeBody(body, decodeItem)), { path: ['lineItemId'], what: 'item' });
    },

    inspect: (_step, { lineItemKey, quantity }) =>
      inspectItem(session, lineItemKey, (item): InspectResult => {
        if (item === null) return itemIsGone;
        return item.quantity === quantity ? { state: 'applied', result: resultOf(item) } : { state: 'no_trace' };
      }),
  };
}

async function prepare(session: Session, source: LineSource, request: ChangeQuantity): Promise<Preparation> {
  const { lineItemKey, quantity } = request;
  if (!Number.isInteger(quantity) || quantity < 1) return refused(atLeastOne);
  const target = await readTargetLine(session, source, lineItemKey);
  if (isRefusal(target)) return refused(target);
  const { line, order } = target;
  const refusal = forbidden({ reasons: reasonsOfOrder(order) }, await reasonsOfSubscription(session, line));
  if (refusal) return refused(refusal);
  return ready({
    order,
    product: line.product,
    steps: [STEP],
    snapshot: { lineItemKeys: [lineItemKey], context: { quantity: String(line.quantity) } },
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
