import { valueOf } from '../../../domain/lookup.js';
import type { BoundPreview } from '../../../domain/preview.js';
import { ProviderFailure } from '../../../domain/problem.js';
import { notEligible, notFound, type Refusal } from '../../../domain/refusal.js';
import type { AddItem, Preparation, StepResult, Writer } from '../../../domain/write.js';
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
import { shownIncrease } from '../preview-basis.js';
import { readOrder, type Session } from '../session.js';
import { decodeStoredLine, type StoredLine } from '../wire.js';
import { type AddContext, contextOf, decodeAddContext, lineToSend, stepsOf } from './add-context.js';
import { lookAt, type SubscriptionsOf, viewRecord } from './order-view.js';
import { isDocumented, refusalIn } from './refusals.js';

/**
 * Creates a writer that accepts an offer by adding its line. The saved payment method is charged at once, and no key
 * makes it repeat-safe.
 */
export function createAddItemWriter(session: Session): Writer<AddItem> {
  return withStoredContext(decodeAddContext, {
    prepare: (request, shown) => prepare(session, request, shown),

    async send(_step, request, { context }) {
      const result = await session.client.acceptUpsell(lineToSend(context, request.quantity));
      const sent = toSendResult(result, {
        confirm: () => readResult(result, request),
        refuse: (problem) => refusalIn(result, problem),
        isDocumented,
      });
      if (sent.outcome === 'refused' && sent.refusal.code === 'NOT_ELIGIBLE') {
        await session.memory.noteRefusal(context.checkoutId, sent.refusal.reasons);
      }
      return sent;
    },

    look: ({ orderKey, subscribe }) => lookAt(session, orderKey, subscriptionsFor(subscribe)),
  });
}

function subscriptionsFor(subscribe: AddItem['subscribe']): SubscriptionsOf {
  return subscribe === null ? 'none' : 'checkout';
}

async function prepare(
  session: Session,
  request: AddItem,
  shown: BoundPreview | null | undefined,
): Promise<Preparation<AddContext>> {
  const read = await readOrder(session, request.orderKey);
  const record = valueOf(read);
  if (record === null) return refused(notFound(['orderId'], 'order'));
  const order = toOrder(record, session.account, session.clock());
  const { item, quantity, subscribe } = request;
  const question = { order, item, quantity, subscribe: subscribe !== null };
  const known = shownIncrease(record, request, shown, session.clock());
  const evaluation = await evaluate(session, record, question, { frequency: subscribe, mayRun: () => known === null });
  const refusal = refusalOf(session, evaluation, record, request);
  if (refusal) return refused(refusal, order);
  const { upsell, run } = evaluation;
  const increase = run?.state === 'priced' ? toMoney(run.line.total, record.wire.checkout.currency) : known;
  if (upsell === null || (run?.state !== 'priced' && known === null)) {
    return refused(notEligible(evaluation.eligibility.reasons), order);
  }
  const context = contextOf(record, upsell, request);
  return ready({
    order,
    product: toProductRef(upsell.priceId, session.account),
    steps: stepsOf(context, request),
    before: await viewRecord(session, read, subscriptionsFor(subscribe)),
    context,
    expectedIncrease: increase,
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
  if (record.lines.problem) throw new ProviderFailure(record.lines.problem);
  if (run?.state === 'failed') throw new ProviderFailure(run.problem);
  return null;
}

/** Finds the line that already has what is asked for, unless it is there because the offer was taken. */
function findPresent({ upsell }: Evaluation, record: OrderRecord, { item }: AddItem): StoredLine | null {
  const priceId = upsell?.priceId ?? item.product?.id;
  if (priceId === undefined || chosenOffer(record, item).state === 'taken') return null;
  return findOneTimeLine(record, priceId, item.product?.variantId ?? null);
}

function readResult(result: JsonResult, { orderKey }: AddItem): StepResult {
  return { lineItemKey: toLineKey(orderKey, decodeAnswer(result, decodeStoredLine).id) };
}
