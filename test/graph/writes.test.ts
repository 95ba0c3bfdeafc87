import { beforeEach, describe, expect, test } from '@jest/globals';
import { problem } from '../../src/domain/problem.js';
import type { Refusal, RefusalCode } from '../../src/domain/refusal.js';
import type { WriteCommand } from '../../src/operations/write-command.js';
import {
  AddRecurringItemDocument,
  AddUpsellItemDocument,
  ChangeQuantityDocument,
  ConvertOneTimeItemDocument,
  PreviewUpsellDocument,
  RemoveUpsellItemDocument,
  type AddUpsellItemInput,
} from '../generated/graphql.js';
import { FakeShop } from './fake-shop.js';
import { ada, GraphClient } from './graph-client.js';
import {
  dollars,
  idOf,
  sampleLine,
  sampleOffer,
  sampleOperation,
  sampleOrder,
  sampleProduct,
  sampleSubscription,
} from './sample-records.js';

const orderId = idOf('Order', 'og-us', 'o1');
const lineItemId = idOf('LineItem', 'og-us', 'l1');
const idempotencyKey = 'decision-0000000001';
const add: AddUpsellItemInput = { idempotencyKey, orderId, item: { providerProduct: { providerId: 'tea' } } };
const long = 'A'.repeat(127_000);

let shop: FakeShop;
let client: GraphClient;

beforeEach(async () => {
  shop = new FakeShop('og-us');
  shop.orders = [sampleOrder('og-us', 'o1')];
  shop.lines = [sampleLine(sampleOrder('og-us', 'o1'), 'l1')];
  shop.products = [sampleProduct('og-us', 'tea')];
  shop.subscriptions = [sampleSubscription('og-us', 's1')];
  client = GraphClient.over(shop, new FakeShop('og-eu'));
});

async function addItem(input: object) {
  const { data, errors } = await client.send(
    `mutation ($input: AddUpsellItemInput!) {
      addUpsellItem(input: $input) { operation { id } replayed errors { __typename code path message retry ... on ValidationError { rule } } }
    }`,
    { input },
  );
  return { payload: Object(data).addUpsellItem, errors };
}

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
    expect((await addItem({ ...add, item })).payload.errors).toEqual([]);
    expect(onlyCommand().request).toMatchObject({ item: choice, quantity: 1, subscribe: null });
  });

  test('shows records as they are after it, not as they were read before', async () => {
    client.writes.answer = () => {
      shop.orders = [sampleOrder('og-us', 'o1', { totals: null })];
      return { operation: operation(), errors: [], replayed: false };
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

  test('of each kind is decoded into its own request', async () => {
    client.writes.answer = () => ({ operation: operation(), errors: [], replayed: true });
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
    });
    const { data } = await client.send(RemoveUpsellItemDocument, { input: { idempotencyKey, lineItemId } });
    expect(data).toMatchObject({
      removeUpsellItem: { removedLineItemId: null, operation: { status: 'INDETERMINATE' } },
    });
  });

  test('goes on with the next offer of a funnel, and with none outside', async () => {
    client.writes.answer = () => ({ operation: operation(), errors: [], replayed: false });
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
    const { payload } = await addItem({ ...add, quantity: 0 });
    expect(payload).toMatchObject({ operation: null, replayed: false, errors: [{ __typename: 'NotPermittedError' }] });
    expect(client.writes.commands).toEqual([]);
  });

  test('that is all an actor may do shows its outcome, but no records', async () => {
    client.actor = { ...ada, scopes: ['upsell:write'] };
    client.writes.answer = () => ({ operation: operation(), errors: [], replayed: false });
    const { data, errors } = await client.send(AddUpsellItemDocument, { input: add });
    expect(data).toMatchObject({ addUpsellItem: { operation: { status: 'SUCCEEDED' }, order: null, lineItem: null } });
    expect(new Set(errors.map(({ extensions }) => extensions?.['code']))).toEqual(new Set(['NOT_PERMITTED']));
  });
});

describe('bad input', () => {
  test.each([
    ['quantity 0', { quantity: 0 }, ['quantity'], 'RANGE'],
    ['quantity -1', { quantity: -1 }, ['quantity'], 'RANGE'],
    ['quantity 1000', { quantity: 1000 }, ['quantity'], 'RANGE'],
    [
      'an interval of 0',
      { subscribe: { frequency: { every: 0, unit: 'WEEK' } } },
      ['subscribe', 'frequency', 'every'],
      'RANGE',
    ],
    [
      'an interval of 366',
      { subscribe: { frequency: { every: 366, unit: 'DAY' } } },
      ['subscribe', 'frequency', 'every'],
      'RANGE',
    ],
    ['a short idempotency key', { idempotencyKey: 'short' }, ['idempotencyKey'], 'LENGTH'],
    ['a long idempotency key', { idempotencyKey: long }, ['idempotencyKey'], 'LENGTH'],
    ['an unprintable idempotency key', { idempotencyKey: 'decision-0000\u00000001' }, ['idempotencyKey'], 'FORMAT'],
    ['a malformed order ID', { orderId: 'nonsense' }, ['orderId'], 'ID'],
    ['an ID of a line for the order', { orderId: lineItemId }, ['orderId'], 'ID'],
    ['an endless order ID', { orderId: long }, ['orderId'], 'ID'],
    [
      'an endless provider product',
      { item: { providerProduct: { providerId: long } } },
      ['item', 'providerProduct', 'providerId'],
      'LENGTH',
    ],
    [
      'an empty provider product',
      { item: { providerProduct: { providerId: '' } } },
      ['item', 'providerProduct', 'providerId'],
      'LENGTH',
    ],
    [
      'a handle with capitals',
      { item: { providerProduct: { providerId: '1', handle: 'Green Tea' } } },
      ['item', 'providerProduct', 'handle'],
      'FORMAT',
    ],
    ['a malformed offer ID', { item: { offerId: 'nonsense' } }, ['item', 'offerId'], 'ID'],
    [
      'a product of another account',
      { item: { productId: idOf('Product', 'og-eu', 'tea') } },
      ['item'],
      'SAME_ACCOUNT',
    ],
    [
      'an offer of another order',
      { item: { offerId: idOf('UpsellOffer', 'og-us', 'o2 deal') } },
      ['item'],
      'SAME_ORDER',
    ],
    [
      'an offer without its order',
      { item: { offerId: idOf('UpsellOffer', 'og-us', 'deal') } },
      ['item', 'offerId'],
      'ID',
    ],
    ['a malformed preview ID', { guards: { previewId: 'nonsense' } }, ['guards', 'previewId'], 'ID'],
    [
      'a forged preview ID',
      { guards: { previewId: idOf('UpsellPreview', 'og-us', '["o1","tea","2"]') } },
      ['guards', 'previewId'],
      'ID',
    ],
    [
      'an amount with too many digits',
      { guards: { maxIncrease: { amount: '1.234', currency: 'USD' } } },
      ['guards', 'maxIncrease', 'amount'],
      'AMOUNT',
    ],
    [
      'a negative limit',
      { guards: { maxIncrease: { amount: '-1', currency: 'USD' } } },
      ['guards', 'maxIncrease', 'amount'],
      'AMOUNT',
    ],
  ])('%s is a readable error with its path; nothing is called', async (_name, more, path, rule) => {
    const { payload, errors } = await addItem({ ...add, ...more });
    expect(errors).toEqual([]);
    expect(payload).toEqual({
      operation: null,
      replayed: false,
      errors: [
        {
          __typename: 'ValidationError',
          code: 'VALIDATION',
          path,
          rule,
          message: expect.stringMatching(/^.{10,120}\.$/),
          retry: 'NEW_REQUEST',
        },
      ],
    });
    expect([client.writes.commands, shop.calls]).toEqual([[], []]);
  });

  test('is reported whole: every broken rule at once', async () => {
    const { payload } = await addItem({
      idempotencyKey: '',
      orderId: 'x',
      item: { providerProduct: { providerId: '', handle: '-' } },
      quantity: 0,
      subscribe: { frequency: { every: 0, unit: 'WEEK' } },
      guards: { previewId: 'x' },
    });
    const paths: string[] = payload.errors.map(({ path }: { path: readonly string[] }) => path.join('.'));
    expect(paths.sort()).toEqual([
      'guards.previewId',
      'idempotencyKey',
      'item.providerProduct.handle',
      'item.providerProduct.providerId',
      'orderId',
      'quantity',
      'subscribe.frequency.every',
    ]);
  });

  test('is never repeated in the answer', async () => {
    const answers = [
      await addItem({
        ...add,
        idempotencyKey: long,
        orderId: long,
        item: { providerProduct: { providerId: long, handle: long } },
      }),
      await addItem({ ...add, item: { offerId: long }, guards: { previewId: long } }),
    ];
    expect(JSON.stringify(answers)).not.toContain('AAAA');
  });

  test.each([
    ['an unknown account', { orderId: idOf('Order', 'nowhere', 'o1') }, ['orderId'], 'NotFoundError'],
    [
      'a preview of another account',
      { guards: { previewId: idOf('UpsellPreview', 'og-eu', '["o1","tea",1,false,null,1]') } },
      ['guards', 'previewId'],
      'ValidationError',
    ],
  ])('%s is refused before the write is handed over', async (_name, more, path, type) => {
    const { payload } = await addItem({ ...add, ...more });
    expect(payload.errors).toEqual([expect.objectContaining({ __typename: type, path })]);
    expect(client.writes.commands).toEqual([]);
  });

  test.each([
    [
      'both of offer and product, in a variable',
      { ...add, item: { offerId: 'x', providerProduct: { providerId: '1' } } },
      /exactly one key .*UpsellItemInput/i,
    ],
    ['neither of offer and product, in a variable', { ...add, item: {} }, /exactly one key .*UpsellItemInput/i],
    ['null for the only field, in a variable', { ...add, item: { offerId: null } }, /offerId.*non-null/i],
    ['quantity 1.5', { ...add, quantity: 1.5 }, /Int cannot represent non-integer value: 1\.5/],
    [
      'a float for an amount',
      { ...add, guards: { maxIncrease: { amount: 5.5, currency: 'USD' } } },
      /Decimal must be decimal text/,
    ],
    [
      'a currency in small letters',
      { ...add, guards: { maxIncrease: { amount: '5', currency: 'usd' } } },
      /CurrencyCode must be/,
    ],
    ['an unknown field', { ...add, discount: 100 }, /discount.*not defined/],
  ])('%s is refused by GraphQL itself, readably', async (_name, input, message) => {
    const { payload, errors } = await addItem(input);
    expect(payload).toBeUndefined();
    expect(errors).toEqual([
      expect.objectContaining({ message: expect.stringMatching(message), locations: expect.anything() }),
    ]);
    expect([client.writes.commands, shop.calls]).toEqual([[], []]);
  });

  test.each([
    ['both of offer and product', '{ offerId: "x", providerProduct: { providerId: "1" } }'],
    ['neither of offer and product', '{}'],
  ])('%s, written into the query, is refused by GraphQL itself', async (_name, item) => {
    const { errors } = await client.send(
      `mutation { addUpsellItem(input: { idempotencyKey: "${idempotencyKey}", orderId: "${orderId}", item: ${item} }) { replayed } }`,
    );
    expect(errors).toEqual([expect.objectContaining({ message: expect.stringMatching(/exactly one/i) })]);
    expect(client.writes.commands).toEqual([]);
  });

  test.each([
    [
      'convertToSubscription',
      'ConvertToSubscriptionInput',
      { lineItemId: 'x', subscribe: { frequency: { every: 366, unit: 'DAY' } }, offerId: 'x' },
      ['lineItemId', 'offerId', 'subscribe.frequency.every'],
    ],
    [
      'changeUpsellItemQuantity',
      'ChangeUpsellItemQuantityInput',
      { lineItemId: orderId, quantity: 1000 },
      ['lineItemId', 'quantity'],
    ],
    ['removeUpsellItem', 'RemoveUpsellItemInput', { lineItemId: '' }, ['lineItemId']],
    [
      'declineUpsellOffer',
      'DeclineUpsellOfferInput',
      { orderId, offerId: idOf('UpsellOffer', 'og-eu', 'o1 x') },
      ['offerId'],
    ],
  ])('of %s is checked by the same rules', async (field, type, input, paths) => {
    const { data } = await client.send(
      `mutation ($input: ${type}!) { ${field}(input: $input) { errors { code path } } }`,
      {
        input: { idempotencyKey, ...input },
      },
    );
    const errors: readonly { code: string; path: readonly string[] }[] = Object(data)[field].errors;
    expect(errors.map(({ path }) => path.join('.')).sort()).toEqual(paths);
    expect(client.writes.commands).toEqual([]);
  });
});

describe('a preview', () => {
  test('binds the write it is sent with to what the shopper saw', async () => {
    const { data } = await client.send(PreviewUpsellDocument, {
      input: { orderId, item: { providerProduct: { providerId: 'tea' } }, quantity: 2 },
    });
    await addItem({ ...add, quantity: 2, guards: { previewId: Object(data).upsellPreview.preview.id } });
    expect(onlyCommand().guards.preview).toEqual({
      orderKey: 'o1',
      productId: 'tea',
      quantity: 2,
      subscribe: false,
      increase: dollars(760),
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
      shown: { message: 'Not eligible: NO_OFFER.', reasons: [{ code: 'NO_OFFER', remedy: null }] },
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
        undone: true,
      },
      shown: { actualOrder: { providerId: 'o1' } },
    },
    PRICE_GUARD: {
      refusal: { ...base, code: 'PRICE_GUARD', allowed: dollars(100), found: dollars(200) },
      shown: {
        message: 'The order would grow by 2.00 USD; the guards allow 1.00 USD.',
        allowed: { amount: '1.00' },
        found: { amount: '2.00' },
      },
    },
    DUPLICATE_ITEM: {
      refusal: { ...base, code: 'DUPLICATE_ITEM', existing: sampleLine(sampleOrder('og-us', 'o1'), 'l1') },
      shown: { message: expect.stringContaining('`ifPresent: ADD`'), existing: { providerId: 'l1' } },
    },
    PAYMENT: {
      refusal: { ...base, code: 'PAYMENT', reason: 'DECLINED', orderRestored: null },
      shown: { message: 'The payment failed: DECLINED.', reason: 'DECLINED' },
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
      shown: { message: expect.stringContaining('Ask `operation`'), operation: { status: 'SUCCEEDED' } },
    },
    PROVIDER: {
      refusal: { ...base, code: 'PROVIDER', problem: problem('TIMEOUT', 'Too slow.') },
      shown: { message: 'Too slow.', problem: { kind: 'TIMEOUT', retryAt: null } },
    },
  };

  test.each(Object.values(refusals))('$refusal.code is data of its own type', async ({ refusal, shown }) => {
    client.writes.operations.push(operation());
    client.writes.answer = () => ({ operation: null, errors: [refusal], replayed: false });
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
    const shared = { code: refusal.code, message, shopperMessage: message, retry, path };
    expect(data).toEqual({ addUpsellItem: { errors: [{ ...shared, ...shown }] } });
  });
});

describe('completing a checkout', () => {
  async function complete(input: object) {
    const { data, errors } = await client.send(
      'mutation ($input: CompleteCheckoutInput!) { completeCheckout(input: $input) { order { providerId } errors { __typename path } } }',
      { input: { accountKey: 'og-us', providerCheckoutId: 'o1', paymentFields: { any: [1, null] }, ...input } },
    );
    expect(errors).toEqual([]);
    return Object(data).completeCheckout;
  }

  test('gives the order, open for extra items', async () => {
    expect(await complete({})).toEqual({ order: { providerId: 'o1' }, errors: [] });
  });

  test('is refused as data where it cannot be done', async () => {
    expect(await complete({ accountKey: 'nowhere' })).toMatchObject({
      errors: [{ __typename: 'NotFoundError', path: ['accountKey'] }],
    });
    expect(await complete({ providerCheckoutId: '' })).toMatchObject({
      errors: [{ __typename: 'ValidationError', path: ['providerCheckoutId'] }],
    });
    shop.orders = [sampleOrder('og-us', 'o1', { customerId: 'bob' })];
    expect(await complete({})).toMatchObject({
      order: null,
      errors: [{ __typename: 'NotFoundError', path: ['providerCheckoutId'] }],
    });
    shop.failing.add('checkout');
    expect(await complete({})).toMatchObject({ errors: [{ __typename: 'ProviderError' }] });
    shop.absent.add('checkout');
    expect(await complete({})).toMatchObject({ errors: [{ __typename: 'CapabilityMissingError' }] });
    client.actor = { ...ada, scopes: ['upsell:read'] };
    expect(await complete({})).toMatchObject({ errors: [{ __typename: 'NotPermittedError' }] });
  });
});

function operation() {
  return sampleOperation('og-us', {
    lineItemRef: { type: 'LineItem', account: 'og-us', key: 'l1' },
    subscriptionRef: { type: 'SubscriptionContract', account: 'og-us', key: 's1' },
  });
}
