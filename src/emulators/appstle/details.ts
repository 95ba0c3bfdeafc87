import type { AppstleContext } from './context.js';
import { shownDate } from './dates.js';
import { gid } from './gids.js';
import { decimal, int64, writeJson } from './json-text.js';
import { amountOf } from './pricing.js';
import type { ContractRecord } from './records.js';

/** Renders Appstle's flat row of a contract: lower-case status, its lines as JSON in text. */
export function detailsRow(context: AppstleContext, contract: ContractRecord) {
  const { store, switches } = context;
  const customer = store.customers.get(contract.customerId);
  const date = (text: string | null) => shownDate(text, switches);
  return {
    id: int64(contract.detailsId),
    shop: contract.shop,
    subscriptionContractId: int64(contract.id),
    graphSubscriptionContractId: gid('SubscriptionContract', contract.id),
    status: contract.status.toLowerCase(),
    customerId: int64(contract.customerId),
    graphCustomerId: gid('Customer', contract.customerId),
    customerName: customer ? `${customer.firstName} ${customer.lastName}` : null,
    customerEmail: customer?.email ?? null,
    customerFirstName: customer?.firstName ?? null,
    customerLastName: customer?.lastName ?? null,
    currencyCode: contract.currency,
    contractAmount: decimal(amountOf(switches, contract, [])),
    orderAmount: decimal(amountOf(switches, contract, [])),
    nextBillingDate: date(contract.nextBillingDate),
    createdAt: date(contract.createdAt),
    updatedAt: date(contract.updatedAt),
    activatedOn: date(contract.activatedOn),
    pausedOn: date(contract.pausedOn),
    cancelledOn: date(contract.cancelledOn),
    billingPolicyInterval: contract.billing.unit.toLowerCase(),
    billingPolicyIntervalCount: contract.billing.count,
    deliveryPolicyInterval: contract.delivery.unit.toLowerCase(),
    deliveryPolicyIntervalCount: contract.delivery.count,
    minCycles: contract.minCycles,
    maxCycles: contract.maxCycles,
    autoCharge: true,
    totalSuccessfulOrders: contract.successfulOrders,
    contractDetailsJSON: linesJson(context, contract),
  };
}

function linesJson({ store }: AppstleContext, { lines }: ContractRecord): string {
  return writeJson(
    lines.map(({ id, variantId, quantity, price }) => {
      const variant = store.variants.get(variantId);
      return {
        lineId: id,
        variantId: gid('ProductVariant', variantId),
        productId: variant ? gid('Product', variant.productId) : null,
        title: variant?.productTitle ?? null,
        variantTitle: variant?.variantTitle ?? null,
        quantity,
        currentPrice: price,
      };
    }),
  );
}
