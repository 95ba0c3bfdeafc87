import type { UpsellEligibility } from '../../domain/eligibility.js';
import type { Money } from '../../domain/money.js';
import type { ScheduledMoment } from '../../domain/moment.js';
import type { ChargeTiming, UpsellPreview } from '../../domain/preview.js';
import { problem, type ProviderProblem } from '../../domain/problem.js';
import type { ProductRef } from '../../domain/product.js';
import { sumOf } from './money.js';

export interface Estimate {
  readonly product: ProductRef;
  /** Null when the provider states no price. */
  readonly lineTotal: Money | null;
  readonly timing: ChargeTiming;
  /** When it is charged; null for now. */
  readonly at: ScheduledMoment | null;
}

/** Builds the preview of a provider that computes none: from the stated price, without taxes and discounts. */
export function estimatedPreview(
  eligibility: UpsellEligibility,
  { product, lineTotal, timing, at }: Estimate,
): UpsellPreview {
  const { order, quantity } = eligibility;
  return {
    order,
    product,
    quantity,
    lineTotal,
    lineDiscount: null,
    orderTotalAfter: sumOf([order.totals?.total ?? null, lineTotal]),
    charge: { increase: lineTotal, timing, at },
    fidelity: lineTotal === null ? 'UNAVAILABLE' : 'ESTIMATED',
    eligibility,
  };
}

/** The problem of a preview that names no product. `why`: the sentence before the colon. */
export function nothingToPreview(why: string): ProviderProblem {
  return problem('REJECTED', `${why}: name the product to preview.`);
}
