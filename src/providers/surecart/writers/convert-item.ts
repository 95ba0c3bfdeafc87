import { reason } from '../../../domain/eligibility.js';
import { valueOf } from '../../../domain/lookup.js';
import { capabilityMissing, notEligible, notFound } from '../../../domain/refusal.js';
import type { ConvertItem, Preparation, SendResult, Snapshot, Writer } from '../../../domain/write.js';
import { forbidden, ready, refused } from '../../kit/preparation.js';
import { toProductRef } from '../../kit/references.js';
import { decodeAnswer, toSendResult } from '../../kit/send-result.js';
import { withStoredContext } from '../../kit/stored-context.js';
import { capabilities } from '../capabilities.js';
import { readLineKey } from '../keys.js';
import { conversionOf } from '../line-actions.js';
import { toOrder } from '../mapping.js';
import { readOrder, type Session } from '../session.js';
import { decodeSubscription } from '../wire-subscriptions.js';
import { type ConvertContext, decodeConvertContext, newSubscriptionFrom, stepsOf } from './convert-context.js';
import { planConversion } from './convert-plan.js';
import { inspectCreated, inspectRevoked } from './inspect-convert.js';
import { refusalIn } from './refusals.js';

/**
 * No endpoint converts a paid line. A subscription whose billing starts when the paid period ends carries it on, and
 * charges nothing now: https://developer.surecart.com/api-reference/subscriptions/create
 */
export function createConvertItemWriter(session: Session): Writer<ConvertItem> {
  return withStoredContext(decodeConvertContext, {
    prepare: (request) => prepare(session, request),

    send: (step, request, { snapshot }) =>
      step === 'revoke_purchase' ? revoke(session, snapshot) : createSubscription(session, request, snapshot),

    inspect: (step, { lineItemKey }, { snapshot: { context } }) =>
      step === 'revoke_purchase' ? inspectRevoked(session, context) : inspectCreated(session, lineItemKey, context),
  });
}

async function createSubscription(
  { client }: Session,
  { lineItemKey }: ConvertItem,
  { context }: Snapshot<ConvertContext>,
): Promise<SendResult> {
  const result = await client.createSubscription(newSubscriptionFrom(context));
  return toSendResult(result, {
    confirm: () => ({
      orderKey: context.orderKey,
      lineItemKey,
      subscriptionKey: decodeAnswer(result, decodeSubscription).id,
    }),
    refuse: (problem) => refusalIn(result, problem),
  });
}

async function revoke({ client }: Session, { context }: Snapshot<ConvertContext>): Promise<SendResult> {
  const result = await client.revokePurchase(context.purchaseId ?? '');
  return toSendResult(result, { confirm: () => ({}), refuse: (problem) => refusalIn(result, problem) });
}

async function prepare(session: Session, request: ConvertItem): Promise<Preparation<ConvertContext>> {
  const { account, clock } = session;
  const key = readLineKey(request.lineItemKey);
  const record = key && valueOf(await readOrder(session, key.orderId));
  const line = record?.lines.records.find(({ id }) => id === key?.lineId);
  if (!record || !line) return refused(notFound(['lineItemId'], 'item'));
  if (request.offerKey !== null) {
    const message = 'An offer is accepted by adding it, not by converting a line.';
    return refused(notEligible([reason('NOT_OFFERED', message)]));
  }
  const { reasons } = conversionOf(line, record.wire, account.settings);
  const missing = reasons.find(({ code, blocking }) => blocking && code === 'CAPABILITY_MISSING');
  if (missing) {
    const capability = { key: 'CONVERT_TO_SUBSCRIPTION', ...capabilities.CONVERT_TO_SUBSCRIPTION } as const;
    return refused({ ...capabilityMissing(capability), message: missing.message });
  }
  const refusal = forbidden({ reasons });
  if (refusal) return refused(refusal);
  const plan = await planConversion(session, record, line, request.frequency);
  if ('reasons' in plan) return refused(notEligible(plan.reasons));
  const order = toOrder(record, account, clock());
  return ready({
    order,
    product: toProductRef(plan.priceId, account),
    steps: stepsOf(plan),
    snapshot: { lineItemKeys: [request.lineItemKey], context: plan },
    expectedIncrease: order.totals?.total?.with(0n) ?? null,
  });
}
