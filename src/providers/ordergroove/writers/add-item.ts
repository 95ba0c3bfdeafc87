import type { LineItem } from '../../../domain/line-item.js';
import type { Money } from '../../../domain/money.js';
import { type ProviderProblem, problem, problemOf } from '../../../domain/problem.js';
import { invalid, notEligible, providerFailed, type Refusal, type RefusalOf } from '../../../domain/refusal.js';
import {
  type AddItem,
  type Preparation,
  type SendResult,
  statedFrequency,
  type WriteProgress,
  type Writer,
} from '../../../domain/write.js';
import { toEveryPeriod } from '../statuses.js';
import { type Checked, checkAll } from '../eligibility.js';
import { findOneTimeLine, type ItemFacts } from '../item-rules.js';
import { toProductRef } from '../../kit/references.js';
import { currencyOfOrder, toMoney } from '../../kit/money.js';
import { isMerchantId, isRecordId } from '../keys.js';
import type { Session } from '../session.js';
import { decodeItem, decodeSubscription } from '../wire.js';
import { contextOf, snapshotOf, stepsOf } from './add-context.js';
import { decodeBody, toAnswer } from './answer.js';
import { convertItem, frequencyNeeded } from './convert-call.js';
import { converted, inspectAdded, inspectItem } from './inspections.js';
import { ready, refused } from './preparation.js';
import { isRefusal, readTargetOrder, type TargetOrder } from './target-order.js';

export function createAddItemWriter(session: Session): Writer<AddItem> {
  return {
    async prepare(request) {
      try {
        return await prepare(session, request);
      } catch (error) {
        return refused(providerFailed(problemOf(error), 'SAME_KEY'));
      }
    },

    send: (step, request, progress) => send(session, step, request, progress),

    async inspect(step, request, progress) {
      const lineItemKey = progress.done['add_item']?.lineItemKey;
      if (step === 'create_subscription') return inspectItem(session, lineItemKey ?? '', converted);
      const recurring = step === 'add_subscription';
      return inspectAdded(session, progress, contextOf(progress.snapshot), { quantity: request.quantity, recurring });
    },
  };
}

async function prepare(session: Session, request: AddItem): Promise<Preparation> {
  const productId = request.item.product?.id;
  if (productId === undefined) return refused(productNeeded);
  if (request.subscribe === 'AS_PLANNED') return refused(frequencyNeeded(['subscribe', 'frequency']));
  startReads(session, request.orderKey, productId);
  const target = await readTargetOrder(session, request);
  if (isRefusal(target)) return refused(target);
  const checked = await check(session, request, target);
  const refusal = refusalOf(checked, request, productId);
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
  if (shopper.customerId !== null) void reads.subscriptionsOf.get(shopper.customerId);
}

async function check(session: Session, request: AddItem, { order }: TargetOrder): Promise<Checked> {
  const { item, quantity, subscribe } = request;
  const [checked] = await checkAll(session, [{ order, item, quantity, subscribe: subscribe !== null }]);
  if (!checked) throw new TypeError('a question was not answered');
  return checked;
}

function refusalOf({ eligibility, facts }: Checked, request: AddItem, productId: string): Refusal | null {
  const { reasons } = eligibility;
  if (reasons.some(({ blocking }) => blocking)) return notEligible(reasons);
  // Without the items there is no snapshot to find a lost answer by, and no telling whether it is there already.
  if (facts?.lines?.state === 'failed') return providerFailed(facts.lines.problem, 'SAME_KEY');
  if (facts?.offerId.state === 'failed') return providerFailed(facts.offerId.problem, 'SAME_KEY');
  const existing = facts?.lines?.state === 'found' ? findOneTimeLine(facts.lines.value, productId) : null;
  return existing && request.ifPresent === 'REJECT' ? duplicate(existing) : null;
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
  progress: WriteProgress,
): Promise<SendResult> {
  const context = contextOf(progress.snapshot);
  const { orderKey, offerId, productId, sessionId } = context;
  const order = { path: ['orderId'], what: 'order' };
  const added = progress.done['add_item']?.lineItemKey;
  if (step === 'add_item') {
    const result = await client.addItem({ order: orderKey, offer: offerId, product: productId, quantity });
    return toAnswer(result, resultOfItem, order);
  }
  const frequency = statedFrequency(subscribe);
  if (frequency === null) throw new TypeError(`${step} needs a frequency`);
  if (step === 'create_subscription') {
    if (added === undefined) return { outcome: 'not_applied', attempts: 0, problem: itemUnknown };
    return convertItem(client, { lineItemKey: added, orderKey, frequency, sessionId, offerId });
  }
  const result = await client.createSubscriptionOnOrder({
    merchant: account.settings.merchantId,
    customer: context.customerId,
    product: productId,
    offer: offerId,
    order: orderKey,
    session_id: sessionId,
    payment: context.payment,
    shipping_address: context.shippingAddress,
    quantity,
    every: frequency.every,
    every_period: toEveryPeriod(frequency.unit),
  });
  const factsOfSubscription = (body: string) => ({
    orderKey,
    subscriptionKey: decodeBody(body, decodeSubscription).publicId,
  });
  return toAnswer(result, factsOfSubscription, order);
}

function resultOfItem(body: string) {
  const { order, publicId } = decodeBody(body, decodeItem);
  return { orderKey: order, lineItemKey: publicId };
}

const productNeeded = invalid(
  ['item'],
  'PRODUCT_NAMED',
  'The offer of this shop covers any product: name the product to add.',
);

const noOffer = problem('REJECTED', 'Ordergroove has no offer for this merchant, and adding an item needs one.');

const itemUnknown: ProviderProblem = problem(
  'CONTRACT_DRIFT',
  'The added item is not known, so it cannot be converted.',
);

function duplicate(existing: LineItem): RefusalOf<'DUPLICATE_ITEM'> {
  const message = 'This order already has this item.';
  return { code: 'DUPLICATE_ITEM', message, path: ['item'], retry: 'NEW_REQUEST', existing };
}
