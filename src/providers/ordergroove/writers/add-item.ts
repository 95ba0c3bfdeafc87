import { reason } from '../../../domain/eligibility.js';
import { localDate } from '../../../domain/moment.js';
import type { Money } from '../../../domain/money.js';
import type { Order } from '../../../domain/order.js';
import { problem, ProviderFailure, type ProviderProblem } from '../../../domain/problem.js';
import { notEligible, type Refusal } from '../../../domain/refusal.js';
import { isSameFrequency } from '../../../domain/subscription.js';
import {
  type AddItem,
  type Preparation,
  type SendResult,
  statedFrequency,
  type WriteProgress,
  type Writer,
} from '../../../domain/write.js';
import { isForbidden } from '../../kit/eligibility.js';
import { currencyOfOrder, toMoney } from '../../kit/money.js';
import { wholeListing } from '../../kit/order-view.js';
import { duplicateItem, isRefusal, nothingToAdd, ready, refused } from '../../kit/preparation.js';
import { toProductRef } from '../../kit/references.js';
import { anOrder, decodeAnswer, toSendResult } from '../../kit/send-result.js';
import { withStoredContext } from '../../kit/stored-context.js';
import { type Checked, checkAll } from '../eligibility.js';
import { findOneTimeLine, type ItemFacts } from '../item-rules.js';
import { isMerchantId, isRecordId } from '../keys.js';
import type { Session } from '../session.js';
import { toEveryPeriod } from '../statuses.js';
import { toFrequency } from '../terms.js';
import { decodeItem, decodeSubscription, type WireSubscription } from '../wire.js';
import { type AddContext, ADD_ITEM, contextOf, CREATE_SUBSCRIPTION, decodeAddContext, stepsOf } from './add-context.js';
import { frequencyNeeded, sendConversion } from './convert-item.js';
import { lookAt, readChangedLines, type Subject, viewBefore, type WriteSource } from './order-view.js';
import { readTargetOrder, type TargetOrder } from './target-order.js';
import { isDocumented, refusalIn } from './refusals.js';

export function createAddItemWriter(session: Session, source: WriteSource): Writer<AddItem> {
  return withStoredContext(decodeAddContext, {
    prepare: (request) => prepare(session, request),
    send: (step, request, progress) => send(session, step, request, progress),
    look: (request, { context, before, done }) =>
      lookAt(session, source, subjectOf(request, context), before, done[ADD_ITEM]?.orderKey),
    lookElsewhere: (request, { context }, lost) => readChangedLines(session, subjectOf(request, context), lost),
  });
}

function subjectOf({ subscribe }: AddItem, { orderKey, customerId }: AddContext): Subject {
  return { orderKey, customerId, makesSubscription: subscribe !== null };
}

async function prepare(session: Session, request: AddItem): Promise<Preparation<AddContext>> {
  const productId = request.item.product?.id;
  if (productId === undefined) return refused(productNeeded);
  if (request.subscribe === 'AS_PLANNED') return refused(frequencyNeeded(['subscribe', 'frequency']));
  startReads(session, request, productId);
  const target = await readTargetOrder(session, request);
  if (isRefusal(target)) return refused(target);
  const { order } = target;
  const checked = await check(session, request, target);
  const refusal =
    refusalAfter(checked, request, productId) ?? (await recursAlready(session, request, order, productId));
  if (refusal) return refused(refusal, order);
  const { facts } = checked;
  if (facts?.offerId.state !== 'found') return refused(notEligible([noOffer]), order);
  const context = contextOf(session, target, productId, facts.offerId.value);
  const lines = facts.lines && wholeListing(facts.lines);
  return ready({
    order,
    product: toProductRef(productId, session.account),
    steps: stepsOf(session, request, target),
    before: await viewBefore(session, order, lines, subjectOf(request, context)),
    context,
    expectedIncrease: expectedIncrease(target, facts, request.quantity),
  });
}

/** Starts to read everything that will be needed, at the same time as the order that decides whether it is. */
function startReads({ reads, shopper }: Session, { orderKey, subscribe }: AddItem, productId: string): void {
  if (!isRecordId(orderKey) || !isMerchantId(productId)) return;
  const { recognised, customerId } = shopper;
  void reads.products.get([productId]);
  void reads.offer.get([productId]);
  if (!recognised && customerId !== null && subscribe !== null) {
    // A subscription's item may come on any of them: their lists have this order, and its items.
    reads.lists.plan(customerId, { subscriptions: true, upcomingOrders: true, items: true });
    return;
  }
  void reads.order.get(orderKey);
  if (recognised) return;
  void reads.itemsOfOrder.get({ orderId: orderKey, customerId });
  if (customerId !== null) reads.lists.plan(customerId, { subscriptions: true });
}

/**
 * Refuses what was subscribed to just now in the same rhythm and would recur twice: a second net for a ledger that lost
 * its last commits. A subscription of longer ago is no mistake to have beside this one.
 */
async function recursAlready(
  session: Session,
  { subscribe, ifPresent }: AddItem,
  { customerId }: Order,
  productId: string,
): Promise<Refusal | null> {
  const wanted = statedFrequency(subscribe);
  if (wanted === null || ifPresent === 'ADD' || customerId === null) return null;
  const { records, problem: gap } = await session.reads.lists.plan(customerId, { subscriptions: true }).subscriptions;
  const yesterday = localDate(new Date(session.clock().getTime() - DAY_MS), session.account.timeZone ?? 'UTC');
  const isAlike = (record: WireSubscription) => {
    const frequency = toFrequency(record);
    const isAsOften = frequency !== null && isSameFrequency(frequency, wanted);
    const isNew = record.startDate !== null && record.startDate.slice(0, 10) >= yesterday;
    return record.product === productId && record.live !== false && isAsOften && isNew;
  };
  if (records.some(isAlike)) return notEligible([subscribedAlready]);
  if (gap) throw new ProviderFailure(gap);
  return null;
}

const DAY_MS = 86_400_000;

const subscribedAlready = reason('ALREADY_SUBSCRIBED', 'A subscription already delivers this item.', {
  evidence: 'a live subscription to the product, begun today',
});

async function check(session: Session, request: AddItem, { order }: TargetOrder): Promise<Checked> {
  const { item, quantity, subscribe } = request;
  const [checked] = await checkAll(session, [{ order, item, quantity, subscribe: subscribe !== null }]);
  if (!checked) throw new TypeError('a question was not answered');
  return checked;
}

function refusalAfter({ eligibility, facts }: Checked, request: AddItem, productId: string): Refusal | null {
  const { reasons } = eligibility;
  if (isForbidden(reasons)) return notEligible(reasons);
  // Without the items there is no snapshot to find a lost answer by, and no telling whether it is there already.
  if (facts?.lines?.state === 'failed') throw new ProviderFailure(facts.lines.problem);
  if (facts?.offerId.state === 'failed') throw new ProviderFailure(facts.offerId.problem);
  const existing = facts?.lines?.state === 'found' ? findOneTimeLine(facts.lines.value, productId) : null;
  return existing && request.ifPresent === 'REJECT' ? duplicateItem(existing) : null;
}

/** Returns what an item adds at its price. The program's recurring discount, known only afterwards, lowers it. */
function expectedIncrease({ order }: TargetOrder, { product }: ItemFacts, quantity: number): Money | null {
  const price = product?.state === 'found' ? product.value.price : null;
  return toMoney(price, currencyOfOrder(order))?.times(quantity) ?? null;
}

async function send(
  { client, account }: Session,
  step: string,
  { quantity, subscribe }: AddItem,
  progress: WriteProgress<AddContext>,
): Promise<SendResult> {
  const { context } = progress;
  const { orderKey, offerId, productId, sessionId } = context;
  const added = progress.done[ADD_ITEM]?.lineItemKey;
  if (step === ADD_ITEM) {
    const result = await client.addItem({ order: orderKey, offer: offerId, product: productId, quantity });
    return toSendResult(result, {
      confirm() {
        const { order, publicId } = decodeAnswer(result, decodeItem);
        return { orderKey: order, lineItemKey: publicId };
      },
      refuse: (problem) => refusalIn(result, problem, anOrder),
      isDocumented,
    });
  }
  const frequency = statedFrequency(subscribe);
  if (frequency === null) throw new TypeError(`${step} needs a frequency`);
  if (step === CREATE_SUBSCRIPTION) {
    if (added === undefined) return { outcome: 'not_applied', attempts: 0, problem: itemUnknown };
    return sendConversion(client, { lineItemKey: added, frequency, sessionId, offerId });
  }
  const result = await client.createSubscriptionOnOrder({
    merchant: account.settings.merchantId,
    customer: context.customerId ?? '',
    product: productId,
    offer: offerId,
    order: orderKey,
    session_id: sessionId,
    payment: context.payment ?? '',
    shipping_address: context.shippingAddress ?? '',
    quantity,
    every: frequency.every,
    every_period: toEveryPeriod(frequency.unit),
  });
  return toSendResult(result, {
    // Which order its item is on is not in the answer: https://developer.ordergroove.com/reference/subscriptions-iu-create
    confirm: () => ({ subscriptionKey: decodeAnswer(result, decodeSubscription).publicId }),
    refuse: (problem) => refusalIn(result, problem, anOrder),
    isDocumented,
  });
}

const productNeeded = nothingToAdd('The offer of this shop covers any product');

const noOffer = reason('NO_OFFER', 'This shop has no offer for extra items.', { evidence: 'no offer' });

const itemUnknown: ProviderProblem = {
  ...problem('CONTRACT_DRIFT', 'The added item is not known, so it cannot be converted.'),
  notSent: 'NOT_READABLE',
};
