import { type EligibilityReason, reason } from '../../../domain/eligibility.js';
import type { Lookup } from '../../../domain/lookup.js';
import { ProviderFailure } from '../../../domain/problem.js';
import { isSameFrequency, type Frequency } from '../../../domain/subscription.js';
import type { WireContract } from '../wire-contract.js';
import type { WireProduct } from '../wire-product.js';
import { type RequestedFrequency, statedFrequency } from '../../../domain/write.js';

export interface ChosenPlan {
  readonly id: string;
  readonly frequency: Frequency;
}

export function isReason(value: object): value is EligibilityReason {
  return 'blocking' in value;
}

/** The plan of the product that delivers this often, or its only one. Throws `ProviderFailure` when the product cannot be read. */
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
  const [plan, ...others] = plans.flatMap(({ id, frequency }) => {
    const fits = frequency && (!wanted || isSameFrequency(frequency, wanted));
    return id !== null && fits ? [{ id, frequency }] : [];
  });
  if (plan && (wanted || others.length === 0)) return plan;
  const offered = plans.flatMap(({ frequency }) => (frequency ? [`${frequency.every} ${frequency.unit}`] : []));
  const message = plan
    ? 'This item comes in several rhythms; choose one.'
    : 'This item cannot be subscribed to this often.';
  return reason('NO_SUBSCRIPTION_PLAN', message, { evidence: `plans: ${offered.join(', ')}` });
}

/** A contract that can be charged and delivers to the country of the order; or what is missing. */
export function chooseContract(
  contracts: readonly WireContract[],
  country: string | null,
): WireContract | EligibilityReason {
  if (contracts.length === 0) {
    return newCheckoutNeeded(
      'There is no subscription contract yet; a new checkout with a subscription makes one.',
      'no contract',
    );
  }
  const payable = contracts.filter(({ hasActivePayment }) => hasActivePayment);
  if (payable.length === 0) {
    return newCheckoutNeeded('No subscription contract has a valid payment.', 'no contract with an active payment');
  }
  const near = payable.find((contract) => country !== null && contract.country === country);
  const evidence = `country of the order = ${country ?? 'missing'}`;
  return near ?? newCheckoutNeeded('No subscription contract delivers to the country of this order.', evidence);
}

function newCheckoutNeeded(message: string, evidence: string): EligibilityReason {
  return reason('CAPABILITY_MISSING', message, { evidence, remedy: 'PLACE_NEW_ORDER' });
}
