import { contractDrift, type Infer, optionalLongInteger, optionalText, record, text } from '../../kit/decode.js';
import type { Frequency } from '../../../domain/subscription.js';
import type { PlannedStep } from '../../../domain/write.js';
import type { NewSubscription } from '../client.js';
import { CONVERTED_LINE } from '../wire-subscriptions.js';

/** Decodes all that the steps need. */
export const decodeConvertContext = record('the context of a write', (fields) => {
  const billingStartsAt = optionalLongInteger(fields, 'billingStartsAt');
  if (billingStartsAt === null) throw contractDrift('`billingStartsAt`');
  return {
    orderKey: text(fields, 'orderKey'),
    lineId: text(fields, 'lineId'),
    customerId: text(fields, 'customerId'),
    priceId: text(fields, 'priceId'),
    variantId: optionalText(fields, 'variantId'),
    paymentMethodId: optionalText(fields, 'paymentMethodId'),
    manualPaymentMethodId: optionalText(fields, 'manualPaymentMethodId'),
    /** Unix seconds. */
    billingStartsAt,
    /** The one-time purchase to revoke; null when none is. */
    purchaseId: optionalText(fields, 'purchaseId'),
  };
});

export type ConvertContext = Infer<typeof decodeConvertContext>;

export const CREATE_SUBSCRIPTION = 'create_subscription';
export const REVOKE_PURCHASE = 'revoke_purchase';
export const REVOKED = 'revoked';

/** Plans the steps of a conversion. The purchase is revoked only once the subscription is seen in force. */
export function stepsOf(
  { purchaseId, priceId, lineId }: ConvertContext,
  frequency: Frequency | null,
): readonly PlannedStep[] {
  const create: PlannedStep = {
    name: CREATE_SUBSCRIPTION,
    expects: [{ kind: 'subscription_made', productId: priceId, quantity: null, frequency, mark: lineId }],
  };
  if (purchaseId === null) return [create];
  const revoke = { kind: 'fact', name: purchaseFact(purchaseId), value: REVOKED } as const;
  return [create, { name: REVOKE_PURCHASE, expects: [revoke], takesAway: true }];
}

export function purchaseFact(purchaseId: string): string {
  return `purchase:${purchaseId}`;
}

/** Makes the body of a new subscription, whose metadata names the line so that a lost answer can be found. */
export function newSubscriptionFrom(context: ConvertContext): NewSubscription {
  const { customerId, priceId, paymentMethodId, manualPaymentMethodId, variantId, billingStartsAt, lineId } = context;
  return {
    customer: customerId,
    price: priceId,
    ...(paymentMethodId !== null && { payment_method: paymentMethodId }),
    ...(manualPaymentMethodId !== null && { manual_payment_method: manualPaymentMethodId }),
    ...(variantId !== null && { variant: variantId }),
    imported: true,
    first_sc_period_start_at: billingStartsAt,
    metadata: { [CONVERTED_LINE]: lineId },
  };
}
