import { type EligibilityReason, reason } from '../../domain/eligibility.js';
import { type Money } from '../../domain/money.js';
import { type Frequency, isSameFrequency } from '../../domain/subscription.js';
import type { RequestedFrequency } from '../../domain/write.js';
import { type Currency, toMoney } from '../kit/money.js';
import { toFrequency } from './statuses.js';
import type { CatalogueItem, WirePlan } from './wire-catalogue.js';

/** Lists the plans of an item under which each order is paid by itself, and not several by one charge. */
export function plansOf({ plans }: CatalogueItem): readonly WirePlan[] {
  return plans.records.filter(
    ({ type, isDeleted, ...plan }) => type === 'subscription' && !isDeleted && !isPrepaid(plan),
  );
}

function isPrepaid({ orderEvery, chargeEvery }: Pick<WirePlan, 'orderEvery' | 'chargeEvery'>): boolean {
  return orderEvery !== null && chargeEvery !== null && chargeEvery > orderEvery;
}

/** Whether an item cannot be subscribed to. One of whose plans could not be read may be. */
export function hasNoPlan(item: CatalogueItem): boolean {
  return item.plans.problem === null && plansOf(item).length === 0;
}

export function frequencyOf({ orderEvery, unit }: WirePlan): Frequency | null {
  return toFrequency(orderEvery, unit);
}

/**
 * Returns how often an item recurs: as asked for, or as its plans say where that is one answer, else why there is none.
 */
export function frequencyFor(wanted: RequestedFrequency, item: CatalogueItem | null): Frequency | EligibilityReason {
  if (wanted !== 'AS_PLANNED') return wanted;
  const stated = item === null ? [] : plansOf(item).map(frequencyOf);
  const [first, ...others] = stated;
  // A plan that could not be read may come in another rhythm.
  const areAlike = first && others.every((each) => each !== null && isSameFrequency(each, first));
  if (areAlike && item?.plans.problem === null) return first;
  return reason('NO_SUBSCRIPTION_PLAN', 'It has to be said how often this item is to come.', {
    evidence: `${stated.filter((each) => each !== null).length} plans state a frequency`,
  });
}

/**
 * Returns the price of a unit in a currency; under the plan of a frequency where one is given and its plan states it.
 */
export function unitPriceOf(item: CatalogueItem, currency: Currency | null, frequency: Frequency | null): Money | null {
  const { records, problem } = item.prices;
  // What could not be read may be another price of the same item.
  if (problem || (frequency !== null && item.plans.problem)) return null;
  const prices = records.filter((each) => each.currency?.toUpperCase() === currency?.code);
  const amounts = frequency === null ? prices.map((price) => price.unitPrice) : planned(item, prices, frequency);
  return onlyOf(amounts.map((amount) => toMoney(amount, currency)));
}

/** Lists what an item costs under each of its plans of a frequency. */
function planned(
  item: CatalogueItem,
  prices: CatalogueItem['prices']['records'],
  frequency: Frequency,
): readonly (string | null)[] {
  const plans = plansOf(item).filter((plan) => {
    const own = frequencyOf(plan);
    return own === null || isSameFrequency(own, frequency);
  });
  return prices.flatMap((price) =>
    plans.map(({ id }) => price.plans.find(({ planId }) => planId === id)?.price ?? null),
  );
}

/** Returns the amount that all are. Null when they differ or one is not known: which of them counts is not stated. */
function onlyOf(amounts: readonly (Money | null)[]): Money | null {
  const [first = null, ...others] = amounts;
  return others.every((each) => each !== null && each.minor === first?.minor) ? first : null;
}
