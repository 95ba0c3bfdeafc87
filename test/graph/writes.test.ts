import { beforeEach, describe, expect, test } from '@jest/globals';
import { found } from '../../src/domain/lookup.js';
import type { Operation } from '../../src/domain/operation.js';
import { problem } from '../../src/domain/problem.js';
import type { Refusal, RefusalCode } from '../../src/domain/refusal.js';
import { english } from '../../src/graph/sentences/en.js';
import type { WriteCommand } from '../../src/operations/write-command.js';
import {
  AddRecurringItemDocument,
  AddUpsellItemDocument,
  ChangeQuantityDocument,
  ConvertOneTimeItemDocument,
  PreviewUpsellDocument,
  RemoveUpsellItemDocument,
} from '../generated/graphql.js';
import { FakeShop } from './fake-shop.js';
import { ada, GraphClient } from './graph-client.js';
import { add, addItem, idempotencyKey, lineItemId, orderId, shopToWriteTo } from './write-requests.js';
import {
  dollars,
  idOf,
  sampleLine,
  sampleOffer,
  sampleOperation,
  sampleOrder,
  sampleSubscription,
} from './sample-records.js';

let shop: FakeShop;
let client: GraphClient;

beforeEach(async () => {
  shop = shopToWriteTo();
  client = GraphClient.over(shop, new FakeShop('og-eu'));
});

function onlyCommand(): WriteCommand {
  const [command, ...more] = client.writes.commands;
  if (!command || more.length > 0) throw new Error('exactly one write was to be handed over');
  return command;
}

describe('a write', () => {
  test('is handed over decoded, with its guards and for whoever asks', async () => {
    await client.send(AddRecurringItemDocument, {
      input: {
        ...add,
        quantity: 2,
        subscribe: { frequency: { every: 8, unit: 'WEEK' } },
        guards: { maxIncrease: { amount: '5.5', currency: 'USD' }, ifTargetMoved: 'ACCEPT' },
      },
    });
    expect(onlyCommand()).toEqual({
      actor: ada,
      session: {},
      account: 'og-us',
      idempotencyKey,
      request: {
        kind: 'ADD_UPSELL_ITEM',
        orderKey: 'o1',
        item: { offerKey: null, product: { id: 'tea', handle: null, variantId: null } },
        quantity: 2,
        subscribe: { every: 8, unit: 'WEEK' },
        ifPresent: 'REJECT',
        ifTargetMoved: 'ACCEPT',
      },
      guards: { preview: null, maxIncrease: dollars(550) },
      answerWithinMs: null,
    });
  });

  test.each([
    [
      'a product by global ID',
      { productId: idOf('Product', 'og-us', 'tea') },
      { offerKey: null, product: { id: 'tea', handle: null, variantId: null } },
    ],
    ['an offer', { offerId: idOf('UpsellOffer', 'og-us', 'o1 deal') }, { offerKey: 'deal', product: null }],
    [
      'a product with handle and variant',
      { providerProduct: { providerId: '1', handle: 'green-tea', providerVariantId: 'v' } },
      { offerKey: null, product: { id: '1', handle: 'green-tea', variantId: 'v' } },
    ],
  ])('names its item by %s', async (_name, item, choice) => {
    expect((await addItem(client, { ...add, item })).payload.errors).toEqual([]);
    expect(onlyCommand().request).toMatchObject({ item: choice, quantity: 1, subscribe: null });
  });

  test('shows records as they are after it, not as they were read before', async () => {
    client.writes.answer = () => {
      shop.orders = [sampleOrder('og-us', 'o1', { totals: null })];
      return { operation: operation(), errors: [], replayed: false, view: null };
    };
    const { data, errors } = await client.send(
      `mutation ($input: AddUpsellItemInput!) {
        first: addUpsellItem(input: $input) { order { totals { estimated } } lineItem { providerId } subscription { providerId } }
        second: addUpsellItem(input: $input) { order { id } }
      }`,
      { input: add },
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      first: { order: { totals: null }, lineItem: { providerId: 'l1' }, subscription: { providerId: 's1' } },
      second: { order: { id: orderId } },
    });
    expect(shop.scopes).toHaveLength(2);
    expect(shop.calls.filter((call) => call === 'orders.getMany(o1)')).toHaveLength(2);
  });

  test('shows what was seen after it, and reads nothing again', async () => {
    const seen = sampleOrder('og-us', 'o1', { totals: null });
    const line = sampleLine(seen, 'l1', { quantity: 5 });
    client.writes.answer = () => ({
      operation: operation(),
      errors: [],
      replayed: false,
      view: {
        order: found(seen),
        lines: { items: [line], problem: null },
        elsewhere: null,
        subscriptions: { items: [sampleSubscription('og-us', 's1')], problem: null },
        marks: {},
        facts: {},
        changeMark: null,
      },
    });
    const { data } = await client.send(
      `mutation ($input: AddUpsellItemInput!) { addUpsellItem(input: $input) {
        order { totals { estimated } lineItems(first: 5) { nodes { quantity } } }
        lineItem { quantity }
        subscription { providerId }
      } }`,
      { input: add },
    );
    expect(data).toEqual({
      addUpsellItem: {
        order: { totals: null, lineItems: { nodes: [{ quantity: 5 }] } },
        lineItem: { quantity: 5 },
        subscription: { providerId: 's1' },
      },
    });
    expect(shop.calls).toEqual([]);
  });

  test('says what is proven of the order, and what the shopper has to do', async () => {
    const ask = async (more: Partial<Operation> | null) => {
      client.writes.answer = () => ({
        operation: more && { ...operation(), ...more },
        errors: [],
        replayed: false,
        view: null,
      });
      const { data } = await client.send(
        `mutation ($input: AddUpsellItemInput!) { addUpsellItem(input: $input) {
          effect nextAction { kind url } operation { effect history { status effect cause } }
        } }`,
        { input: add },
      );
      return Object(data).addUpsellItem;
    };
    expect(await ask(null)).toEqual({ effect: 'NOT_SENT', nextAction: null, operation: null });
    const nextAction = { kind: 'REDIRECT', url: 'https://pay.example.com', fields: null, expiresAt: null } as const;
    const history = [{ at: new Date(0), status: 'PENDING', effect: 'NOT_SENT', step: null, cause: 'REQUEST' }] as const;
    expect(await ask({ effect: 'PARTLY_CHANGED', nextAction, history })).toEqual({
      effect: 'PARTLY_CHANGED',
      nextAction: { kind: 'REDIRECT', url: 'https://pay.example.com' },
      operation: {
        effect: 'PARTLY_CHANGED',
        history: [{ status: 'PENDING', effect: 'NOT_SENT', cause: 'REQUEST' }],
      },
    });
  });

  test('of each kind is decoded into its own request', async () => {
    client.writes.answer = () => ({ operation: operation(), errors: [], replayed: true, view: null });
    const frequency = { every: 1, unit: 'MONTH' as const };
    const offerId = idOf('UpsellOffer', 'og-us', 'o1 deal');
    await client.send(ConvertOneTimeItemDocument, {
      input: { idempotencyKey, lineItemId, subscribe: { frequency }, offerId },
    });
    await client.send(ConvertOneTimeItemDocument, { input: { idempotencyKey, lineItemId } });
    await client.send(ChangeQuantityDocument, { input: { idempotencyKey, lineItemId, quantity: 3 } });
    const removed = await client.send(RemoveUpsellItemDocument, { input: { idempotencyKey, lineItemId } });
    await client.send(
      'mutation ($input: DeclineUpsellOfferInput!) { declineUpsellOffer(input: $input) { replayed } }',
      {
        input: { idempotencyKey, orderId, offerId },
      },
    );
    expect(client.writes.commands.map(({ request }) => request)).toEqual([
      { kind: 'CONVERT_TO_SUBSCRIPTION', lineItemKey: 'l1', frequency, offerKey: 'deal' },
      { kind: 'CONVERT_TO_SUBSCRIPTION', lineItemKey: 'l1', frequency: 'AS_PLANNED', offerKey: null },
      { kind: 'CHANGE_UPSELL_ITEM_QUANTITY', lineItemKey: 'l1', quantity: 3 },
      { kind: 'REMOVE_UPSELL_ITEM', lineItemKey: 'l1' },
      { kind: 'DECLINE_UPSELL_OFFER', orderKey: 'o1', offerKey: 'deal' },
    ]);
    expect(removed.data).toMatchObject({ removeUpsellItem: { replayed: true, removedLineItemId: lineItemId } });
  });

  test('names a removed line only once a read showed it gone', async () => {
    client.writes.answer = () => ({
      operation: { ...operation(), status: 'INDETERMINATE' },
      errors: [],
      replayed: false,
      view: null,
    });
    const { data } = await client.send(RemoveUpsellItemDocument, { input: { idempotencyKey, lineItemId } });
    expect(data).toMatchObject({
      removeUpsellItem: { removedLineItemId: null, operation: { status: 'INDETERMINATE' } },
    });
  });

  test('goes on with the next offer of a funnel, and with none outside', async () => {
    client.writes.answer = () => ({ operation: operation(), errors: [], replayed: false, view: null });
    const ask = async () =>
      (
        await client.send(
          'mutation ($input: AddUpsellItemInput!) { addUpsellItem(input: $input) { nextOffer { id } } }',
          { input: add },
        )
      ).data;
    shop.offers = [sampleOffer('og-us', 'plain')];
    expect(await ask()).toEqual({ addUpsellItem: { nextOffer: null } });
    shop.offers.push(sampleOffer('og-us', 'next', { funnelStep: 'AFTER_ACCEPT' }));
    expect(await ask()).toEqual({ addUpsellItem: { nextOffer: { id: idOf('UpsellOffer', 'og-us', 'o1 next') } } });
  });

  test('without the scope for it is refused as data', async () => {
    client.actor = { ...ada, scopes: ['upsell:read'] };
    const { payload } = await addItem(client, { ...add, quantity: 0 });
    expect(payload).toMatchObject({ operation: null, replayed: false, errors: [{ __typename: 'NotPermittedError' }] });
    expect(client.writes.commands).toEqual([]);
  });

  test('is handed over with how long its client waits, from half a second on', async () => {
    await addItem(client, { ...add, answerWithin: 500 });
    expect(onlyCommand().answerWithinMs).toBe(500);
    const { payload } = await addItem(client, { ...add, answerWithin: 499 });
    expect(payload.errors).toMatchObject([{ __typename: 'ValidationError', path: ['answerWithin'] }]);
  });

  test('that is answered before its outcome reads no record', async () => {
    const pending = { ...operation(), status: 'PENDING' as const, settledAt: null };
    client.writes.answer = () => ({ operation: pending, errors: [], replayed: false, view: null });
    const { data, errors } = await client.send(AddUpsellItemDocument, { input: { ...add, answerWithin: 500 } });
    expect([data, errors]).toMatchObject([{ addUpsellItem: { operation: { status: 'PENDING' }, order: null } }, []]);
    expect(shop.calls).toEqual([]);
  });

  test('that was lost by its client is among the own ones, newest first and page by page', async () => {
    const of = (id: string, more: Partial<Operation> = {}) => ({ ...operation(), id, settledAt: null, ...more });
    client.writes.operations.push(of('a'), of('b'), of('c', { settledAt: new Date() }));
    const ask = async (operations: string) => {
      const query = `{ viewer { operations${operations} { nodes { id } pageInfo { hasNextPage endCursor } } } }`;
      return Object((await client.send(query)).data).viewer.operations;
    };
    const ids = (...keys: readonly string[]) => keys.map((key) => ({ id: idOf('UpsellOperation', '', key) }));
    const first = await ask('(open: true, first: 1)');
    expect(first).toMatchObject({ nodes: ids('a'), pageInfo: { hasNextPage: true } });
    expect(await ask(`(open: true, first: 1, after: "${first.pageInfo.endCursor}")`)).toMatchObject({
      nodes: ids('b'),
      pageInfo: { hasNextPage: false },
    });
    expect(await ask('(open: false)')).toMatchObject({ nodes: ids('c') });
    expect(await ask('')).toMatchObject({ nodes: ids('a', 'b', 'c') });
    const { errors } = await client.send('{ viewer { operations(after: "x") { nodes { id } } } }');
    expect(errors.map(({ extensions }) => extensions?.['code'])).toEqual(['BAD_USER_INPUT']);
  });

  test('that is all an actor may do shows its outcome, but no records', async () => {
    client.actor = { ...ada, scopes: ['upsell:write'] };
    client.writes.answer = () => ({ operation: operation(), errors: [], replayed: false, view: null });
    const { data, errors } = await client.send(AddUpsellItemDocument, { input: add });
    expect(data).toMatchObject({ addUpsellItem: { operation: { status: 'SUCCEEDED' }, order: null, lineItem: null } });
    expect(new Set(errors.map(({ extensions }) => extensions?.['code']))).toEqual(new Set(['NOT_PERMITTED']));
  });
});

describe('a preview', () => {
  test('binds the write it is sent with to what the shopper saw', async () => {
    const { data } = await client.send(PreviewUpsellDocument, {
      input: { orderId, item: { providerProduct: { providerId: 'tea' } }, quantity: 2 },
    });
    await addItem(client, { ...add, quantity: 2, guards: { previewId: Object(data).upsellPreview.preview.id } });
    expect(onlyCommand().guards.preview).toEqual({
      orderKey: 'o1',
      productId: 'tea',
      quantity: 2,
      subscribe: false,
      increase: dollars(760),
      basis: null,
      expiresAt: new Date('2023-09-29T12:10:00Z'),
    });
  });
});

describe('an expected no', () => {
  const base = { message: 'No.', path: null, retry: 'NEVER' as const };
  const operationId = sampleOperation('og-us').id;
  const refusals: {
    readonly [Code in RefusalCode]: { readonly refusal: Extract<Refusal, { code: Code }>; readonly shown: object };
  } = {
    VALIDATION: {
      refusal: { ...base, code: 'VALIDATION', rule: 'RANGE' },
      shown: { shopperMessage: null, rule: 'RANGE' },
    },
    NOT_FOUND: { refusal: { ...base, code: 'NOT_FOUND' }, shown: { shopperMessage: null } },
    NOT_PERMITTED: {
      refusal: { ...base, code: 'NOT_PERMITTED', neededScopes: ['upsell:write'] },
      shown: { shopperMessage: null, neededScopes: ['WRITE'] },
    },
    NOT_ELIGIBLE: {
      refusal: {
        ...base,
        code: 'NOT_ELIGIBLE',
        reasons: [{ code: 'NO_OFFER', message: 'None.', blocking: true, evidence: null, remedy: null }],
      },
      shown: {
        message: 'Not eligible: NO_OFFER.',
        shopperMessage: 'None.',
        reasons: [{ code: 'NO_OFFER', remedy: null }],
      },
    },
    CAPABILITY_MISSING: {
      refusal: {
        ...base,
        code: 'CAPABILITY_MISSING',
        capability: { key: 'PREVIEW', support: 'UNSUPPORTED', note: null },
      },
      shown: {
        message: 'The provider does not support PREVIEW.',
        shopperMessage: 'This cannot be done for this order.',
        capability: { key: 'PREVIEW', support: 'UNSUPPORTED' },
      },
    },
    TARGET_MOVED: {
      refusal: {
        ...base,
        code: 'TARGET_MOVED',
        actualOrderRef: { type: 'Order', account: 'og-us', key: 'o1' },
      },
      shown: { shopperMessage: english.targetElsewhere, actualOrder: { providerId: 'o1' } },
    },
    PRICE_GUARD: {
      refusal: { ...base, code: 'PRICE_GUARD', allowed: dollars(100), found: dollars(200) },
      shown: {
        message: 'The order would grow by 2.00 USD; the guards allow 1.00 USD.',
        shopperMessage: 'This would cost 2.00 USD, more than the 1.00 USD agreed to.',
        allowed: { amount: '1.00' },
        found: { amount: '2.00' },
      },
    },
    DUPLICATE_ITEM: {
      refusal: { ...base, code: 'DUPLICATE_ITEM', existing: sampleLine(sampleOrder('og-us', 'o1'), 'l1') },
      shown: {
        message: expect.stringContaining('`ifPresent: ADD`'),
        shopperMessage: english.duplicateItem,
        existing: { providerId: 'l1' },
      },
    },
    PAYMENT: {
      refusal: { ...base, code: 'PAYMENT', reason: 'DECLINED' },
      shown: {
        message: 'The payment failed: DECLINED.',
        shopperMessage: 'The payment was declined.',
        reason: 'DECLINED',
      },
    },
    IDEMPOTENCY_CONFLICT: {
      refusal: { ...base, code: 'IDEMPOTENCY_CONFLICT', operationId, inFlight: true },
      shown: {
        shopperMessage: 'Your first request is still being worked on.',
        operation: { status: 'SUCCEEDED' },
        inFlight: true,
      },
    },
    OUTCOME_UNKNOWN: {
      refusal: { ...base, code: 'OUTCOME_UNKNOWN', operationId },
      shown: {
        message: expect.stringContaining('Ask `operation`'),
        shopperMessage: english.outcomeUnknown,
        operation: { status: 'SUCCEEDED' },
      },
    },
    PROVIDER: {
      refusal: { ...base, code: 'PROVIDER', problem: problem('TIMEOUT', 'Too slow.') },
      shown: {
        message: 'Too slow.',
        shopperMessage: english.providerFailed,
        problem: { kind: 'TIMEOUT', retryAt: null },
      },
    },
  };

  test('an outcome that will never be known names the orders to look at, without those that are gone', async () => {
    const mayBeOn = ['o1', 'gone'].map((key) => ({ type: 'Order', account: 'og-us', key }) as const);
    const refusal: Refusal = { ...base, code: 'OUTCOME_UNKNOWN', operationId, mayBeOn };
    client.writes.answer = () => ({ operation: null, errors: [refusal], replayed: false, view: null });
    const { data } = await client.send(
      `mutation ($input: AddUpsellItemInput!) { addUpsellItem(input: $input) { errors {
        message shopperMessage ... on OutcomeUnknownError { mayBeOn { providerId } }
      } } }`,
      { input: add },
    );
    expect(data).toMatchObject({
      addUpsellItem: {
        errors: [
          {
            message: expect.stringContaining('`mayBeOn`'),
            shopperMessage: english.outcomeNotTold,
            mayBeOn: [{ providerId: 'o1' }],
          },
        ],
      },
    });
  });

  test.each(Object.values(refusals))('$refusal.code is data of its own type', async ({ refusal, shown }) => {
    client.writes.operations.push(operation());
    client.writes.answer = () => ({ operation: null, errors: [refusal], replayed: false, view: null });
    const { data, errors } = await client.send(
      `mutation ($input: AddUpsellItemInput!) { addUpsellItem(input: $input) { errors {
        code message shopperMessage path retry
        ... on ValidationError { rule }
        ... on NotPermittedError { neededScopes }
        ... on NotEligibleError { reasons { code remedy } }
        ... on CapabilityMissingError { capability { key support } }
        ... on TargetMovedError { actualOrder { providerId } }
        ... on PriceGuardError { allowed { amount } found { amount } }
        ... on DuplicateItemError { existing { providerId } }
        ... on PaymentError { reason }
        ... on IdempotencyConflictError { operation { status } inFlight }
        ... on OutcomeUnknownError { operation { status } }
        ... on ProviderError { problem { kind retryAt } }
      } } }`,
      { input: add },
    );
    expect(errors).toEqual([]);
    const { message, retry, path } = base;
    const shared = { code: refusal.code, message, retry, path };
    expect(data).toEqual({ addUpsellItem: { errors: [{ ...shared, ...shown }] } });
  });
});

describe('completing a checkout', () => {
  async function complete(input: object) {
    const { data, errors } = await client.send(
      'mutation ($input: CompleteCheckoutInput!) { completeCheckout(input: $input) { order { providerId } errors { __typename path } } }',
      {
        input: {
          idempotencyKey,
          accountKey: 'og-us',
          providerCheckoutId: 'c1',
          paymentFields: { any: [1, null] },
          ...input,
        },
      },
    );
    expect(errors).toEqual([]);
    return Object(data).completeCheckout;
  }

  test('is a write like any other, and gives the order, open for extra items', async () => {
    client.writes.answer = () => ({ operation: operation(), errors: [], replayed: false, view: null });
    expect(await complete({})).toEqual({ order: { providerId: 'o1' }, errors: [] });
    expect(onlyCommand()).toMatchObject({
      account: 'og-us',
      idempotencyKey,
      request: { kind: 'COMPLETE_CHECKOUT', checkoutId: 'c1', paymentFields: { any: [1, null] } },
      guards: { preview: null, maxIncrease: null },
    });
  });

  test('is refused as data before it is handed over', async () => {
    expect(await complete({ accountKey: 'nowhere' })).toMatchObject({
      order: null,
      errors: [{ __typename: 'NotFoundError', path: ['providerCheckoutId'] }],
    });
    expect(await complete({ providerCheckoutId: '' })).toMatchObject({
      errors: [{ __typename: 'ValidationError', path: ['providerCheckoutId'] }],
    });
    client.actor = { ...ada, scopes: ['upsell:read'] };
    expect(await complete({})).toMatchObject({ errors: [{ __typename: 'NotPermittedError' }] });
    expect(client.writes.commands).toEqual([]);
  });
});

function operation() {
  return sampleOperation('og-us', {
    lineItemRef: { type: 'LineItem', account: 'og-us', key: 'l1' },
    subscriptionRef: { type: 'SubscriptionContract', account: 'og-us', key: 's1' },
  });
}
