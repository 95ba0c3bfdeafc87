import { randomUUID } from 'node:crypto';
import { toGlobalId } from '../../src/domain/reference.js';
import {
  demoAttempts,
  demoContracts,
  demoHandles,
  demoVariants,
} from '../../src/emulators/appstle/scenarios/demo-records.js';
import { demoCheckouts } from '../../src/emulators/centra/scenarios/demo-checkouts.js';
import { demoOrders } from '../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { sandboxOrders } from '../../src/emulators/surecart/scenarios/sandbox.js';

/** Sends an operation as the shopper and gives the text of the answer. */
export type Ask = (query: string, variables: object) => Promise<string>;

const PARTS = `
  fragment Parts on Order {
    id providerId providerStatus status customer { id } window { state secondsLeft }
    totals { total { amount } } offers { id title product { id title } }
    lineItems { nodes { id providerId origin product { id title handle imageUrl } total { amount } subscription { id } } }
  }`;

const READ = `query ($ids: [ID!]!) {
  accounts { id key label }
  viewer { kind scopes customer { id subscriptions {
    nodes { id providerId providerStatus startDate customer { id } lines { product { title } } nextOrder { id } }
    sources { state problem { kind detail httpStatus } }
  } } }
  upcomingOrders { nodes { ...Parts } sources { state problem { kind detail httpStatus } } }
  nodes(ids: $ids) { ...Parts }
} ${PARTS}`;

const MAY_I = `query ($inputs: [UpsellEligibilityInput!]!, $preview: UpsellPreviewInput!) {
  upsellEligibility(inputs: $inputs) { verdict reasons { code message evidence remedy } }
  upsellPreview(input: $preview) {
    ... on UpsellPreview { id fidelity } ... on UpsellError { code message path }
    ... on ProviderError { problem { kind detail httpStatus } }
  }
}`;

const ERRORS = `errors {
  code message path
  ... on NotEligibleError { reasons { code message evidence } }
  ... on ProviderError { problem { kind detail httpStatus } }
  ... on PaymentError { reason }
}`;

const OPERATION =
  'id status steps { name outcome problem { kind detail httpStatus } } differences { field requested applied }';

const write = (field: string, type: string) =>
  `mutation ($input: ${type}Input!) { ${field}(input: $input) { operation { ${OPERATION} } ${ERRORS} } }`;

const COMPLETE = `mutation ($input: CompleteCheckoutInput!) {
  completeCheckout(input: $input) { order { ...Parts } ${ERRORS} }
} ${PARTS}`;

export const BY_KEY = `query ($key: String!) { operationByKey(idempotencyKey: $key) { ${OPERATION} } }`;

const id = (type: 'Order' | 'LineItem', account: string, key: string) => toGlobalId({ type, account, key });
const appstleOrder = (attempt: string) => id('Order', 'appstle-us', `${demoContracts.coffee}/${attempt}`);

const syrup = { providerProduct: { providerId: demoVariants.syrup, handle: demoHandles.syrup } };
const known = {
  appstle: { orderId: appstleOrder(demoAttempts.next), item: syrup },
  ordergroove: {
    orderId: id('Order', 'og-us', demoOrders.next),
    item: { providerProduct: { providerId: '44931275400011' } },
  },
  surecart: { orderId: id('Order', 'sc', sandboxOrders.coffee), item: { providerProduct: { providerId: 'nothing' } } },
};

/** Finishes a checkout; the id of its order, where there is one. */
export async function complete(ask: Ask, checkoutId: string, paymentFields: object): Promise<string> {
  const input = { accountKey: 'centra-se', providerCheckoutId: checkoutId, paymentFields };
  return firstId(await ask(COMPLETE, { input }), 'Order:centra-se:') ?? id('Order', 'centra-se', '0');
}

export async function readAll(ask: Ask, centraOrder: string): Promise<void> {
  const ids = Object.values(known).map(({ orderId }) => orderId);
  await ask(READ, { ids: [...ids, centraOrder, id('Order', 'sc', sandboxOrders.tea)] });
  const inputs = [...Object.values(known), { orderId: centraOrder, item: { providerProduct: { providerId: '1001' } } }];
  await Promise.all(inputs.map((each) => ask(MAY_I, { inputs: [each], preview: each })));
}

/** One write of each kind each provider has. The keys by which they are found again. */
export async function writeAll(ask: Ask, centraOrder: string, paymentFields: object): Promise<readonly string[]> {
  const keys: string[] = [];
  const send = (field: string, type: string, input: object) => {
    const idempotencyKey = randomUUID();
    keys.push(idempotencyKey);
    return ask(write(field, type), { input: { idempotencyKey, ...input } });
  };
  const offer = async (orderId: string) =>
    firstId(await ask(READ, { ids: [orderId] }), 'UpsellOffer:sc:') ?? id('Order', 'sc', 'none');
  const line = { lineItemId: id('LineItem', 'og-us', demoOrders.oneTimeItem) };
  const [coffee, taxed] = [known.surecart.orderId, id('Order', 'sc', sandboxOrders.taxed)];
  const offers = [await offer(coffee), await offer(taxed)];
  const every = { every: 8, unit: 'WEEK' };
  const second = id('Order', 'og-us', demoOrders.later);
  const added = { orderId: appstleOrder(demoAttempts.later), item: syrup };
  await Promise.all([
    send('addUpsellItem', 'AddUpsellItem', known.ordergroove),
    send('addUpsellItem', 'AddUpsellItem', { ...known.ordergroove, orderId: second, subscribe: every }),
    send('changeUpsellItemQuantity', 'ChangeUpsellItemQuantity', { ...line, quantity: 3 })
      .then(() => send('convertToSubscription', 'ConvertToSubscription', { ...line, frequency: every }))
      .then(() => send('removeUpsellItem', 'RemoveUpsellItem', line)),
    send('addUpsellItem', 'AddUpsellItem', known.appstle),
    send('addUpsellItem', 'AddUpsellItem', { ...added, subscribe: { every: 1, unit: 'MONTH' } }),
    send('addUpsellItem', 'AddUpsellItem', { orderId: coffee, item: { offerId: offers[0] } }),
    send('declineUpsellOffer', 'DeclineUpsellOffer', { orderId: taxed, offerId: offers[1] }),
    send('addUpsellItem', 'AddUpsellItem', { orderId: centraOrder, item: { providerProduct: { providerId: '1001' } } }),
    complete(ask, demoCheckouts.second, paymentFields),
  ]);
  return keys;
}

function firstId(text: string, begins: string): string | null {
  const ids = Array.from(text.matchAll(/"id":"([^"]+)"/g), ([, found = '']) => found);
  return ids.find((each) => Buffer.from(each, 'base64url').toString('utf8').startsWith(begins)) ?? null;
}
