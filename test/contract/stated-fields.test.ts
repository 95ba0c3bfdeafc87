import { afterAll, expect, test } from '@jest/globals';
import { type StatedField, statedFields } from '../../src/domain/statement.js';
import { providers } from '../../src/providers/index.js';
import { subjectOf, unlimitedSwitches } from '../subjects/index.js';
import { type FullStack, orderId, startFullStack } from '../support/full-stack.js';

const summary: string[] = [];
afterAll(() => {
  process.stdout.write(`Stated fields: ${summary.join('; ')}\n`);
});

const TERMS = `
  fragment Terms on SubscriptionTerms { __typename
    deliveryFrequency { every } billingFrequency { every } startsAt { at date } trialDays cancellation
    prices { fromPayment unitPrice { amount } total { amount } }
    minimumPayments maximumPayments minimumCommitment { amount } }`;

const FIELDS = `${TERMS}
  fragment Contract on SubscriptionContract { __typename
    terms { ...Terms } nextDelivery { at date } endsAt { at date } pendingChanges { kind effectiveAt { at } }
    dunning { reason nextAttemptAt endsAt } lines { __typename providerId } }
  fragment Offer on UpsellOffer { __typename
    id purchaseModes price { amount } compareAtPrice { amount } terms { ...Terms } }
  fragment OrderFields on Order { __typename
    id displayNumber totals { __typename taxIncluded } offers { ...Offer }
    lineItems(first: 20) { nodes { __typename product { providerId } title variantTitle imageUrl
      fees { amount } taxIncluded terms { ...Terms } subscription { ...Contract } } } }`;

/** The lists are asked for as no page would. */
const UNLIMITED = { server: { limits: { rate: { shopper: 0, service: 0, anonymous: 0 }, cost: 1_000_000 } } };

const LISTS = `query ($ids: [ID!]!) {
  upcomingOrders(first: 20) { nodes { ...OrderFields } }
  viewer { customer { subscriptions(first: 20) { nodes { ...Contract } } } }
  nodes(ids: $ids) { ...OrderFields } } ${FIELDS}`;

const PREVIEW = `query ($input: UpsellPreviewInput!) { upsellPreview(input: $input) { preview { __typename
  lineFees { amount } terms { ...Terms } charge { __typename payments { amount { amount } timing at { at date } } } } } } ${TERMS}`;

interface Node {
  readonly id: string;
  readonly offers: readonly { readonly id: string; readonly purchaseModes: readonly string[] }[] | null;
  readonly lineItems: { readonly nodes: readonly { readonly product: { readonly providerId: string } }[] } | null;
}

/** All that the sandbox of one provider shows its demo shopper. */
async function everything(stack: FullStack, name: string): Promise<readonly unknown[]> {
  const { account } = stack.fixture(name);
  const { unlisted, past = [] } = subjectOf(name);
  const finished = await Promise.all((unlisted.checkouts ?? []).map((checkout) => finish(stack, account, checkout)));
  const ids = [
    ...[...(unlisted.orders ?? []), ...past].map((key) => orderId(account, key)),
    ...finished.flatMap((id) => id ?? []),
  ];
  const lists = await ask(stack, LISTS, { ids });
  const orders = ordersIn(lists);
  const items = orders.flatMap(({ id, offers, lineItems }) => [
    ...(offers ?? []).map((offer) => ({ orderId: id, item: { offerId: offer.id } })),
    ...(lineItems?.nodes ?? []).slice(0, 2).map(({ product: { providerId } }) => {
      return { orderId: id, item: { providerProduct: { providerId } } };
    }),
  ]);
  const previews: unknown[] = [];
  for (const item of items.slice(0, 12)) {
    previews.push(await ask(stack, PREVIEW, { input: item }));
    previews.push(
      await ask(stack, PREVIEW, { input: { ...item, subscribe: { frequency: { every: 1, unit: 'MONTH' } } } }),
    );
  }
  return [lists, ...previews];
}

async function ask(stack: FullStack, query: string, variables: object): Promise<unknown> {
  const { data, errors } = await stack.ask<unknown, object>(query, variables);
  if (!data) throw new Error(JSON.stringify(errors));
  return data;
}

/** Null for a checkout of somebody else. */
async function finish(stack: FullStack, accountKey: string, providerCheckoutId: string): Promise<string | null> {
  const payment = { paymentFields: { klarna_order: 'k-1' }, idempotencyKey: `finish-${providerCheckoutId}` };
  const input = { accountKey, providerCheckoutId, ...payment };
  const query = `mutation ($input: CompleteCheckoutInput!) { completeCheckout(input: $input) { order { id } } }`;
  const id = (await stack.data(query, { input })).at('completeCheckout', 'order', 'id');
  return typeof id === 'string' ? id : null;
}

function ordersIn(lists: unknown): readonly Node[] {
  const { upcomingOrders, nodes } = lists as {
    readonly upcomingOrders: { readonly nodes: readonly Node[] } | null;
    readonly nodes: readonly (Node | null)[] | null;
  };
  return [...(upcomingOrders?.nodes ?? []), ...(nodes ?? [])].filter((node): node is Node => node?.id !== undefined);
}

/** Names of the fields that hold something, by the type they are of. */
function filledIn(value: unknown, found: Set<string>): Set<string> {
  if (Array.isArray(value)) for (const each of value) filledIn(each, found);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return found;
  const type = '__typename' in value ? String(value.__typename) : '';
  for (const [name, each] of Object.entries(value)) {
    const isEmpty = each === null || (Array.isArray(each) && each.length === 0);
    if (!isEmpty) found.add(`${type}.${name}`);
    filledIn(each, found);
  }
  return found;
}

test.each(Object.keys(providers))(
  'the sandbox of %s fills exactly the fields its provider states or lets derive',
  async (name) => {
    const statements = Object.entries(providers).find(([key]) => key === name)?.[1].statements;
    const stack = await startFullStack({ only: [name], switches: unlimitedSwitches, parallel: 4, groups: UNLIMITED });
    const filled = filledIn(await everything(stack, name), new Set());
    await stack.close();
    const isStated = (field: StatedField) => (statements?.[field] ?? 'NOT_STATED') !== 'NOT_STATED';
    const { unseen = {} } = subjectOf(name);
    const stated = statedFields.filter(isStated);
    const shown = stated.filter((field) => unseen[field] === undefined);
    summary.push(
      `${name} ${shown.length} filled, ${stated.length - shown.length} explained, ${statedFields.length - stated.length} not stated`,
    );
    expect(statedFields.filter((field) => filled.has(field))).toEqual(shown);
  },
  300_000,
);
