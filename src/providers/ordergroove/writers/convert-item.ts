import { type EligibilityReason, reason } from '../../../domain/eligibility.js';
import type { Lookup } from '../../../domain/lookup.js';
import type { Frequency } from '../../../domain/subscription.js';
import {
  type ConvertItem,
  type Preparation,
  type SendResult,
  statedFrequency,
  type Writer,
} from '../../../domain/write.js';
import { invalid, type RefusalOf } from '../../../domain/refusal.js';
import { type Infer, optionalText, record, text } from '../../kit/decode.js';
import { wholeListing } from '../../kit/order-view.js';
import { forbidden, isRefusal, ready, refused } from '../../kit/preparation.js';
import { anItem, decodeAnswer, toSendResult } from '../../kit/send-result.js';
import { withStoredContext } from '../../kit/stored-context.js';
import type { OrdergrooveClient } from '../client.js';
import { readOfferId } from '../offers.js';
import { readProducts } from '../products.js';
import { newSessionId } from '../keys.js';
import type { Session } from '../session.js';
import { toEveryPeriod } from '../statuses.js';
import { decodeSubscription, type WireProduct } from '../wire.js';
import { lookAt, type Subject, viewBefore, type WriteSource } from './order-view.js';
import { readTargetLine } from './target-line.js';
import { isDocumented, refusalIn } from './refusals.js';

const STEP = 'create_subscription';

export function createConvertItemWriter(session: Session, source: WriteSource): Writer<ConvertItem> {
  return withStoredContext(decodeConvertContext, {
    prepare: (request) => prepare(session, source, request),

    async send(_step, { lineItemKey, frequency: requested }, { context }) {
      const frequency = statedFrequency(requested);
      if (frequency === null) throw new TypeError('a conversion needs a frequency');
      return sendConversion(session.client, { ...context, lineItemKey, frequency });
    },

    look: (_request, { context, before }) => lookAt(session, source, subjectOf(context), before),
  });
}

const decodeConvertContext = record('the context of a write', (fields) => ({
  orderKey: text(fields, 'orderKey'),
  customerId: optionalText(fields, 'customerId'),
  sessionId: text(fields, 'sessionId'),
  /** Null: Ordergroove chooses. */
  offerId: optionalText(fields, 'offerId'),
}));

type ConvertContext = Infer<typeof decodeConvertContext>;

/**
 * Describes what a conversion is about: the item stays where it is.
 * See https://developer.ordergroove.com/reference/subscriptions-create-from-item
 */
function subjectOf({ orderKey }: Pick<ConvertContext, 'orderKey'>): Subject {
  return { orderKey, customerId: null, makesSubscription: true };
}

async function prepare(
  session: Session,
  source: WriteSource,
  request: ConvertItem,
): Promise<Preparation<ConvertContext>> {
  const { lineItemKey, offerKey, frequency } = request;
  if (frequency === 'AS_PLANNED') return refused(frequencyNeeded(['subscribe', 'frequency']));
  const target = await readTargetLine(session, source, lineItemKey);
  if (isRefusal(target)) return refused(target);
  const { line, order } = target;
  const productId = line.product.providerId;
  const [productOf, offer, [lines]] = await Promise.all([
    readProducts(session, [productId]),
    readOfferId(session, [productId]),
    source.lineItems.forOrders([order]),
  ]);
  const more = [...reasonsOfProduct(productOf(productId)), ...reasonsOfOffer(offerKey, offer)];
  const refusal = forbidden(line.conversion, more);
  if (refusal) return refused(refusal, order);
  const offerId = offerKey ?? (offer.state === 'found' ? offer.value : null);
  const sessionId = newSessionId(session.account.settings.merchantId);
  const context = { orderKey: order.ref.key, customerId: order.customerId, sessionId, offerId };
  return ready({
    order,
    product: line.product,
    steps: [{ name: STEP, expects: [{ kind: 'line_recurs', lineItemKey, frequency: statedFrequency(frequency) }] }],
    before: await viewBefore(session, order, wholeListing(lines ?? { state: 'missing' }), subjectOf(context)),
    context,
    // The recurring discount is the same before and after: https://developer.ordergroove.com/docs/getting-started-2
    expectedIncrease: order.totals?.total?.with(0n) ?? null,
  });
}

function reasonsOfProduct(product: Lookup<WireProduct>): readonly EligibilityReason[] {
  if (product.state !== 'found' || product.value.autoshipEnabled !== false) return [];
  const evidence = 'autoship_enabled = false';
  return [reason('NO_SUBSCRIPTION_PLAN', 'This item can only be bought once, not subscribed to.', { evidence })];
}

function reasonsOfOffer(asked: string | null, offer: Lookup<string>): readonly EligibilityReason[] {
  if (asked === null || offer.state !== 'found' || offer.value === asked) return [];
  return [reason('NOT_OFFERED', 'This offer is not open for this order.')];
}

export interface Conversion {
  readonly lineItemKey: string;
  readonly frequency: Frequency;
  readonly sessionId: string;
  /** Null: Ordergroove chooses. */
  readonly offerId: string | null;
}

/** Turns a one-time item into a subscription; also the second step of adding one. */
export async function sendConversion(client: OrdergrooveClient, conversion: Conversion): Promise<SendResult> {
  const { lineItemKey, frequency, sessionId, offerId } = conversion;
  const result = await client.createSubscriptionFromItem({
    item: lineItemKey,
    every: frequency.every,
    every_period: toEveryPeriod(frequency.unit),
    session_id: sessionId,
    ...(offerId === null ? {} : { offer: offerId }),
  });
  return toSendResult(result, {
    confirm: () => ({ lineItemKey, subscriptionKey: decodeAnswer(result, decodeSubscription).publicId }),
    refuse: (problem) => refusalIn(result, problem, anItem),
    isDocumented,
  });
}

/** Refuses a request without a frequency: there are no plans, and a subscription has the one it is made with. */
export function frequencyNeeded(path: readonly string[]): RefusalOf<'VALIDATION'> {
  return invalid(path, 'FREQUENCY_NAMED', 'Ordergroove has no plan that states a frequency: name one.');
}
