import { reason } from '../../../domain/eligibility.js';
import { valueOf } from '../../../domain/lookup.js';
import { capabilityMissing, notEligible, notFound } from '../../../domain/refusal.js';
import type { ConvertItem, Preparation, Writer } from '../../../domain/write.js';
import { capabilities } from '../capabilities.js';
import { conversionOf } from '../line-actions.js';
import { toOrder, toProductRef } from '../mapping.js';
import { readLineKey } from '../record-id.js';
import { readOrder, type Session } from '../session.js';
import { decodeSubscription } from '../wire-subscriptions.js';
import { decodeBody, toAnswer } from './answer.js';
import { storedPlan, newSubscriptionFrom, stepsOf } from './convert-context.js';
import { planConversion } from './convert-plan.js';
import { inspectCreated, inspectRevoked } from './convert-traces.js';
import { ready, refused, refusedOnFailure } from './preparation.js';

/**
 * No endpoint converts a paid line. A subscription whose billing starts when the paid period ends carries it on, and
 * charges nothing now: https://developer.surecart.com/api-reference/subscriptions/create
 */
export function createConvertWriter(session: Session): Writer<ConvertItem> {
  const { client } = session;
  return {
    prepare: (request) => refusedOnFailure(() => prepare(session, request)),

    async send(step, { lineItemKey }, { snapshot: { context } }) {
      if (step === 'revoke_purchase')
        return toAnswer(await client.revokePurchase(context['purchaseId'] ?? ''), () => ({}));
      const result = await client.createSubscription(newSubscriptionFrom(context));
      const orderKey = context['orderKey'] ?? '';
      return toAnswer(result, (body) => ({
        orderKey,
        lineItemKey,
        subscriptionKey: decodeBody(body, decodeSubscription).id,
      }));
    },

    inspect: (step, { lineItemKey }, { snapshot: { context } }) =>
      step === 'revoke_purchase' ? inspectRevoked(session, context) : inspectCreated(session, lineItemKey, context),
  };
}

async function prepare(session: Session, request: ConvertItem): Promise<Preparation> {
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
  if (reasons.some(({ blocking }) => blocking)) return refused(notEligible(reasons));
  const plan = await planConversion(session, record, line, request.frequency);
  if ('reasons' in plan) return refused(notEligible(plan.reasons));
  const order = toOrder(record, account, clock());
  return ready({
    order,
    product: toProductRef(plan.priceId, account),
    steps: stepsOf(plan),
    snapshot: { lineItemKeys: [request.lineItemKey], context: storedPlan(plan) },
    expectedIncrease: order.totals?.total?.with(0n) ?? null,
  });
}
