import { fromGlobalId, toGlobalId } from '../../src/domain/reference.js';
import {
  demoAttempts,
  demoContracts,
  demoHandles,
  demoVariants,
  strangersCustomer,
} from '../../src/emulators/appstle/scenarios/demo-records.js';
import { demoCheckouts } from '../../src/emulators/centra/scenarios/demo-checkouts.js';
import { demoCustomer, otherCustomer } from '../../src/emulators/centra/scenarios/shop.js';
import { demoShopper } from '../../src/emulators/ordergroove/scenarios/demo-shop.js';
import { demoOrders } from '../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { sandboxOrders } from '../../src/emulators/surecart/scenarios/sandbox.js';
import { Json } from '../emulators/calls.js';
import type { WholeShop } from '../whole-shop.js';

/** A record that is asked for, with all that names it. */
export interface Subject {
  readonly type: 'Order' | 'LineItem' | 'SubscriptionContract' | 'Customer' | 'UpsellOperation' | 'Checkout';
  readonly account: string;
  readonly id: string;
  /** The provider's; an idempotency key for operations. */
  readonly key: string;
  readonly providerId: string;
  /** What to add to an order. */
  readonly product?: { readonly providerId: string; readonly handle?: string };
  readonly offerId?: string;
  readonly previewId?: string;
  /** How often it shall recur. */
  readonly subscribe?: object;
}

/** A shopper of all accounts, with records at each. */
export interface Person {
  readonly name: string;
  /** Account key → customer. */
  readonly customers: Readonly<Record<string, string>>;
  readonly checkouts: readonly string[];
  /** Orders of accounts that list none. */
  readonly surecartOrders: readonly string[];
}

export function demoShopperOf(shop: WholeShop): Person {
  return {
    name: 'dana',
    customers: Object.fromEntries(shop.stalls.map(({ account, shopper }) => [account, shopper])),
    checkouts: [demoCheckouts.coffee, demoCheckouts.second],
    surecartOrders: [sandboxOrders.coffee, sandboxOrders.filters],
  };
}

const OTHER_ORDERGROOVE_CUSTOMER = '90071992547409931234';

export function otherShopperOf(shop: WholeShop): Person {
  const rows = new Json(shop.stall('surecart').emulator.state()).rows('customer');
  const surecartCustomer = rows.find((row) => row.at('email') === 'robin@example.com')?.text('id') ?? '';
  return {
    name: 'robin',
    customers: {
      [shop.stall('ordergroove').account]: OTHER_ORDERGROOVE_CUSTOMER,
      [shop.stall('surecart').account]: surecartCustomer,
      [shop.stall('centra').account]: otherCustomer.email,
      [shop.stall('appstle').account]: strangersCustomer,
    },
    checkouts: [demoCheckouts.other],
    surecartOrders: [sandboxOrders.foreign],
  };
}

const COMPLETE = `mutation ($input: CompleteCheckoutInput!) {
  completeCheckout(input: $input) { order { id } errors { code message } }
}`;

const OWN = `query ($ids: [ID!]!) {
  viewer { customer { subscriptions(first: 50) { nodes { id providerId account { key } } } } }
  upcomingOrders(first: 50) { nodes { ...Own } }
  nodes(ids: $ids) { ...Own }
}
fragment Own on Order {
  id
  providerId
  lineItems { nodes { id providerId subscription { id } removal { verdict } conversion { verdict } } }
  offers { id }
}`;

/** What a person has at each account: an order, a line, a subscription, themselves; and a finished checkout. */
export async function findSubjects(shop: WholeShop, person: Person): Promise<readonly Subject[]> {
  const ask = asker(shop, { sub: person.name, customers: person.customers });
  const centra = shop.stall('centra').account;
  const surecart = shop.stall('surecart').account;
  const ids = person.surecartOrders.map((key) => toGlobalId({ type: 'Order', account: surecart, key }));
  for (const checkoutId of person.checkouts) {
    const input = { accountKey: centra, providerCheckoutId: checkoutId, paymentFields: { klarna_order: 'k-1' } };
    ids.push((await ask(COMPLETE, { input })).text('completeCheckout', 'order', 'id'));
  }
  const own = await ask(OWN, { ids });
  const orders = [...own.rows('upcomingOrders', 'nodes'), ...own.rows('nodes')];
  const subscriptions = own.rows('viewer', 'customer', 'subscriptions', 'nodes');
  const perAccount = Object.entries(person.customers).map(async ([account, customer]): Promise<readonly Subject[]> => {
    const order = firstAt(account, orders, (each) => preferredOrders.has(keyOf(each)));
    const line = firstAt(account, order?.rows('lineItems', 'nodes') ?? [], (each) =>
      [each.at('removal', 'verdict'), each.at('conversion', 'verdict')].includes('ELIGIBLE'),
    );
    const recurring = order?.rows('lineItems', 'nodes').find((each) => each.at('subscription', 'id') !== undefined);
    const subscription = firstAt(account, subscriptions, () => true);
    const offerId = order?.rows('offers')[0]?.text('id');
    return [
      ...(order ? [{ ...named('Order', order), ...(offerId && { offerId }), ...products[account] }] : []),
      ...(line ? [named('LineItem', line)] : []),
      ...(recurring ? [named('LineItem', recurring)] : []),
      ...(subscription ? [named('SubscriptionContract', subscription)] : []),
      await customerAt(shop, account, customer),
    ];
  });
  const checkouts = person.checkouts
    .slice(0, 1)
    .map((key) => ({ type: 'Checkout', account: centra, id: key, key, providerId: key }) as const);
  return [...(await Promise.all(perAccount)).flat(), ...checkouts];
}

/** May be added to the demo shopper's orders, where an offer does not say what. */
const products: Readonly<Record<string, Pick<Subject, 'product' | 'subscribe'>>> = {
  'og-us': { product: { providerId: '44931275400012' }, subscribe: { every: 8, unit: 'WEEK' } },
  'centra-se': { product: { providerId: '1001' } },
  'appstle-us': { product: { providerId: demoVariants.syrup, handle: demoHandles.syrup } },
};

const preferredOrders = new Set<string>([demoOrders.next, `${demoContracts.coffee}/${demoAttempts.next}`]);

function keyOf(record: Json): string {
  return fromGlobalId(record.text('id'))?.key ?? '';
}

function firstAt(account: string, records: readonly Json[], isBest: (record: Json) => boolean): Json | undefined {
  const own = records.filter((record) => fromGlobalId(record.text('id'))?.account === account);
  return own.find(isBest) ?? own[0];
}

function named(type: Subject['type'], record: Json): Subject {
  const account = fromGlobalId(record.text('id'))?.account ?? '';
  return { type, account, id: record.text('id'), key: keyOf(record), providerId: record.text('providerId') };
}

type Ask = (query: string, variables: object) => Promise<Json>;

/** Throws when there are errors. */
export function asker(shop: WholeShop, claims: Readonly<Record<string, unknown>>): Ask {
  return async (query, variables) => {
    const { text } = await shop.send({ query, variables }, { authorization: await shop.bearer(claims) });
    const answer = new Json(JSON.parse(text));
    if (answer.at('errors') !== undefined) throw new Error(text);
    return new Json(answer.at('data'));
  };
}

const CUSTOMER = 'query ($identities: [CustomerIdentityInput!]!) { customer(identities: $identities) { id } }';

async function customerAt(shop: WholeShop, account: string, providerId: string): Promise<Subject> {
  const staff = asker(shop, { sub: 'staff', kind: 'service', customers: {} });
  const id = (await staff(CUSTOMER, { identities: [{ accountKey: account, providerId }] })).text('customer', 'id');
  return { type: 'Customer', account, id, key: providerId, providerId };
}

/** Named like the subject, and not there. */
export async function missingTwin(shop: WholeShop, subject: Subject): Promise<Subject> {
  const { type, account } = subject;
  const key = otherwise(subject.key);
  const providerId = otherwise(subject.providerId);
  if (type === 'Customer') return customerAt(shop, account, providerId);
  const ref = fromGlobalId(subject.id);
  const id = ref ? toGlobalId({ ...ref, key: otherwise(ref.key) }) : otherwise(subject.id);
  return { ...subject, key, providerId, id };
}

/** Of the same form and length. */
function otherwise(text: string): string {
  const others = text.replaceAll(/\d/g, (digit) => String(9 - Number(digit)));
  return others === text ? `x${text.slice(1)}` : others;
}

/** Words that name the demo shopper and nobody else. */
export const personalWords = [demoCustomer.email, demoCustomer.firstName, demoShopper.merchant_user_id];
