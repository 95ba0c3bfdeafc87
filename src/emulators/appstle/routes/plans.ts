import type { Endpoints } from '../exchange.js';
import { gid } from '../gids.js';
import { int64 } from '../json-text.js';
import type { SellingPlanRecord } from '../records.js';

/** https://developers.appstle.com/api-reference/subscription-plans */
export function plans(endpoints: Endpoints): void {
  endpoints.read('subscription-groups/all-selling-plans', ({ world, shop }) =>
    world.store.plans.filter((plan) => plan.shop === shop.domain).map(planPayload),
  );
  endpoints.read('subscription-groups', ({ world, shop }) => {
    const plans = world.store.plans.filter((plan) => plan.shop === shop.domain);
    return [...new Set(plans.map(({ groupId }) => groupId))].map((groupId) => ({
      id: int64(groupId),
      subscriptionPlans: plans.filter((plan) => plan.groupId === groupId).map(planPayload),
      // Lists inside text.
      productIds: '[]',
      variantIds: '[]',
    }));
  });
  endpoints.read('subscription-contract-details/billing-interval', ({ world, shop, parameters }) => {
    const ids = (parameters.optional('sellingPlanIds') ?? '').split(',');
    return world.store.plans.filter(({ shop: of, id }) => of === shop.domain && ids.includes(id)).map(planPayload);
  });
}

function planPayload({ id, groupId, name, billing, percentOff }: SellingPlanRecord) {
  return {
    id: gid('SellingPlan', id),
    groupId: int64(groupId),
    frequencyName: name,
    frequencyCount: billing.count,
    frequencyInterval: billing.unit,
    billingFrequencyCount: billing.count,
    billingFrequencyInterval: billing.unit,
    planType: 'PAY_AS_YOU_GO',
    discountType: 'PERCENTAGE',
    discountOffer: percentOff,
    minCycles: null,
    maxCycles: null,
    cutOff: null,
  };
}
