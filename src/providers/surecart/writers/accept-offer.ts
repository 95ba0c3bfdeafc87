import type { LineItem } from '../../../domain/line-item.js';
import { valueOf } from '../../../domain/lookup.js';
import { notEligible, notFound, providerFailed, type Refusal, type RefusalOf } from '../../../domain/refusal.js';
import type { AddItem, Preparation, StepResult, Writer } from '../../../domain/write.js';
import { contractDrift, requireObject, isJsonObject } from '../../kit/decode.js';
import { findOneTimeLine } from '../item-rules.js';
import { type Judgement, judge } from '../judge.js';
import { toLineItem, toOrder, toProductRef } from '../mapping.js';
import { toMoney } from '../money.js';
import { chosenOffer } from '../offer-choice.js';
import type { OrderRecord } from '../order-record.js';
import { reasonsOfOrder } from '../order-rules.js';
import { toLineKey } from '../record-id.js';
import { readOrder, type Session } from '../session.js';
import { decodeCheckout, decodeStoredLine, type StoredLine } from '../wire.js';
import { type AcceptContext, contextOf, lineToSend, snapshotOf } from './accept-context.js';
import { inspectAccepted, newSubscription } from './accept-traces.js';
import { decodeBody, toAnswer } from './answer.js';
import { ready, refused, refusedOnFailure } from './preparation.js';
import { verifyRefusal } from './verify-refusal.js';

const STEP = 'add_item';

/** Accepting an offer is adding its line; the saved payment method is charged at once, and no key makes it repeat-safe. */
export function createAcceptWriter(session: Session): Writer<AddItem> {
  return {
    prepare: (request) => refusedOnFailure(() => prepare(session, request)),

    async send(_step, request, { snapshot }) {
      const context = contextOf(snapshot);
      const result = await session.client.acceptUpsell(lineToSend(context, request.quantity));
      const sent = toAnswer(result, (body) => readResult(body, request, context));
      return sent.outcome === 'refused' ? verifyRefusal(session, request, snapshot, sent) : sent;
    },

    inspect: (_step, request, { snapshot }) => inspectAccepted(session, request, snapshot),
  };
}

async function prepare(session: Session, request: AddItem): Promise<Preparation> {
  const record = valueOf(await readOrder(session, request.orderKey));
  if (record === null) return refused(notFound(['orderId'], 'order'));
  const order = toOrder(record, session.account, session.clock());
  const { item, quantity, subscribe } = request;
  const question = { order, item, quantity, subscribe: subscribe !== null };
  const judgement = await judge(session, record, question, { frequency: subscribe });
  const refusal = refusalOf(session, judgement, record, request);
  if (refusal) return refused(refusal);
  const { upsell, run } = judgement;
  if (upsell === null || run?.state !== 'priced') return refused(notEligible(judgement.eligibility.reasons));
  return ready({
    order,
    product: toProductRef(upsell.priceId, session.account),
    steps: [STEP],
    snapshot: snapshotOf(record, upsell, request),
    expectedIncrease: toMoney(run.line.total, record.wire.checkout.currency),
  });
}

function refusalOf(session: Session, judgement: Judgement, record: OrderRecord, request: AddItem): Refusal | null {
  const { eligibility, run } = judgement;
  const { reasons, order } = eligibility;
  const isClosed = reasonsOfOrder(order, record).some(({ blocking }) => blocking);
  const existing = isClosed || request.ifPresent === 'ADD' ? null : findPresent(judgement, record, request);
  if (existing) return duplicate(toLineItem(existing, record, session.account));
  if (reasons.some(({ blocking }) => blocking)) return notEligible(reasons);
  // Without the lines there is no snapshot to find a lost answer by.
  if (record.lines.problem) return providerFailed(record.lines.problem, 'SAME_KEY');
  return run?.state === 'failed' ? providerFailed(run.problem, 'SAME_KEY') : null;
}

/** The line that already has what is asked for, unless it is there because the offer was taken. */
function findPresent({ upsell }: Judgement, record: OrderRecord, { item }: AddItem): StoredLine | null {
  const priceId = upsell?.priceId ?? item.product?.id;
  if (priceId === undefined || chosenOffer(record, item).state === 'taken') return null;
  return findOneTimeLine(record, priceId, item.product?.variantId ?? null);
}

function readResult(body: string, request: AddItem, context: AcceptContext): StepResult {
  return decodeBody(body, (value) => {
    const line = decodeStoredLine(value);
    const lineItemKey = toLineKey(request.orderKey, line.id);
    if (request.subscribe === null) return { orderKey: request.orderKey, lineItemKey };
    const { checkout } = requireObject(value, 'a line item');
    const subscriptions = isJsonObject(checkout) ? decodeCheckout(checkout).subscriptions : null;
    const subscription = newSubscription(subscriptions?.records ?? [], context);
    if (subscription === null) throw contractDrift('the subscription of the new line');
    return { orderKey: request.orderKey, lineItemKey, subscriptionKey: subscription.id };
  });
}

function duplicate(existing: LineItem): RefusalOf<'DUPLICATE_ITEM'> {
  const message = 'This order already has this item.';
  return { code: 'DUPLICATE_ITEM', message, path: ['item'], retry: 'NEW_REQUEST', existing };
}
