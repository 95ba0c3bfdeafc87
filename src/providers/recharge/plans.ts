import { type EligibilityReason, reason } from '../../domain/eligibility.js';
import { type Money } from '../../domain/money.js';
import { type Frequency, isSameFrequency } from '../../domain/subscription.js';
import type { RequestedFrequency } from '../../domain/write.js';
import { type Currency, toMoney } from '../kit/money.js';
import { toFrequency } from './statuses.js';
import type { CatalogueItem, WirePlan } from './wire-catalogue.js';

/** Lists the plans of an item under which each order is paid by itself. */
export function plansOf({ plans }: CatalogueItem): readonly WirePlan[] {
  return plans.records.filter(({ type, isDeleted }) => type === 'subscription' && !isDeleted);
}

export function frequencyOf({ orderEvery, unit }: WirePlan): Frequency | null {
  return toFrequency(orderEvery, unit);
}

/**
 * Returns how often an item recurs: as asked for, or as its plans say where that is one answer, else why there is none.
 */
export function frequencyFor(wanted: RequestedFrequency, item: CatalogueItem | null): Frequency | EligibilityReason {
  if (wanted !== 'AS_PLANNED') return wanted;
  const stated = (item === null ? [] : plansOf(item)).flatMap((plan) => frequencyOf(plan) ?? []);
  const [first, ...others] = stated;
  if (first && others.every((each) => isSameFrequency(each, first))) return first;
  return reason('NO_SUBSCRIPTION_PLAN', 'It has to be said how often this item is to come.', {
    evidence: `${stated.length} plans state a frequency`,
  });
}

/**
 * Returns the price of a unit in a currency; under the plan of a frequency where one is given and its plan states it.
 */
export function unitPriceOf(item: CatalogueItem, currency: Currency | null, frequency: Frequency | null): Money | null {
  const price = item.prices.find((each) => each.currency === currency?.code);
  if (!price) return null;
  if (frequency === null) return toMoney(price.unitPrice, currency);
  const plan = plansOf(item).find((each) => {
    const own = frequencyOf(each);
    return own !== null && isSameFrequency(own, frequency);
  });
  const planned = plan && price.plans.find(({ planId }) => planId === plan.id)?.price;
  return toMoney(planned ?? null, currency);
}
