import { type EligibilityReason, reason } from '../../../domain/eligibility.js';
import type { Lookup } from '../../../domain/lookup.js';
import { problemOf } from '../../../domain/problem.js';
import { providerFailed } from '../../../domain/refusal.js';
import { type ConvertItem, type Preparation, statedFrequency, type Writer } from '../../../domain/write.js';
import { readOfferId } from '../offers.js';
import { readProducts } from '../products.js';
import { newSessionId } from '../keys.js';
import type { Session } from '../session.js';
import type { WireProduct } from '../wire.js';
import { convertItem, frequencyNeeded } from './convert-call.js';
import { converted, inspectItem } from './inspections.js';
import { ready, refused } from './preparation.js';
import { forbidden, type LineSource, readTargetLine } from './target-line.js';
import { isRefusal } from './target-order.js';

const STEP = 'create_subscription';

export function createConvertItemWriter(session: Session, source: LineSource): Writer<ConvertItem> {
  return {
    async prepare(request) {
      try {
        return await prepare(session, source, request);
      } catch (error) {
        return refused(providerFailed(problemOf(error), 'SAME_KEY'));
      }
    },

    async send(_step, { lineItemKey, frequency: requested }, { snapshot: { context } }) {
      const frequency = statedFrequency(requested);
      if (frequency === null) throw new TypeError('a conversion needs a frequency');
      const { orderKey = '', sessionId = '', offerId = '' } = context;
      return convertItem(session.client, { lineItemKey, orderKey, frequency, sessionId, offerId });
    },

    inspect: (_step, { lineItemKey }) => inspectItem(session, lineItemKey, converted),
  };
}

async function prepare(session: Session, source: LineSource, request: ConvertItem): Promise<Preparation> {
  const { lineItemKey, offerKey, frequency } = request;
  if (frequency === 'AS_PLANNED') return refused(frequencyNeeded(['subscribe', 'frequency']));
  const target = await readTargetLine(session, source, lineItemKey);
  if (isRefusal(target)) return refused(target);
  const { line, order } = target;
  const productId = line.product.providerId;
  const [productOf, offer] = await Promise.all([readProducts(session, [productId]), readOfferId(session, [productId])]);
  const more = [...reasonsOfProduct(productOf(productId)), ...reasonsOfOffer(offerKey, offer)];
  const refusal = forbidden(line.conversion, more);
  if (refusal) return refused(refusal);
  const offerId = offerKey ?? (offer.state === 'found' ? offer.value : '');
  const sessionId = newSessionId(session.account.settings.merchantId);
  return ready({
    order,
    product: line.product,
    steps: [STEP],
    snapshot: { lineItemKeys: [lineItemKey], context: { orderKey: order.ref.key, sessionId, offerId } },
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
