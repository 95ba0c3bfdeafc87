import { valueOf } from '../../../domain/lookup.js';
import { notEligible, notFound, providerFailed, type Refusal } from '../../../domain/refusal.js';
import type { AddItem, Preparation, StepResult, Writer } from '../../../domain/write.js';
import { contractDrift, isJsonObject, requireObject } from '../../kit/decode.js';
import { isForbidden } from '../../kit/eligibility.js';
import type { JsonResult } from '../../kit/json-api.js';
import { duplicateItem, ready, refused } from '../../kit/preparation.js';
import { toProductRef } from '../../kit/references.js';
import { decodeAnswer, toSendResult } from '../../kit/send-result.js';
import { withStoredContext } from '../../kit/stored-context.js';
import { type Evaluation, evaluate } from '../eligibility.js';
import { findOneTimeLine } from '../item-rules.js';
import { toLineKey } from '../keys.js';
import { toLineItem, toOrder } from '../mapping.js';
import { toMoney } from '../money.js';
import { chosenOffer } from '../offer-choice.js';
import { reasonsOfOrder } from '../order-reasons.js';
import type { OrderRecord } from '../order-records.js';
import { readOrder, type Session } from '../session.js';
import { decodeCheckout, decodeStoredLine, type StoredLine } from '../wire.js';
import { type AddContext, decodeAddContext, lineToSend, snapshotOf } from './add-context.js';
import { inspectAdded, newSubscription } from './inspect-add.js';
import { refusalIn, verifyRefusal } from './refusals.js';

const STEP = 'add_item';

/** Accepting an offer is adding its line; the saved payment method is charged at once, and no key makes it repeat-safe. */
export function createAddItemWriter(session: Session): Writer<AddItem> {
  return withStoredContext(decodeAddContext, {
    prepare: (request) => prepare(session, request),

    async send(_step, request, { snapshot }) {
      const { context } = snapshot;
      const result = await session.client.acceptUpsell(lineToSend(context, request.quantity));
      const sent = toSendResult(result, {
        confirm: () => readResult(result, request, context),
        refuse: (problem) => refusalIn(result, problem),
      });
      return sent.outcome === 'refused' ? verifyRefusal(session, request, snapshot, sent) : sent;
    },

    inspect: (_step, request, { snapshot }) => inspectAdded(session, request, snapshot),
  });
}

async function prepare(session: Session, request: AddItem): Promise<Preparation<AddContext>> {
  const record = valueOf(await readOrder(session, request.orderKey));
  if (record === null) return refused(notFound(['orderId'], 'order'));
  const order = toOrder(record, session.account, session.clock());
  const { item, quantity, subscribe } = request;
  const question = { order, item, quantity, subscribe: subscribe !== null };
  const evaluation = await evaluate(session, record, question, { frequency: subscribe });
  const refusal = refusalOf(session, evaluation, record, request);
  if (refusal) return refused(refusal);
  const { upsell, run } = evaluation;
  if (upsell === null || run?.state !== 'priced') return refused(notEligible(evaluation.eligibility.reasons));
  return ready({
    order,
    product: toProductRef(upsell.priceId, session.account),
    steps: [STEP],
    snapshot: snapshotOf(record, upsell, request),
    expectedIncrease: toMoney(run.line.total, record.wire.checkout.currency),
  });
}

function refusalOf(session: Session, evaluation: Evaluation, record: OrderRecord, request: AddItem): Refusal | null {
  const { eligibility, run } = evaluation;
  const { reasons, order } = eligibility;
  const isClosed = isForbidden(reasonsOfOrder(order, record));
  const existing = isClosed || request.ifPresent === 'ADD' ? null : findPresent(evaluation, record, request);
  if (existing) return duplicateItem(toLineItem(existing, record, session.account));
  if (isForbidden(reasons)) return notEligible(reasons);
  // Without the lines there is no snapshot to find a lost answer by.
  if (record.lines.problem) return providerFailed(record.lines.problem, 'SAME_KEY');
  return run?.state === 'failed' ? providerFailed(run.problem, 'SAME_KEY') : null;
}

/** The line that already has what is asked for, unless it is there because the offer was taken. */
function findPresent({ upsell }: Evaluation, record: OrderRecord, { item }: AddItem): StoredLine | null {
  const priceId = upsell?.priceId ?? item.product?.id;
  if (priceId === undefined || chosenOffer(record, item).state === 'taken') return null;
  return findOneTimeLine(record, priceId, item.product?.variantId ?? null);
}

function readResult(result: JsonResult, request: AddItem, context: AddContext): StepResult {
  const line = decodeAnswer(result, decodeStoredLine);
  const keys = { orderKey: request.orderKey, lineItemKey: toLineKey(request.orderKey, line.id) };
  if (request.subscribe === null) return keys;
  const { checkout } = requireObject(result.body, 'a line item');
  const subscriptions = isJsonObject(checkout) ? decodeCheckout(checkout).subscriptions : null;
  const subscription = newSubscription(subscriptions?.records ?? [], context);
  if (subscription === null) throw contractDrift('the subscription of the new line');
  return { ...keys, subscriptionKey: subscription.id };
}
