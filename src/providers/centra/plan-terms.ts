import { type SubscriptionTerms, unstatedTerms } from '../../domain/subscription.js';
import type { Currency } from '../kit/money.js';
import { toMoney } from './money.js';
import type { WirePlan } from './wire-plan.js';

/** Returns the terms that a plan states. See https://docs.centra.com/fe-development/subscriptions */
export function termsOfPlan({ frequency, price }: WirePlan, currency: Currency | null): SubscriptionTerms {
  const unitPrice = toMoney(price, currency);
  const prices = unitPrice === null ? [] : [{ fromPayment: 1, unitPrice, total: null }];
  return Object.assign({}, unstatedTerms, { deliveryFrequency: frequency, billingFrequency: frequency, prices });
}
