import { requireObject, optionalInteger, optionalText } from '../kit/decode.js';
import type { Frequency } from '../../domain/subscription.js';
import { toFrequencyUnit } from './codes.js';

/** https://docs.centra.com/fe-development/subscriptions */
export interface WirePlan {
  readonly id: string | null;
  readonly frequency: Frequency | null;
  readonly isActive: boolean;
}

/** `subscriptionPlan` is the identifier, `id` its text on other pages. */
export function decodePlan(value: unknown): WirePlan {
  const fields = requireObject(value, 'a subscription plan');
  return {
    id: optionalText(fields, 'subscriptionPlan') ?? optionalText(fields, 'id'),
    frequency: toFrequency(optionalText(fields, 'intervalType'), optionalInteger(fields, 'intervalValue')),
    isActive: (optionalText(fields, 'status') ?? 'ACTIVE').toUpperCase() === 'ACTIVE',
  };
}

export function toFrequency(type: string | null, every: number | null): Frequency | null {
  const unit = type === null ? null : toFrequencyUnit(type);
  return unit === null || every === null ? null : { every, unit };
}
