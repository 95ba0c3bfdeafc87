import type { Api, Exchange, Reply } from '../exchange.js';
import { addDays, isDate, localDate } from '../local-time.js';
import { addressPayload } from '../payloads.js';
import { planPayload } from '../product-payload.js';
import { malformed, notFound, Refusal } from '../refusals.js';
import type { AddressRecord, ContractRecord, SubscriptionRecord, SubscriptionStatus } from '../records.js';
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

/** https://docs.centra.com/fe-development/subscriptions */
export function subscriptionRoutes(api: Api): void {
  const person = api.dialect === 'shop' ? '/customers/:email' : '/customer';
  api.route('POST', `${person}/subscriptions`, (exchange) => listAnswer(exchange, exchange.customer.email));
  api.route('PUT', '/subscription/status', (exchange) => {
    const status = STATUSES.find((each) => each === exchange.fields.text('status'));
    if (!status) throw malformed('status', 'not valid');
    changeStatus(exchange.world, named(exchange), status);
    return { body: {} };
  });
  api.route('PUT', '/subscription/interval', (exchange) => {
    const subscription = named(exchange);
    const { product } = exchange.world.store.itemOf(subscription);
    changePlan(subscription, planOf(exchange.world, product, exchange.fields.text('subscriptionPlan')));
    return { body: {} };
  });
  api.route('PUT', '/subscription/address', changeAddress);
  api.route('POST', `${person}/contracts/:contract/subscription`, addSubscription);
  api.route('PUT', `${person}/contracts/:contract/subscription/:subscription`, (exchange) => {
    const { world, customer, fields } = exchange;
    const subscription = subscriptionOf(world, customer.email, exchange.part('subscription'));
    if (String(subscription.contract) !== exchange.part('contract')) throw notFound('subscription');
    changeQuantity(world, subscription, fields.integer('quantity'));
    return listAnswer(exchange, customer.email);
  });
  api.route('POST', `${person}/stored/payment-methods`, () => ({
    body: { paymentMethods: [{ paymentMethod: 'kco3', name: 'Klarna Checkout' }] },
  }));
  api.route('POST', `${person}/stored/payment`, () => ({ body: { action: 'form', formHtml: '<div></div>' } }));
  api.route('POST', `${person}/stored/payment-result`, (exchange) => {
    const { world, customer, fields } = exchange;
    const contract = contractOf(world, customer.email, fields.text('contract'));
    contract.payment = { id: world.store.nextSerial(), paymentMethod: 'kco3', status: 'ACTIVE' };
    return listAnswer(exchange, customer.email);
  });
}

function named(exchange: Exchange): SubscriptionRecord {
  const { world, dialect, fields } = exchange;
  const customer = dialect === 'checkout' ? exchange.customer.email : null;
  return subscriptionOf(world, customer, fields.text('subscription'));
}

function addSubscription(exchange: Exchange): Reply {
  const { world, customer, fields } = exchange;
  const { store, clock } = world;
  const contract = contractOf(world, customer.email, exchange.part('contract'));
  if (contract.payment?.status !== 'ACTIVE') throw new Refusal(406, { contract: 'no valid payment' });
  const item = fields.text('item');
  const found = store.findItem(item);
  if (!found) throw notFound('item', 'product item not found');
  const plan = planOf(world, found.product, fields.text('subscriptionPlan'));
  const nextOrderDate = fields.text('nextOrderDate');
  const tomorrow = addDays(localDate(clock.now(), store.timeZone), 1);
  if (!isDate(nextOrderDate) || nextOrderDate < tomorrow) throw new Refusal(406, { nextOrderDate: 'not valid' });
  const quantity = fields.optionalInteger('quantity') ?? 1;
  if (quantity < 1) throw new Refusal(406, { quantity: 'not valid' });
  subscribe(world, contract, { item, quantity, plan, nextOrderDate });
  return listAnswer(exchange, customer.email);
}

/** Of the contract; the country stays. */
function changeAddress(exchange: Exchange): Reply {
  const { world, fields } = exchange;
  const contract = contractOf(world, exchange.customer.email, fields.text('contract'));
  const country = fields.optionalText('country');
  if (country !== null && country !== contract.address.country)
    throw new Refusal(406, { country: 'cannot be changed' });
  const names: readonly (keyof AddressRecord)[] = ['firstName', 'lastName', 'address1', 'zipCode', 'city'];
  const changes = names.flatMap((name) => {
    const value = fields.optionalText(name);
    return value === null ? [] : [[name, value] as const];
  });
  contract.address = { ...contract.address, ...Object.fromEntries(changes) };
  return listAnswer(exchange, exchange.customer.email);
}

function listAnswer(exchange: Exchange, customer: string): Reply {
  const { store, switches } = exchange.world;
  const leaks = switches.get('leakForeignRows');
  const own = [...store.contracts.values()].filter((each) => leaks || each.customer === customer);
  return { body: { contracts: own.map((contract) => contractPayload(exchange, contract)) } };
}

const PAYMENT_WORDS = { ACTIVE: 'Active', SUSPENDED: 'Pending', REVOKED: 'Failed' } as const;

function contractPayload({ world }: Exchange, contract: ContractRecord) {
  return {
    contract: contract.id,
    createdAt: contract.createdAt.slice(0, 19).replace('T', ' '),
    market: contract.market,
    pricelist: world.store.market(contract.market).pricelist,
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
    subscriptions: subscriptionsOf(world, contract.id).map((subscription) => {
      const reasons = attentionReasons(world, contract, subscription);
      const { product } = world.store.itemOf(subscription);
      return {
        subscription: subscription.id,
        status: subscription.status,
        interval: { type: subscription.plan.intervalType, value: subscription.plan.intervalValue },
        discount: subscription.plan.discountPercent,
        subscriptionPlan: planPayload(subscription.plan),
        nextOrderDate: subscription.nextOrderDate,
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
