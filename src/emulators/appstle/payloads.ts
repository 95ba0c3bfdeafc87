import type { AppstleContext } from './context.js';
import { shownDate } from './dates.js';
import { gid } from './gids.js';
import { decimal, int64 } from './json-text.js';
import { cents, deliveryPriceOf, fromCents, moneyText } from './pricing.js';
import type { AttemptRecord, ContractRecord, Interval, LineRecord, OneOffRecord } from './records.js';
import { queuedOf } from './schedule.js';

/**
 * Renders a one-off by the schema, or by its richer examples.
 * See https://developers.appstle.com/api-reference/subscription-one-time-products
 */
function oneOffPayload({ store, switches }: AppstleContext, row: OneOffRecord) {
  const core = {
    id: int64(row.id),
    shop: row.shop,
    billingAttemptId: int64(row.attemptId),
    variantId: int64(row.variantId),
    variantHandle: row.variantHandle,
    quantity: row.quantity,
  };
  if (switches.get('oneOffRows') === 'schema') {
    return { ...core, subscriptionContractId: int64(row.contractId), price: decimal(row.price) };
  }
  const variant = store.variants.get(row.variantId);
  return {
    ...core,
    contractId: int64(row.contractId),
    price: row.price,
    productTitle: variant?.productTitle ?? null,
    variantTitle: variant?.variantTitle ?? null,
    image: variant?.image ?? null,
    currencyCode: store.shops.get(row.shop)?.currency ?? null,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

export function oneOffPayloads(context: AppstleContext, rows: readonly OneOffRecord[]) {
  const payloads = rows.map((row) => oneOffPayload(context, row));
  return context.switches.get('oneOffOrder') === 'newestFirst' ? payloads.toReversed() : payloads;
}

export function attemptPayload(context: AppstleContext, attempt: AttemptRecord, rank = 0) {
  const { store, switches } = context;
  const contract = store.contracts.get(attempt.contractId);
  const amount = attempt.orderAmount === null ? null : decimal(attempt.orderAmount);
  return {
    id: int64(attempt.id),
    shop: attempt.shop,
    contractId: int64(attempt.contractId),
    billingAttemptId: attempt.billingAttemptId,
    status: attempt.status,
    billingDate: shownDate(attempt.billingDate, switches, rank),
    attemptTime: attempt.attemptCount === 0 ? null : shownDate(attempt.billingDate, switches),
    attemptCount: attempt.attemptCount,
    progressAttemptCount: 0,
    retryingNeeded: false,
    graphOrderId: attempt.orderId === null ? null : gid('Order', attempt.orderId),
    orderId: attempt.orderId === null ? null : int64(attempt.orderId),
    orderName: attempt.orderName,
    orderAmount: amount,
    orderAmountContractCurrency: amount,
    orderNote: attempt.orderNote,
    orderAttributes: [],
    variantList: (attempt.variants ?? upcomingVariants(context, attempt, contract)).map(({ variantId, quantity }) => {
      const variant = store.variants.get(variantId);
      return {
        variantId: int64(variantId),
        quantity,
        title: variant?.productTitle ?? null,
        image: variant?.image ?? null,
        productTitle: variant?.productTitle ?? null,
        productId: variant ? gid('Product', variant.productId) : null,
        variantTitle: variant?.variantTitle ?? null,
        swapId: null,
      };
    }),
    billingAttemptResponseMessage: attempt.responseMessage,
  };
}

function upcomingVariants({ store, switches }: AppstleContext, { id }: AttemptRecord, contract?: ContractRecord) {
  if (!contract) return [];
  const oneOffs = store.oneOffsOf(contract.id).filter(({ attemptId }) => attemptId === id);
  return [...contract.lines, ...(switches.get('oneOffsInVariantList') ? oneOffs : [])];
}

/** Renders a Shopify contract as `contract-external` answers it. */
export function rawContract(context: AppstleContext, contract: ContractRecord) {
  const { switches, store } = context;
  const customer = store.customers.get(contract.customerId);
  return {
    __typename: 'SubscriptionContract',
    id: gid('SubscriptionContract', contract.id),
    status: contract.status,
    createdAt: shownDate(contract.createdAt, switches),
    updatedAt: shownDate(contract.updatedAt, switches),
    nextBillingDate: shownDate(contract.nextBillingDate, switches),
    lastPaymentStatus: lastPaymentStatus(contract),
    deliveryPrice: money(deliveryPriceOf(switches, contract, nextOneOffs(context, contract)), contract.currency),
    billingPolicy: policy(contract.billing, { minCycles: contract.minCycles, maxCycles: contract.maxCycles }),
    deliveryPolicy: policy(contract.delivery),
    ...(switches.get('rawCustomer') && {
      customer: { id: gid('Customer', contract.customerId), email: customer?.email ?? null },
    }),
    lines: connection(
      context,
      contract.lines.map((line) => linePayload(context, line, contract.currency)),
    ),
  };
}

function nextOneOffs({ store }: AppstleContext, contract: ContractRecord): readonly OneOffRecord[] {
  const [next] = queuedOf(store, contract.id);
  return store.oneOffsOf(contract.id).filter(({ attemptId }) => attemptId === next?.id);
}

function lastPaymentStatus({ lastPaymentFailed, successfulOrders }: ContractRecord): string | null {
  if (lastPaymentFailed) return 'FAILED';
  return successfulOrders > 0 ? 'SUCCEEDED' : null;
}

function linePayload({ store }: AppstleContext, line: LineRecord, currency: string) {
  const variant = store.variants.get(line.variantId);
  return {
    __typename: 'SubscriptionLine',
    id: line.id,
    variantId: gid('ProductVariant', line.variantId),
    productId: variant ? gid('Product', variant.productId) : null,
    title: variant?.productTitle ?? null,
    variantTitle: variant?.variantTitle ?? null,
    variantImage: variant?.image ? { url: variant.image } : null,
    sku: variant?.sku ?? null,
    quantity: line.quantity,
    currentPrice: money(line.price, currency),
    lineDiscountedPrice: money(fromCents(cents(line.price) * line.quantity), currency),
    sellingPlanId: line.sellingPlanId === null ? null : gid('SellingPlan', line.sellingPlanId),
    sellingPlanName: line.sellingPlanName,
    customAttributes: line.attributes,
    pricingPolicy: null,
    taxable: true,
  };
}

/** Renders a connection: with nodes or with edges, depending on whom one asks. */
export function connection({ switches }: AppstleContext, nodes: readonly unknown[]) {
  return switches.get('connections') === 'nodes' ? { nodes } : { edges: nodes.map((node) => ({ node })) };
}

function money(amount: string, currencyCode: string) {
  return { amount: moneyText(amount), currencyCode };
}

function policy({ unit, count }: Interval, cycles: object = {}) {
  return { interval: unit, intervalCount: count, anchors: [], ...cycles };
}
