import type { UpsellEligibility } from '../../domain/eligibility.js';
import type { Money } from '../../domain/money.js';
import type { ScheduledMoment } from '../../domain/moment.js';
import type { ChargeTiming, PlannedPayment, UpsellPreview } from '../../domain/preview.js';
import { problem, type ProviderProblem } from '../../domain/problem.js';
import type { ProductRef } from '../../domain/product.js';
import type { SubscriptionTerms } from '../../domain/subscription.js';
import { sumOf } from './money.js';

export interface Estimate {
  readonly product: ProductRef;
  /** Null when the provider states no price. */
  readonly lineTotal: Money | null;
  readonly timing: ChargeTiming;
  /** When it is charged; null for now. */
  readonly at: ScheduledMoment | null;
  /** Null for a one-time item. */
  readonly terms: SubscriptionTerms | null;
}

/** Builds the preview of a provider that computes none: from the stated price, without taxes and discounts. */
export function estimatedPreview(
  eligibility: UpsellEligibility,
  { product, lineTotal, timing, at, terms }: Estimate,
): UpsellPreview {
  const { order, quantity } = eligibility;
  return {
    order,
    product,
    quantity,
    lineTotal,
    lineDiscount: null,
    lineFees: null,
    orderTotalAfter: sumOf([order.totals?.total ?? null, lineTotal]),
    charge: { increase: lineTotal, timing, at, payments: [{ amount: lineTotal, timing, at }, ...laterPayment(terms)] },
    terms,
    fidelity: lineTotal === null ? 'UNAVAILABLE' : 'ESTIMATED',
    eligibility,
  };
}

/** Plans the next payment of what recurs. How much it comes to is known only then. */
function laterPayment(terms: SubscriptionTerms | null): readonly PlannedPayment[] {
  return terms === null ? [] : [{ amount: null, timing: 'WITH_UPCOMING_ORDER', at: terms.startsAt }];
}

/** Makes the problem of a preview that names no product. `why`: the sentence before the colon. */
export function nothingToPreview(why: string): ProviderProblem {
  return problem('REJECTED', `${why}: name the product to preview.`);
}
