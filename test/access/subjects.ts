import { fromGlobalId, toGlobalId } from '../../src/domain/reference.js';
import { Json } from '../emulators/calls.js';
import { subjects as providers } from '../subjects/index.js';
import type { UnlistedRecords } from '../subjects/subject.js';
import type { FullStack } from '../support/full-stack.js';

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
  /** Account key → what no list shows. */
  readonly unlisted: Readonly<Record<string, UnlistedRecords>>;
}

export function demoShopperOf(stack: FullStack): Person {
  return {
    name: 'dana',
    customers: Object.fromEntries(stack.fixtures.map(({ account, shopper }) => [account, shopper])),
    unlisted: Object.fromEntries(Array.from(providers.values(), ({ account, access }) => [account, access.demo])),
  };
}

export function otherShopperOf(stack: FullStack): Person {
  const others = Array.from(providers, ([name, { account, access }]) => {
    const { customerId, ...unlisted } = access.other(new Json(stack.fixture(name).emulator.state()));
    return { account, customerId, unlisted };
  });
  return {
    name: 'robin',
    customers: Object.fromEntries(others.map(({ account, customerId }) => [account, customerId])),
    unlisted: Object.fromEntries(others.map(({ account, unlisted }) => [account, unlisted])),
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
export async function findSubjects(stack: FullStack, person: Person): Promise<readonly Subject[]> {
  const ask = asker(stack, { sub: person.name, customers: person.customers });
  const ids: string[] = [];
  const finished: Subject[] = [];
  for (const [account, { orders: keys = [], checkouts = [] }] of Object.entries(person.unlisted)) {
    ids.push(...keys.map((key) => toGlobalId({ type: 'Order', account, key })));
    for (const checkoutId of checkouts) {
      const input = {
        accountKey: account,
        providerCheckoutId: checkoutId,
        idempotencyKey: `finish ${checkoutId}`,
        paymentFields: { klarna_order: 'k-1' },
      };
      ids.push((await ask(COMPLETE, { input })).text('completeCheckout', 'order', 'id'));
    }
    const [key] = checkouts;
    if (key !== undefined) finished.push({ type: 'Checkout', account, id: key, key, providerId: key });
  }
  const own = await ask(OWN, { ids });
  const orders = [...own.rows('upcomingOrders', 'nodes'), ...own.rows('nodes')];
  const subscriptions = own.rows('viewer', 'customer', 'subscriptions', 'nodes');
  const perAccount = Object.entries(person.customers).map(async ([account, customer]): Promise<readonly Subject[]> => {
    const access = [...providers.values()].find((each) => each.account === account)?.access;
    const order = firstAt(account, orders, (each) => keyOf(each) === access?.order);
    const line = firstAt(account, order?.rows('lineItems', 'nodes') ?? [], (each) =>
      [each.at('removal', 'verdict'), each.at('conversion', 'verdict')].includes('ELIGIBLE'),
    );
    const recurring = order?.rows('lineItems', 'nodes').find((each) => each.at('subscription', 'id') !== undefined);
    const subscription = firstAt(account, subscriptions, () => true);
    const offerId = order?.rows('offers')[0]?.text('id');
    return [
      ...(order ? [{ ...named('Order', order), ...(offerId && { offerId }), ...access?.addition }] : []),
      ...(line ? [named('LineItem', line)] : []),
      ...(recurring ? [named('LineItem', recurring)] : []),
      ...(subscription ? [named('SubscriptionContract', subscription)] : []),
      await customerAt(stack, account, customer),
    ];
  });
  return [...(await Promise.all(perAccount)).flat(), ...finished];
}

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
export function asker(stack: FullStack, claims: Readonly<Record<string, unknown>>): Ask {
  return async (query, variables) => {
    const { text } = await stack.send({ query, variables }, { authorization: await stack.bearer(claims) });
    const answer = new Json(JSON.parse(text));
    if (answer.at('errors') !== undefined) throw new Error(text);
    return new Json(answer.at('data'));
  };
}

const CUSTOMER = 'query ($identities: [CustomerIdentityInput!]!) { customer(identities: $identities) { id } }';

async function customerAt(stack: FullStack, account: string, providerId: string): Promise<Subject> {
  const staff = asker(stack, { sub: 'staff', kind: 'service', customers: {} });
  const id = (await staff(CUSTOMER, { identities: [{ accountKey: account, providerId }] })).text('customer', 'id');
  return { type: 'Customer', account, id, key: providerId, providerId };
}

/** Named like the subject, and not there. */
export async function missingTwin(stack: FullStack, subject: Subject): Promise<Subject> {
  const { type, account } = subject;
  const key = otherwise(subject.key);
  const providerId = otherwise(subject.providerId);
  if (type === 'Customer') return customerAt(stack, account, providerId);
  const ref = fromGlobalId(subject.id);
  const id = ref ? toGlobalId({ ...ref, key: otherwise(ref.key) }) : otherwise(subject.id);
  const { offerId } = subject;
  return { ...subject, key, providerId, id, ...(offerId && { offerId: offerOf(offerId, otherwise(ref?.key ?? '')) }) };
}

/** The same offer under the ID another order has for it. */
function offerOf(offerId: string, orderKey: string): string {
  const ref = fromGlobalId(offerId);
  if (!ref) throw new Error(`this is no ID: ${offerId}`);
  return toGlobalId({ ...ref, key: `${encodeURIComponent(orderKey)}${ref.key.slice(ref.key.indexOf(' '))}` });
}

/** Of the same form and length; days stay days. */
function otherwise(text: string): string {
  const others = text.replaceAll(/\d{4}-\d{2}-\d{2}|\d/g, (found) =>
    found.length > 1 ? found : String(9 - Number(found)),
  );
  return others === text ? `x${text.slice(1)}` : others;
}
