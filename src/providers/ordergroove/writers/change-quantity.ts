import { type EligibilityReason, reason } from '../../../domain/eligibility.js';
import type { LineItem } from '../../../domain/line-item.js';
import type { Money } from '../../../domain/money.js';
import { invalid } from '../../../domain/refusal.js';
import type { ChangeQuantity, Preparation, Writer } from '../../../domain/write.js';
import { forbidden, isRefusal, ready, refused } from '../../kit/preparation.js';
import { anItem, decodeAnswer, refusalOf, toSendResult } from '../../kit/send-result.js';
import { isPrepaid } from '../item-facts.js';
import { reasonsOfOrder } from '../order-reasons.js';
import type { Session } from '../session.js';
import { findSubscription } from '../subscriptions.js';
import { decodeItem, type WireItem } from '../wire.js';
import { itemIsGone } from './inspect-convert.js';
import { type LineSource, readTargetLine } from './target-line.js';

const STEP = 'change_quantity';

export function createChangeQuantityWriter(session: Session, source: LineSource): Writer<ChangeQuantity> {
  return {
    prepare: (request) => prepare(session, source, request),

    async send(_step, { lineItemKey, quantity }) {
      const result = await session.client.changeItemQuantity(lineItemKey, quantity);
      return toSendResult(result, {
        confirm: () => resultOf(decodeAnswer(result, decodeItem)),
        refuse: (problem) => refusalOf(problem, anItem),
      });
    },

    async inspect(_step, { lineItemKey, quantity }) {
      const item = await session.reads.item.get(lineItemKey);
      if (item === null) return itemIsGone;
      return item.quantity === quantity ? { state: 'applied', result: resultOf(item) } : { state: 'no_trace' };
    },
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
    snapshot: { lineItemKeys: [lineItemKey], context: {} },
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
