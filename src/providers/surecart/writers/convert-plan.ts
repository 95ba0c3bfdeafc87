import { type EligibilityReason, reason } from '../../../domain/eligibility.js';
import { problem, ProviderFailure } from '../../../domain/problem.js';
import { isSameFrequency } from '../../../domain/subscription.js';
import { type RequestedFrequency, statedFrequency } from '../../../domain/write.js';
import { decodeEach } from '../../kit/decode.js';
import { billingStart } from '../billing-start.js';
import { noPlan, severalPlans } from '../item-rules.js';
import { recurringPricesOf } from '../eligibility.js';
import { toFrequency } from '../mapping.js';
import type { OrderRecord } from '../order-records.js';
import type { Session } from '../session.js';
import type { StoredLine } from '../wire.js';
import { decodePurchase, decodeSubscription } from '../wire-subscriptions.js';
import type { ConvertContext } from './convert-context.js';

interface Hindered {
  readonly reasons: readonly EligibilityReason[];
}

/** What is needed to carry a paid line on, or why it cannot be. */
export async function planConversion(
  { client, clock, account }: Session,
  { wire }: OrderRecord,
  line: StoredLine,
  requested: RequestedFrequency,
): Promise<ConvertContext | Hindered> {
  const { checkout } = wire;
  const { customerId, paidAt, paymentMethodId, manualPaymentMethodId } = checkout;
  const productId = line.price?.productId ?? null;
  if (customerId === null || paidAt === null || productId === null) {
    throw new ProviderFailure(problem('CONTRACT_DRIFT', 'The order lacks its customer, its payment or its product.'));
  }
  if (paymentMethodId === null && manualPaymentMethodId === null) return noPaymentMethod;
  const [recurring, existing, purchases] = await Promise.all([
    recurringPricesOf(client, productId),
    client.subscriptionsOf(customerId),
    client.purchasesOfCheckout(checkout.id),
  ]);
  const wanted = statedFrequency(requested);
  const [plan, ...others] = recurring.flatMap((price) => {
    const frequency = toFrequency(price);
    const fits = frequency && (!wanted || isSameFrequency(frequency, wanted)) && price.currency === checkout.currency;
    return fits ? [{ price, frequency }] : [];
  });
  if (!plan) return { reasons: [noPlan(recurring)] };
  if (!wanted && others.length > 0) return { reasons: [severalPlans(recurring)] };
  const isConverted = decodeEach(existing.rows, decodeSubscription).records.some(
    ({ convertedLine, status }) => convertedLine === line.id && status !== 'canceled',
  );
  if (isConverted) return alreadyConverted;
  const purchase = decodeEach(purchases.rows, decodePurchase).records.find(
    (each) =>
      each.priceId === line.priceId &&
      each.variantId === line.variantId &&
      each.subscriptionId === null &&
      !each.revoked,
  );
  const isRevoked = account.settings.convertedPurchases === 'revoke';
  return {
    orderKey: wire.id,
    lineId: line.id,
    customerId,
    priceId: plan.price.id,
    variantId: line.variantId,
    paymentMethodId,
    manualPaymentMethodId: paymentMethodId === null ? manualPaymentMethodId : null,
    billingStartsAt: billingStart(paidAt, plan.frequency, clock()),
    purchaseId: isRevoked ? (purchase?.id ?? null) : null,
  };
}

const noPaymentMethod: Hindered = {
  reasons: [
    reason('PAYMENT_METHOD_NOT_SUPPORTED', 'This order has no payment method that could be charged again.', {
      evidence: 'payment_method = null',
      remedy: 'PLACE_NEW_ORDER',
    }),
  ],
};

const alreadyConverted: Hindered = {
  reasons: [
    reason('NOT_ONE_TIME', 'A subscription already carries this item on.', { evidence: 'metadata names the line' }),
  ],
};
