import { contractDrift, type Infer, optionalLongInteger, optionalText, record, text } from '../../kit/decode.js';
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

export function stepsOf({ purchaseId }: ConvertContext): readonly string[] {
  return purchaseId === null ? ['create_subscription'] : ['create_subscription', 'revoke_purchase'];
}

/** Its metadata names the line, so that a lost answer can be found. */
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
