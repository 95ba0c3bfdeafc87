import { type Frequency, frequencyOf } from '../../domain/subscription.js';
import { type Infer, optionalDecimal, optionalInteger, optionalText, record } from '../kit/decode.js';
import { toFrequencyUnit } from './statuses.js';

/** Decodes a subscription plan. See https://docs.centra.com/fe-development/subscriptions */
export const decodePlan = record('a subscription plan', (fields) => ({
  /** `subscriptionPlan` is the identifier, `id` its text on other pages. */
  id: optionalText(fields, 'subscriptionPlan') ?? optionalText(fields, 'id'),
  frequency: toFrequency(optionalText(fields, 'intervalType'), optionalInteger(fields, 'intervalValue')),
  /** Of one unit; only newer versions state it. */
  price: optionalDecimal(fields, 'priceAfterDiscountAsNumber'),
  isActive: (optionalText(fields, 'status') ?? 'ACTIVE').toUpperCase() === 'ACTIVE',
}));

export type WirePlan = Infer<typeof decodePlan>;

export function toFrequency(type: string | null, every: number | null): Frequency | null {
  return frequencyOf(every, type === null ? null : toFrequencyUnit(type));
}
