import { type EligibilityReason, type EligibilityReasonCode, reason } from '../../../domain/eligibility.js';
import type { Lookup } from '../../../domain/lookup.js';
import { ProviderFailure } from '../../../domain/problem.js';
import { isSameFrequency, type Frequency } from '../../../domain/subscription.js';
import type { WireContract } from '../wire-contract.js';
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
  const plans = product.state === 'found' ? product.value.plans.filter(({ isActive }) => isActive) : [];
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

/** Returns a contract that can be charged and delivers to the country of the order, or what is missing. */
export function chooseContract(
  contracts: readonly WireContract[],
  country: string | null,
): WireContract | EligibilityReason {
  if (contracts.length === 0) {
    return newCheckoutNeeded(
      'NO_SUBSCRIPTION',
      'There is no subscription contract yet; a new checkout with a subscription makes one.',
      'no contract',
    );
  }
  const payable = contracts.filter(({ hasActivePayment }) => hasActivePayment);
  if (payable.length === 0) {
    const evidence = 'no contract with an active payment';
    return newCheckoutNeeded('PAYMENT_METHOD_NOT_USABLE', 'No subscription contract has a valid payment.', evidence);
  }
  const near = payable.find((contract) => country !== null && contract.country === country);
  const evidence = `country of the order = ${country ?? 'missing'}`;
  const message = 'No subscription contract delivers to the country of this order.';
  return near ?? newCheckoutNeeded('NO_SUBSCRIPTION', message, evidence);
}

function newCheckoutNeeded(code: EligibilityReasonCode, message: string, evidence: string): EligibilityReason {
  return reason(code, message, { evidence, remedy: 'PLACE_NEW_ORDER' });
}
