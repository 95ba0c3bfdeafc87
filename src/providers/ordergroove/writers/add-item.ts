import type { Money } from '../../../domain/money.js';
import { type ProviderProblem, problem } from '../../../domain/problem.js';
import { notEligible, providerFailed, type Refusal } from '../../../domain/refusal.js';
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
import { duplicateItem, isRefusal, nothingToAdd, ready, refused } from '../../kit/preparation.js';
import { toProductRef } from '../../kit/references.js';
import { anOrder, decodeAnswer, refusalOf, toSendResult } from '../../kit/send-result.js';
import { withStoredContext } from '../../kit/stored-context.js';
import { toEveryPeriod } from '../statuses.js';
import { type Checked, checkAll } from '../eligibility.js';
import { findOneTimeLine, type ItemFacts } from '../item-rules.js';
import { isMerchantId, isRecordId } from '../keys.js';
import type { Session } from '../session.js';
import { decodeItem, decodeSubscription } from '../wire.js';
import { type AddContext, decodeAddContext, snapshotOf, stepsOf } from './add-context.js';
import { frequencyNeeded, sendConversion } from './convert-item.js';
import { inspectAdd } from './inspect-add.js';
import { inspectConvert } from './inspect-convert.js';
import { readTargetOrder, type TargetOrder } from './target-order.js';

export function createAddItemWriter(session: Session): Writer<AddItem> {
  return withStoredContext(decodeAddContext, {
    prepare: (request) => prepare(session, request),

    send: (step, request, progress) => send(session, step, request, progress),

    async inspect(step, { quantity }, progress) {
      const added = progress.done['add_item']?.lineItemKey;
      if (step === 'create_subscription') return inspectConvert(session, added ?? '');
      return inspectAdd(session, progress, { quantity, recurring: step === 'add_subscription' });
    },
  });
}

async function prepare(session: Session, request: AddItem): Promise<Preparation<AddContext>> {
  const productId = request.item.product?.id;
  if (productId === undefined) return refused(productNeeded);
  if (request.subscribe === 'AS_PLANNED') return refused(frequencyNeeded(['subscribe', 'frequency']));
  startReads(session, request.orderKey, productId);
  const target = await readTargetOrder(session, request);
  if (isRefusal(target)) return refused(target);
  const checked = await check(session, request, target);
  const refusal = refusalAfter(checked, request, productId);
  if (refusal) return refused(refusal);
  const { facts } = checked;
  if (facts?.offerId.state !== 'found') return refused(providerFailed(noOffer, 'SAME_KEY'));
  const lines = facts.lines?.state === 'found' ? facts.lines.value : null;
  return ready({
    order: target.order,
    product: toProductRef(productId, session.account),
    steps: stepsOf(session, request, target),
    snapshot: snapshotOf(session, target, productId, facts.offerId.value, lines),
    expectedIncrease: expectedIncrease(session, target, facts, request.quantity),
  });
}

/** Everything that will be needed, at the same time as the order that decides whether it is. */
function startReads({ reads, shopper }: Session, orderKey: string, productId: string): void {
  if (!isRecordId(orderKey) || !isMerchantId(productId)) return;
  void reads.order.get(orderKey);
  void reads.products.get([productId]);
  void reads.offer.get([productId]);
  if (shopper.recognised) return;
  void reads.itemsOfOrder.get({ orderId: orderKey, customerId: shopper.customerId });
  if (shopper.customerId !== null) reads.lists.plan(shopper.customerId, { subscriptions: true });
}

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
  if (facts?.lines?.state === 'failed') return providerFailed(facts.lines.problem, 'SAME_KEY');
  if (facts?.offerId.state === 'failed') return providerFailed(facts.offerId.problem, 'SAME_KEY');
  const existing = facts?.lines?.state === 'found' ? findOneTimeLine(facts.lines.value, productId) : null;
  return existing && request.ifPresent === 'REJECT' ? duplicateItem(existing) : null;
}

/** The recurring discount of the program lowers it; by how much is known only afterwards. */
function expectedIncrease(
  { account }: Session,
  { order }: TargetOrder,
  { product }: ItemFacts,
  quantity: number,
): Money | null {
  const price = product?.state === 'found' ? product.value.price : null;
  return toMoney(price, currencyOfOrder(order, account))?.times(quantity) ?? null;
}

async function send(
  { client, account }: Session,
  step: string,
  { quantity, subscribe }: AddItem,
  progress: WriteProgress<AddContext>,
): Promise<SendResult> {
  const { context } = progress.snapshot;
  const { orderKey, offerId, productId, sessionId } = context;
  const added = progress.done['add_item']?.lineItemKey;
  if (step === 'add_item') {
    const result = await client.addItem({ order: orderKey, offer: offerId, product: productId, quantity });
    return toSendResult(result, {
      confirm() {
        const { order, publicId } = decodeAnswer(result, decodeItem);
        return { orderKey: order, lineItemKey: publicId };
      },
      refuse,
    });
  }
  const frequency = statedFrequency(subscribe);
  if (frequency === null) throw new TypeError(`${step} needs a frequency`);
  if (step === 'create_subscription') {
    if (added === undefined) return { outcome: 'not_applied', attempts: 0, problem: itemUnknown };
    return sendConversion(client, { lineItemKey: added, orderKey, frequency, sessionId, offerId });
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
    confirm: () => ({ orderKey, subscriptionKey: decodeAnswer(result, decodeSubscription).publicId }),
    refuse,
  });
}

function refuse(found: ProviderProblem): Refusal {
  return refusalOf(found, anOrder);
}

const productNeeded = nothingToAdd('The offer of this shop covers any product');

const noOffer = problem('REJECTED', 'Ordergroove has no offer for this merchant, and adding an item needs one.');

const itemUnknown: ProviderProblem = problem(
  'CONTRACT_DRIFT',
  'The added item is not known, so it cannot be converted.',
);
