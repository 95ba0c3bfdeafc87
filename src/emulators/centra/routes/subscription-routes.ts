import { addDays, isDate } from '../../kit/calendar.js';
import type { CentraEndpoints, Exchange, Reply } from '../endpoints.js';
import { localDate } from '../local-time.js';
import { addressPayload } from '../payloads.js';
import { planPayload } from '../product-payload.js';
import type { Dialect, AddressRecord, ContractRecord, SubscriptionRecord, SubscriptionStatus } from '../records.js';
import { malformed, notFound, CentraRefusal } from '../refusals.js';
import { planOf } from '../selections.js';
import {
  attentionReasons,
  changePlan,
  changeQuantity,
  changeStatus,
  contractOf,
  subscribe,
  subscriptionOf,
  subscriptionsOf,
} from '../subscriptions.js';

const STATUSES: readonly SubscriptionStatus[] = ['active', 'paused', 'cancelled'];

/** Serves subscriptions and their contracts. See https://docs.centra.com/fe-development/subscriptions */
export function subscriptionRoutes(endpoints: CentraEndpoints, dialect: Dialect): void {
  const person = dialect === 'shop' ? '/customers/:email' : '/customer';
  endpoints.query('POST', `${person}/subscriptions`, (exchange) => listAnswer(exchange, exchange.customer.email));
  endpoints.write('PUT', '/subscription/status', (exchange) => {
    const status = STATUSES.find((each) => each === exchange.fields.text('status'));
    if (!status) throw malformed('status', 'not valid');
    changeStatus(exchange.context, named(exchange), status);
    return { body: {} };
  });
  endpoints.write('PUT', '/subscription/interval', (exchange) => {
    const subscription = named(exchange);
    const { product } = exchange.context.store.itemOf(subscription);
    changePlan(subscription, planOf(exchange.context, product, exchange.fields.text('subscriptionPlan')));
    return { body: {} };
  });
  endpoints.write('PUT', '/subscription/address', changeAddress);
  endpoints.write('POST', `${person}/contracts/:contract/subscription`, addSubscription);
  endpoints.write('PUT', `${person}/contracts/:contract/subscription/:subscription`, (exchange) => {
    const { context, customer, fields } = exchange;
    const subscription = subscriptionOf(context, customer.email, exchange.part('subscription'));
    if (String(subscription.contract) !== exchange.part('contract')) throw notFound('subscription');
    changeQuantity(context, subscription, fields.integer('quantity'));
    return listAnswer(exchange, customer.email);
  });
  endpoints.write('POST', `${person}/stored/payment-result`, (exchange) => {
    const { context, customer, fields } = exchange;
    const contract = contractOf(context, customer.email, fields.text('contract'));
    contract.payment = { id: context.store.nextSerial(), paymentMethod: 'kco3', status: 'ACTIVE' };
    return listAnswer(exchange, customer.email);
  });
}

function named(exchange: Exchange): SubscriptionRecord {
  const { context, dialect, fields } = exchange;
  const customer = dialect === 'checkout' ? exchange.customer.email : null;
  return subscriptionOf(context, customer, fields.text('subscription'));
}

function addSubscription(exchange: Exchange): Reply {
  const { context, customer, fields } = exchange;
  const { store, clock } = context;
  const contract = contractOf(context, customer.email, exchange.part('contract'));
  if (contract.payment?.status !== 'ACTIVE') throw new CentraRefusal(406, { contract: 'no valid payment' });
  const item = fields.text('item');
  const found = store.findItem(item);
  if (!found) throw notFound('item', 'product item not found');
  const plan = planOf(context, found.product, fields.text('subscriptionPlan'));
  const nextOrderDate = fields.text('nextOrderDate');
  const tomorrow = addDays(localDate(clock.now(), store.timeZone), 1);
  if (!isDate(nextOrderDate) || nextOrderDate < tomorrow) throw new CentraRefusal(406, { nextOrderDate: 'not valid' });
  const quantity = fields.optionalInteger('quantity') ?? 1;
  if (quantity < 1) throw new CentraRefusal(406, { quantity: 'not valid' });
  subscribe(context, contract, { item, quantity, plan, nextOrderDate });
  return listAnswer(exchange, customer.email);
}

/** Changes the address of the contract. The country stays. */
function changeAddress(exchange: Exchange): Reply {
  const { context, fields } = exchange;
  const contract = contractOf(context, exchange.customer.email, fields.text('contract'));
  const country = fields.optionalText('country');
  if (country !== null && country !== contract.address.country)
    throw new CentraRefusal(406, { country: 'cannot be changed' });
  const names: readonly (keyof AddressRecord)[] = ['firstName', 'lastName', 'address1', 'zipCode', 'city'];
  const changes = names.flatMap((name) => {
    const value = fields.optionalText(name);
    return value === null ? [] : [[name, value] as const];
  });
  contract.address = { ...contract.address, ...Object.fromEntries(changes) };
  return listAnswer(exchange, exchange.customer.email);
}

function listAnswer(exchange: Exchange, customer: string): Reply {
  const { store, switches } = exchange.context;
  const leaks = switches.get('leakForeignRows');
  const own = store.contracts.list().filter((each) => leaks || each.customer === customer);
  return { body: { contracts: own.map((contract) => contractPayload(exchange, contract)) } };
}

const PAYMENT_WORDS = { ACTIVE: 'Active', SUSPENDED: 'Pending', REVOKED: 'Failed' } as const;

function contractPayload({ context }: Exchange, contract: ContractRecord) {
  return {
    contract: contract.id,
    createdAt: contract.createdAt.slice(0, 19).replace('T', ' '),
    market: contract.market,
    pricelist: context.store.market(contract.market).pricelist,
    shippingAddress: addressPayload(contract.address),
    originatingOrder: contract.originatingOrder,
    subscriptionPayment: contract.payment
      ? [
          {
            id: contract.payment.id,
            paymentMethod: contract.payment.paymentMethod,
            status: PAYMENT_WORDS[contract.payment.status],
          },
        ]
      : [],
    subscriptions: subscriptionsOf(context, contract.id).map((subscription) => {
      const reasons = attentionReasons(context, contract, subscription);
      const { product } = context.store.itemOf(subscription);
      return {
        subscription: subscription.id,
        status: subscription.status,
        interval: { type: subscription.plan.intervalType, value: subscription.plan.intervalValue },
        discount: subscription.plan.discountPercent,
        subscriptionPlan: planPayload(subscription.plan),
        nextOrderDate: subscription.nextOrderDate,
        nextRetryDate: reasons.includes('PAYMENT_DECLINED') ? subscription.nextOrderDate : null,
        needsAttention: reasons.length > 0,
        attentionReasons: reasons,
        lines: [
          {
            item: subscription.item,
            product: product.product,
            productName: product.name,
            quantity: subscription.quantity,
          },
        ],
      };
    }),
  };
}
