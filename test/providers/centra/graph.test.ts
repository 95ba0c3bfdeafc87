import { expect, test } from '@jest/globals';
import { demoCheckouts } from '../../../src/emulators/centra/scenarios/demo-checkouts.js';
import { emails as emailsOf, harness, placed as orderIn } from './harness.js';

const COMPLETE = `mutation ($input: CompleteCheckoutInput!) {
  completeCheckout(input: $input) {
    operation { status effect }
    nextAction { kind url }
    order { id status window { state secondsLeft closesAt { basis } } totals { total { amount currency } } lineItems { nodes { origin } } }
    errors { __typename code ... on PaymentError { reason } }
  }
}`;

const MAY_I = `query ($inputs: [UpsellEligibilityInput!]!) {
  upsellEligibility(inputs: $inputs) { verdict reasons { code remedy } window { state secondsLeft } }
}`;

const ADD = `mutation ($input: AddUpsellItemInput!) {
  addUpsellItem(input: $input) {
    order { totals { total { amount } } }
    lineItem { origin quantity product { title } }
    errors { __typename code ... on PaymentError { reason remedy } ... on NotEligibleError { reasons { code } } }
    operation { status }
  }
}`;

const completion = {
  input: {
    idempotencyKey: 'payment-attempt-000001',
    accountKey: 'centra-se',
    providerCheckoutId: demoCheckouts.first,
    paymentFields: { klarna_order: 'k-1' },
  },
};

const adding = (orderId: string, key: string) => ({
  input: { idempotencyKey: `decision-${key}-000001`, orderId, item: { providerProduct: { providerId: '1001' } } },
});

const placed = () => orderIn('61');
const emails = () => emailsOf('61');

test('a finished checkout takes an item for as long as its limit says, and is confirmed once after it', async () => {
  const completed = await harness.graph(COMPLETE, completion);
  expect(completed.at('completeCheckout')).toMatchObject({
    order: {
      status: 'OPEN_FOR_UPSELL',
      window: { state: 'OPEN', secondsLeft: 170, closesAt: { basis: 'DERIVED_FROM_LENGTH' } },
      totals: { total: { amount: '305.00', currency: 'SEK' } },
      lineItems: { nodes: [{ origin: 'ORIGINAL' }] },
    },
    errors: [],
    operation: { status: 'SUCCEEDED', effect: 'CHANGED' },
  });
  const orderId = completed.text('completeCheckout', 'order', 'id');
  const asking = { inputs: [{ orderId, item: { providerProduct: { providerId: '1001' } } }] };
  expect((await harness.graph(MAY_I, asking)).at('upsellEligibility', 0)).toMatchObject({
    verdict: 'CONDITIONAL',
    reasons: [{ code: 'RISK_CHECK_NEEDED' }],
    window: { secondsLeft: 170 },
  });

  harness.calls();
  expect((await harness.graph(ADD, adding(orderId, 'first'))).at('addUpsellItem')).toEqual({
    order: { totals: { total: { amount: '505.00' } } },
    lineItem: { origin: 'UPSELL', quantity: 1, product: { title: 'Wool socks' } },
    errors: [],
    operation: { status: 'SUCCEEDED' },
  });
  expect(harness.calls().filter((call) => call.includes('/items/'))).toEqual(['POST /api/shop/orders/61/items/1001-1']);
  expect(
    placed()
      .rows('transactions')
      .map((each) => [each.at('entry'), each.at('amount')]),
  ).toEqual([
    ['Auth-old', 30_500],
    ['Auth', 50_500],
  ]);

  harness.emulator.clock.advance(180_000);
  expect((await harness.graph(MAY_I, asking)).at('upsellEligibility', 0)).toMatchObject({
    verdict: 'INELIGIBLE',
    reasons: [{ code: 'WINDOW_CLOSED', remedy: 'PLACE_NEW_ORDER' }],
  });
  const late = await harness.graph(ADD, adding(orderId, 'second'));
  expect(late.at('addUpsellItem', 'errors', 0)).toMatchObject({ __typename: 'NotEligibleError' });
  expect(emails()).toHaveLength(1);
});

test('a refused authorisation is told as such, with the order as it was', async () => {
  const completed = await harness.graph(COMPLETE, completion);
  harness.emulator.switches.set('paymentProvider', 'refuse');
  const refused = await harness.graph(ADD, adding(completed.text('completeCheckout', 'order', 'id'), 'first'));
  expect(refused.at('addUpsellItem')).toMatchObject({
    errors: [{ __typename: 'PaymentError', reason: 'INCREASE_REFUSED', remedy: 'PLACE_NEW_ORDER' }],
    operation: { status: 'REJECTED' },
  });
  expect(
    placed()
      .rows('transactions')
      .map((each) => each.at('entry')),
  ).toEqual(['Auth', 'Auth-update-failed']);
  expect(emails()).toHaveLength(0);
  harness.emulator.clock.advance(180_000);
  expect(emails()).toHaveLength(1);
});

test('a payment that needs another page is told as such', async () => {
  harness.emulator.switches.set('paymentResultAction', 'redirect');
  expect((await harness.graph(COMPLETE, completion)).at('completeCheckout')).toEqual({
    order: null,
    errors: [],
    operation: { status: 'ACTION_REQUIRED', effect: 'UNKNOWN' },
    nextAction: { kind: 'REDIRECT', url: 'https://pay.example.com/continue' },
  });
});
