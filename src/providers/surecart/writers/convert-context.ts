import type { NewSubscription } from '../client.js';
import { CONVERTED_LINE } from '../wire-subscriptions.js';

/** All that the steps need, as it is stored with the operation; what does not apply is empty. */
export interface ConversionPlan {
  readonly orderKey: string;
  readonly lineId: string;
  readonly customerId: string;
  readonly priceId: string;
  readonly variantId: string;
  readonly paymentMethodId: string;
  readonly manualPaymentMethodId: string;
  /** Unix seconds. */
  readonly billingStartsAt: string;
  /** The one-time purchase to revoke. */
  readonly purchaseId: string;
}

type StoredPlan = Readonly<Record<string, string>>;

export function storedPlan(plan: ConversionPlan): StoredPlan {
  return { ...plan };
}

export function stepsOf({ purchaseId }: ConversionPlan): readonly string[] {
  return purchaseId === '' ? ['create_subscription'] : ['create_subscription', 'revoke_purchase'];
}

/** Its metadata names the line, so that a lost answer can be found. */
export function newSubscriptionFrom(context: StoredPlan): NewSubscription {
  const given = (name: keyof ConversionPlan) => context[name] ?? '';
  return {
    customer: given('customerId'),
    price: given('priceId'),
    ...(given('paymentMethodId') === '' ? {} : { payment_method: given('paymentMethodId') }),
    ...(given('manualPaymentMethodId') === '' ? {} : { manual_payment_method: given('manualPaymentMethodId') }),
    ...(given('variantId') === '' ? {} : { variant: given('variantId') }),
    imported: true,
    first_sc_period_start_at: Number(given('billingStartsAt')),
    metadata: { [CONVERTED_LINE]: given('lineId') },
  };
}
