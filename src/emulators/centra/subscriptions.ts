import { addInterval } from '../kit/calendar.js';
import type { CentraContext } from './context.js';
import { localDate } from './local-time.js';
import type {
  ContractRecord,
  OrderRecord,
  PlanRecord,
  SelectionRecord,
  SubscriptionRecord,
  SubscriptionStatus,
} from './records.js';
import { notFound, CentraRefusal } from './refusals.js';

/** Makes the contract of a checkout with subscribed lines: one contract, with one subscription a line. */
export function newContracts(context: CentraContext, order: OrderRecord, { customer }: SelectionRecord): void {
  const { store, clock } = context;
  const subscribed = order.lines.filter(({ plan }) => plan !== null);
  if (subscribed.length === 0 || customer === null) return;
  const contract: ContractRecord = {
    id: store.nextSerial(),
    customer,
    market: order.market,
    address: order.address,
    originatingOrder: order.order,
    createdAt: clock.now().toISOString(),
    payment: { id: store.nextSerial(), paymentMethod: order.payment, status: 'ACTIVE' },
  };
  store.contracts.add(contract);
  const today = localDate(clock.now(), store.timeZone);
  for (const { item, quantity, plan } of subscribed) {
    if (plan) subscribe(context, contract, { item, quantity, plan, nextOrderDate: next(today, plan) });
  }
}

function next(date: string, { intervalType, intervalValue }: PlanRecord): string {
  return addInterval(date, { unit: intervalType, count: intervalValue });
}

export function subscribe(
  { store }: CentraContext,
  contract: ContractRecord,
  fields: Pick<SubscriptionRecord, 'item' | 'quantity' | 'plan' | 'nextOrderDate'>,
): SubscriptionRecord {
  const subscription = {
    id: store.nextSerial(),
    contract: contract.id,
    status: 'active' as const,
    ...fields,
    plan: { ...fields.plan },
  };
  store.subscriptions.add(subscription);
  return subscription;
}

export function subscriptionsOf({ store }: CentraContext, contract: number): SubscriptionRecord[] {
  return store.subscriptions.list().filter((each) => each.contract === contract);
}

export function contractOf({ store }: CentraContext, customer: string, id: string): ContractRecord {
  const contract = store.contracts.get(Number(id));
  if (contract?.customer !== customer) throw notFound('contract');
  return contract;
}

export function subscriptionOf(context: CentraContext, customer: string | null, id: string): SubscriptionRecord {
  const subscription = context.store.subscriptions.get(Number(id));
  const contract = subscription && context.store.contracts.get(subscription.contract);
  if (!subscription || !contract || (customer !== null && contract.customer !== customer))
    throw notFound('subscription');
  return subscription;
}

/** Changes a subscription's status. Cancelled is final; with the last one the contract's payment details are gone. */
export function changeStatus(
  context: CentraContext,
  subscription: SubscriptionRecord,
  status: SubscriptionStatus,
): void {
  if (subscription.status === 'cancelled') throw new CentraRefusal(406, { status: 'cancelled is final' });
  subscription.status = status;
  if (status !== 'cancelled') return;
  subscription.nextOrderDate = null;
  const contract = context.store.contracts.existing(subscription.contract);
  if (subscriptionsOf(context, contract.id).every((each) => each.status === 'cancelled')) contract.payment = null;
}

/** Takes interval and discount as they are now, from the next date on. */
export function changePlan(subscription: SubscriptionRecord, plan: PlanRecord): void {
  subscription.plan = { ...plan };
}

/** Changes a quantity: down always, up only while the plan still says what it said when it was chosen. */
export function changeQuantity({ store }: CentraContext, subscription: SubscriptionRecord, quantity: number): void {
  if (quantity < 1) throw new CentraRefusal(406, { quantity: 'not valid' });
  const plan = store.plans.get(subscription.plan.id);
  const isInPlan = store.itemOf(subscription).product.plans.includes(subscription.plan.id);
  const isUnchanged = isInPlan && JSON.stringify(plan) === JSON.stringify(subscription.plan);
  if (quantity > subscription.quantity && !isUnchanged)
    throw new CentraRefusal(406, { quantity: 'cannot be increased' });
  subscription.quantity = quantity;
}

/** Returns why a subscription cannot be delivered as it is. */
export function attentionReasons(
  { store }: CentraContext,
  contract: ContractRecord,
  subscription: SubscriptionRecord,
): string[] {
  const { product, size } = store.itemOf(subscription);
  const price = product.prices[store.market(contract.market).pricelist];
  const payment = contract.payment?.status ?? 'REVOKED';
  return [
    ...(price === null || price === undefined ? ['NOT_PURCHASABLE'] : []),
    ...(size.stock < subscription.quantity ? ['OUT_OF_STOCK'] : []),
    ...(payment === 'SUSPENDED' ? ['PAYMENT_DECLINED'] : payment === 'REVOKED' ? ['PAYMENT_REVOKED'] : []),
  ];
}
