import { type EligibilityReason, type EligibilityReasonCode, reason } from '../../../domain/eligibility.js';
import type { Lookup } from '../../../domain/lookup.js';
import { ProviderFailure } from '../../../domain/problem.js';
import { isSameFrequency, type Frequency } from '../../../domain/subscription.js';
import type { WireContract } from '../wire-contract.js';
import type { CentraSettings } from '../settings.js';
import type { WirePlan } from '../wire-plan.js';
import type { WireProduct } from '../wire-product.js';
import { type RequestedFrequency, statedFrequency } from '../../../domain/write.js';

export interface ChosenPlan {
  readonly id: string;
  readonly frequency: Frequency;
}

export function isReason(value: object): value is EligibilityReason {
  return 'blocking' in value;
}

/** Returns the plan that delivers this often, or the only one. Throws `ProviderFailure` for an unread product. */
export function choosePlan(
  product: Lookup<WireProduct>,
  requested: RequestedFrequency,
): ChosenPlan | EligibilityReason {
  if (product.state === 'failed') throw new ProviderFailure(product.problem);
  const { records, problem } = product.state === 'found' ? product.value.plans : noPlans;
  const plans = records.filter(({ isActive }) => isActive);
  // A plan that could not be read, or its rhythm, may be the one that is meant.
  if (problem) throw new ProviderFailure(problem);
  if (plans.length === 0) {
    return reason('NO_SUBSCRIPTION_PLAN', 'This item can only be bought once, not subscribed to.', {
      evidence: 'subscriptionPlans = []',
    });
  }
  const wanted = statedFrequency(requested);
  const [plan, ...others] = plans.flatMap(({ id, frequency, price }) => {
    const fits = frequency && (!wanted || isSameFrequency(frequency, wanted));
    return id !== null && fits ? [{ id, frequency, price }] : [];
  });
  const offered = plans.flatMap(({ id, frequency }) =>
    frequency ? [`${id ?? 'unnamed'} (${frequency.every} ${frequency.unit})`] : [],
  );
  const evidence = `plans: ${offered.join(', ')}`;
  const isOneUnread = plans.some(({ id, frequency }) => id === null || frequency === null);
  if (isOneUnread && (!plan || !wanted)) {
    return reason('UNKNOWN', 'It is not known how often this item can be subscribed to.', { evidence });
  }
  if (!plan) return reason('NO_SUBSCRIPTION_PLAN', 'This item cannot be subscribed to this often.', { evidence });
  if (others.every((other) => isSameOffer(other, plan))) return plan;
  return reason('PRICE_AMBIGUOUS', 'This item comes in several rhythms or at several prices; choose one.', {
    evidence,
  });
}

/** Whether two plans are one to the shopper: they say the same, price included. */
function isSameOffer(one: PricedPlan, other: PricedPlan): boolean {
  return isSameFrequency(one.frequency, other.frequency) && one.price !== null && one.price === other.price;
}

type PricedPlan = ChosenPlan & Pick<WirePlan, 'price'>;

type ContractSettings = Pick<CentraSettings, 'unstatedContracts' | 'severalContracts'>;

/** Returns the contract that can be charged and delivers to the country of the order, or what is missing or not known. */
export function chooseContract(
  contracts: readonly WireContract[],
  country: string | null,
  { unstatedContracts, severalContracts }: ContractSettings,
): WireContract | EligibilityReason {
  if (contracts.length === 0) {
    return newCheckoutNeeded(
      'NO_SUBSCRIPTION',
      'There is no subscription contract yet; a new checkout with a subscription makes one.',
      'no contract',
    );
  }
  const payable = contracts.filter(({ hasActivePayment }) => hasActivePayment !== false);
  if (payable.length === 0) {
    const evidence = 'no contract with an active payment';
    return newCheckoutNeeded('PAYMENT_METHOD_NOT_USABLE', 'No subscription contract has a valid payment.', evidence);
  }
  const near = payable.filter((contract) => [null, country].includes(contract.country) || country === null);
  if (near.length === 0) {
    const evidence = `country of the order = ${country ?? 'missing'}`;
    const message = 'No subscription contract delivers to the country of this order.';
    return newCheckoutNeeded('NO_SUBSCRIPTION', message, evidence);
  }
  const certain = near.filter(
    (contract) => contract.hasActivePayment === true && country !== null && contract.country === country,
  );
  const fitting = certain.length > 0 || unstatedContracts === 'refuse' ? certain : near;
  const [newest, ...others] = [...fitting].sort((one, other) => Number(other.contract) - Number(one.contract));
  if (newest === undefined) return unstated(near);
  return others.length > 0 && severalContracts === 'refuse' ? ambiguous(fitting) : newest;
}

function unstated(contracts: readonly WireContract[]): EligibilityReason {
  const message = 'It is not known whether a subscription contract has a valid payment and delivers to this country.';
  return reason('UNKNOWN', message, { evidence: contracts.map(factsOf).join('; '), remedy: 'PLACE_NEW_ORDER' });
}

function ambiguous(contracts: readonly WireContract[]): EligibilityReason {
  const message = 'Several subscription contracts could take this item; which one is meant is not known.';
  return reason('UNKNOWN', message, { evidence: contracts.map(factsOf).join('; '), remedy: 'PLACE_NEW_ORDER' });
}

function factsOf({ contract, country, hasActivePayment }: WireContract): string {
  const payment = hasActivePayment === null ? 'not stated' : 'active';
  return `contract ${contract}: payment ${payment}, country ${country ?? 'not stated'}`;
}

const noPlans: WireProduct['plans'] = { records: [], problem: null };

function newCheckoutNeeded(code: EligibilityReasonCode, message: string, evidence: string): EligibilityReason {
  return reason(code, message, { evidence, remedy: 'PLACE_NEW_ORDER' });
}
