import { expect, test } from '@jest/globals';
import { toGlobalId } from '../../../src/domain/reference.js';
import { sandboxOrders } from '../../../src/emulators/surecart/scenarios/sandbox.js';
import { calls, charges, declineCard, harness, offer } from './harness.js';

const orderIds = () =>
  harness.rows('order').map((row) => toGlobalId({ type: 'Order', account: 'sc', key: row.text('id') }));
const money = 'amount currency';

const PREVIEW = `query ($input: UpsellPreviewInput!) {
  upsellPreview(input: $input) {
    preview {
      id fidelity lineTotal { ${money} } lineDiscount { ${money} } charge { timing increase { ${money} } }
    }
  }
}`;

const ADD = `mutation ($input: AddUpsellItemInput!) {
  addUpsellItem(input: $input) {
    replayed
    operation { status differences { field } }
    lineItem { providerId unitPrice { ${money} } discount { ${money} } total { ${money} } stockHeld origin }
    order { totals { total { ${money} } fees { ${money} } } }
    nextOffer { providerId }
    errors { __typename message ... on PaymentError { reason } ... on NotEligibleError { reasons { code } } }
  }
}`;

const item = { providerProduct: { providerId: 'f5af0064-fb07-47a0-8f89-4997715ba221' } };

test('the documented upsell is previewed, bound, accepted and replayed through the graph', async () => {
  harness.restart('documented');
  const [orderId] = orderIds();
  const before = JSON.stringify(harness.emulator.state());
  const preview = await harness.graph(PREVIEW, { input: { orderId, item } });
  expect(preview.at('upsellPreview', 'preview')).toMatchObject({
    fidelity: 'PROVIDER_COMPUTED',
    lineTotal: { amount: '24.00', currency: 'USD' },
    lineDiscount: { amount: '5.00' },
    charge: { timing: 'IMMEDIATELY', increase: { amount: '24.00' } },
  });
  expect(JSON.stringify(harness.emulator.state())).toBe(before);

  const guards = { previewId: preview.text('upsellPreview', 'preview', 'id') };
  const input = { idempotencyKey: 'decision-0000000001', orderId, item, guards };
  const added = await harness.graph(ADD, { input });
  expect(added.at('addUpsellItem')).toEqual({
    replayed: false,
    operation: { status: 'SUCCEEDED', differences: [] },
    lineItem: {
      providerId: '8e3c3560-5008-4bc2-b061-4785c5145024',
      unitPrice: { amount: '29.00', currency: 'USD' },
      discount: { amount: '5.00', currency: 'USD' },
      total: { amount: '24.00', currency: 'USD' },
      stockHeld: true,
      origin: 'UPSELL',
    },
    order: {
      totals: { total: { amount: '73.00', currency: 'USD' }, fees: { amount: '0.00', currency: 'USD' } },
    },
    nextOffer: null,
    errors: [],
  });
  expect((await harness.graph(ADD, { input })).at('addUpsellItem', 'replayed')).toBe(true);
  const anew = await harness.graph(ADD, { input: { idempotencyKey: 'decision-0000000002', orderId, item } });
  expect(anew.at('addUpsellItem', 'errors')).toMatchObject([
    { __typename: 'NotEligibleError', reasons: [{ code: 'ALREADY_TAKEN' }] },
  ]);
  expect(charges('upsell')).toEqual([['upsell', 'succeeded', 2400]]);
});

test('a declined payment is a payment error that says the order is unchanged', async () => {
  harness.restart('documented');
  await declineCard();
  const [orderId] = orderIds();
  const answer = await harness.graph(ADD, { input: { idempotencyKey: 'decision-0000000003', orderId, item } });
  expect(answer.at('addUpsellItem')).toMatchObject({
    operation: { status: 'REJECTED' },
    lineItem: null,
    order: { totals: { total: { amount: '49.00' } } },
    errors: [{ __typename: 'PaymentError', reason: 'DECLINED' }],
  });
});

test('60 orders with 5 lines each, products, subscriptions and offers are one upstream call', async () => {
  harness.restart('large');
  const ids = orderIds();
  calls();
  const answer = await harness.graph(
    `query ($ids: [ID!]!) {
      nodes(ids: $ids) {
        ... on Order {
          status window { state } totals { total { ${money} } } offers { title product { title } }
          lineItems { nodes { quantity product { title } total { ${money} } subscription { status } } }
        }
      }
    }`,
    { ids },
  );
  expect(calls()).toEqual(['GET /v1/orders']);
  const nodes = answer.rows('nodes');
  expect(nodes).toHaveLength(60);
  for (const node of nodes) {
    expect(node.at('status')).toBe('OPEN_FOR_UPSELL');
    expect(node.rows('lineItems', 'nodes').map((line) => line.at('product', 'title'))).toHaveLength(5);
    expect(node.at('offers', 0, 'product', 'title')).toBe('Extra');
  }
});

test('a next offer whose step is a word nobody documents is the next offer all the same', async () => {
  harness.emulator.faults.add({
    match: { method: 'GET', path: '/orders$' },
    times: 'always',
    action: { kind: 'patchBody', set: { 'data.0.checkout.current_upsell.step': 'after_a_week' } },
  });
  const orderId = toGlobalId({ type: 'Order', account: harness.accountKey, key: sandboxOrders.coffee });
  const providerId = (await offer('coffee'))?.product?.providerId;
  const added = await harness.graph(
    `mutation ($input: AddUpsellItemInput!) {
      addUpsellItem(input: $input) {
        nextOffer { id funnelStep }
        order { offers { id funnelStep } }
      }
    }`,
    { input: { idempotencyKey: 'decision-0000000009', orderId, item: { providerProduct: { providerId } } } },
  );
  const next = added.at('addUpsellItem', 'nextOffer');
  expect(next).toMatchObject({ funnelStep: 'UNKNOWN' });
  expect(added.at('addUpsellItem', 'order', 'offers')).toEqual([next]);
});
