import { beforeEach, describe, expect, test } from '@jest/globals';
import { FakeShop } from './fake-shop.js';
import { GraphClient } from './graph-client.js';
import { add, addItem, idempotencyKey, lineItemId, orderId, shopToWriteTo } from './write-requests.js';
import { idOf } from './sample-records.js';

const long = 'A'.repeat(127_000);

let shop: FakeShop;
let client: GraphClient;

beforeEach(async () => {
  shop = shopToWriteTo();
  client = GraphClient.over(shop, new FakeShop('og-eu'));
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
    const { payload, errors } = await addItem(client, { ...add, ...more });
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
    const { payload } = await addItem(client, {
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
      await addItem(client, {
        ...add,
        idempotencyKey: long,
        orderId: long,
        item: { providerProduct: { providerId: long, handle: long } },
      }),
      await addItem(client, { ...add, item: { offerId: long }, guards: { previewId: long } }),
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
    const { payload } = await addItem(client, { ...add, ...more });
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
    ['quantity 1.5', { ...add, quantity: 1.5 }, /"input.quantity": Expected a value of type "Int!"/],
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
    const { payload, errors } = await addItem(client, input);
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
