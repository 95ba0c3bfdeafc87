import { reason } from '../../../domain/eligibility.js';
import { valueOf } from '../../../domain/lookup.js';
import { capabilityMissing, notEligible, notFound } from '../../../domain/refusal.js';
import type { ConvertItem, OrderView, Preparation, SendResult, Writer } from '../../../domain/write.js';
import { attempt } from '../../kit/lookups.js';
import { decodeRows } from '../../kit/pages.js';
import { forbidden, ready, refused } from '../../kit/preparation.js';
import { toProductRef } from '../../kit/references.js';
import { decodeAnswer, toSendResult } from '../../kit/send-result.js';
import { withStoredContext } from '../../kit/stored-context.js';
import { capabilities } from '../capabilities.js';
import { readLineKey } from '../keys.js';
import { conversionOf } from '../line-actions.js';
import { toOrder } from '../mapping.js';
import { readOrder, type Session } from '../session.js';
import { decodePurchase, decodeSubscription } from '../wire-subscriptions.js';
import {
  type ConvertContext,
  decodeConvertContext,
  newSubscriptionFrom,
  purchaseFact,
  REVOKE_PURCHASE,
  REVOKED,
  stepsOf,
} from './convert-context.js';
import { planConversion } from './convert-plan.js';
import { lookAt, viewRecord } from './order-view.js';
import { isDocumented, refusalIn } from './refusals.js';

/**
 * Creates a writer that carries a paid line on by a subscription whose billing starts when the paid period ends, and
 * charges nothing now. No endpoint converts a paid line.
 * See https://developer.surecart.com/api-reference/subscriptions/create
 */
export function createConvertItemWriter(session: Session): Writer<ConvertItem> {
  return withStoredContext(decodeConvertContext, {
    prepare: (request) => prepare(session, request),
    send: (step, _request, { context }) =>
      step === REVOKE_PURCHASE ? revoke(session, context) : createSubscription(session, context),
    look: (_request, { context }) => look(session, context),
  });
}

async function createSubscription({ client }: Session, context: ConvertContext): Promise<SendResult> {
  const result = await client.createSubscription(newSubscriptionFrom(context));
  return toSendResult(result, {
    confirm: () => ({ subscriptionKey: decodeAnswer(result, decodeSubscription).id }),
    refuse: (problem) => refusalIn(result, problem),
    isDocumented,
  });
}

async function revoke({ client }: Session, { purchaseId }: ConvertContext): Promise<SendResult> {
  const result = await client.revokePurchase(purchaseId ?? '');
  return toSendResult(result, {
    confirm() {
      decodeAnswer(result, decodePurchase);
      return {};
    },
    refuse: (problem) => refusalIn(result, problem),
    isDocumented,
  });
}

async function look(session: Session, { orderKey, purchaseId }: ConvertContext): Promise<OrderView> {
  const [view, state] = await Promise.all([
    lookAt(session, orderKey, 'customer'),
    purchaseId === null ? null : purchaseState(session, purchaseId),
  ]);
  if (purchaseId === null || state === null) return view;
  return { ...view, facts: { ...view.facts, [purchaseFact(purchaseId)]: state } };
}

/** Returns the state of a purchase; null when it cannot be read. */
async function purchaseState({ client }: Session, purchaseId: string): Promise<string | null> {
  const read = await attempt(async () => decodeRows(await client.purchases([purchaseId]), decodePurchase));
  const purchase = read.state === 'found' ? read.value.records.find(({ id }) => id === purchaseId) : undefined;
  return purchase ? stateOf(purchase) : null;
}

function stateOf({ revoked }: { readonly revoked: boolean }): string {
  return revoked ? REVOKED : 'kept';
}

async function prepare(session: Session, request: ConvertItem): Promise<Preparation<ConvertContext>> {
  const { account, clock } = session;
  const key = readLineKey(request.lineItemKey);
  const read = await readOrder(session, key?.orderId ?? '');
  const record = valueOf(read);
  const line = record?.lines.records.find(({ id }) => id === key?.lineId);
  if (!record || !line) return refused(notFound(['lineItemId'], 'item'));
  const order = toOrder(record, account, clock());
  if (request.offerKey !== null) {
    const message = 'An offer is accepted by adding it, not by converting a line.';
    return refused(notEligible([reason('NOT_OFFERED', message)]), order);
  }
  const { reasons } = conversionOf(line, record.wire, account.settings);
  const missing = reasons.find(({ code, blocking }) => blocking && code === 'CAPABILITY_MISSING');
  if (missing) {
    const capability = { key: 'CONVERT_TO_SUBSCRIPTION', ...capabilities.CONVERT_TO_SUBSCRIPTION } as const;
    return refused({ ...capabilityMissing(capability), message: missing.message }, order);
  }
  const refusal = forbidden({ reasons });
  if (refusal) return refused(refusal, order);
  const plan = await planConversion(session, record, line, request.frequency);
  if ('reasons' in plan) return refused(notEligible(plan.reasons), order);
  const { context, frequency, existing } = plan;
  const { purchaseId } = context;
  const before = await viewRecord(session, read, existing);
  return ready({
    order,
    product: toProductRef(context.priceId, account),
    steps: stepsOf(context, frequency),
    before:
      purchaseId === null ? before : { ...before, facts: { ...before.facts, [purchaseFact(purchaseId)]: 'kept' } },
    context,
    expectedIncrease: order.totals?.total?.with(0n) ?? null,
  });
}
