import { toCurrencyCode } from '../../../domain/currency.js';
import { type EligibilityReason, reason } from '../../../domain/eligibility.js';
import { problem, ProviderFailure } from '../../../domain/problem.js';
import { type Frequency, isSameFrequency } from '../../../domain/subscription.js';
import { type RequestedFrequency, statedFrequency } from '../../../domain/write.js';
import { type Decoded, requireWhole } from '../../kit/decode.js';
import { decodeRows } from '../../kit/pages.js';
import { billingStart } from '../billing-start.js';
import { noPlan, severalPlans } from '../item-rules.js';
import { recurringPricesOf } from '../eligibility.js';
import type { OrderRecord } from '../order-records.js';
import type { Session } from '../session.js';
import { toFrequency } from '../statuses.js';
import type { StoredLine } from '../wire.js';
import { decodePurchase, decodeSubscription, type WireSubscription } from '../wire-subscriptions.js';
import type { ConvertContext } from './convert-context.js';

interface Hindered {
  readonly reasons: readonly EligibilityReason[];
}

export interface ConversionPlan {
  readonly context: ConvertContext;
  readonly frequency: Frequency;
  /** Subscriptions of the customer before. */
  readonly existing: Decoded<WireSubscription>;
}

/** Gathers what is needed to carry a paid line on, or why it cannot be. */
export async function planConversion(
  { client, clock, account }: Session,
  { wire }: OrderRecord,
  line: StoredLine,
  requested: RequestedFrequency,
): Promise<ConversionPlan | Hindered> {
  const { checkout } = wire;
  const { customerId, paidAt, paymentMethodId, manualPaymentMethodId } = checkout;
  const productId = line.price?.productId ?? null;
  if (customerId === null || paidAt === null || productId === null) {
    throw new ProviderFailure(problem('CONTRACT_DRIFT', 'The order lacks its customer, its payment or its product.'));
  }
  const [recurring, existing, purchases] = await Promise.all([
    recurringPricesOf(client, productId),
    client.subscriptionsOf(customerId),
    client.purchasesOfCheckout(checkout.id),
  ]);
  // A price that could not be read may fit as well.
  const prices = requireWhole(recurring);
  const wanted = statedFrequency(requested);
  const [plan, ...others] = prices.flatMap((price) => {
    const frequency = toFrequency(price);
    const fits =
      frequency &&
      (!wanted || isSameFrequency(frequency, wanted)) &&
      isSameCurrency(price.currency, checkout.currency) &&
      price.adHoc !== true;
    return fits ? [{ price, frequency }] : [];
  });
  if (!plan) return { reasons: [noPlan(recurring)] };
  if (others.length > 0) {
    const fitting = [plan, ...others].map(({ price }) => price);
    return { reasons: [severalPlans(fitting, account)] };
  }
  const before = await decodeRows(existing, decodeSubscription);
  const isConverted = before.records.some(
    ({ convertedLine, status }) => convertedLine === line.id && status !== 'canceled',
  );
  if (isConverted) return alreadyConverted;
  // A subscription that could not be read may be the one that carries it on.
  requireWhole(before);
  const bought = await decodeRows(purchases, decodePurchase);
  const purchase = bought.records.find(
    (each) =>
      each.priceId === line.priceId &&
      each.variantId === line.variantId &&
      each.subscriptionId === null &&
      !each.revoked,
  );
  const isRevoked = account.settings.convertedPurchases === 'revoke';
  if (isRevoked && !purchase) requireWhole(bought);
  const context: ConvertContext = {
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
  return { context, frequency: plan.frequency, existing: before };
}

function isSameCurrency(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && toCurrencyCode(one) === toCurrencyCode(other);
}

const alreadyConverted: Hindered = {
  reasons: [
    reason('ALREADY_SUBSCRIBED', 'A subscription already carries this item on.', {
      evidence: 'metadata names the line',
    }),
  ],
};
