import { describe, expect, test } from '@jest/globals';
import { MayIOfferDocument, PreviewUpsellDocument } from '../generated/graphql.js';
import { ada } from './graph-client.js';
import { idOf, sampleOffer } from './sample-records.js';
import { us, client } from './two-accounts.js';

describe('eligibility', () => {
  const item = { providerProduct: { providerId: 'p-o1a' } };

  test('of many questions takes one read of the orders and one check', async () => {
    const inputs = ['o1', 'o2', 'o1'].map((key) => ({ orderId: idOf('Order', 'og-us', key), item }));
    const { data, errors } = await client.send(MayIOfferDocument, { inputs });
    expect(errors).toEqual([]);
    expect(data).toHaveProperty('upsellEligibility.2.verdict', 'ELIGIBLE');
    expect(us.calls).toEqual(['orders.getMany(o1,o2)', 'eligibility.check(o1,o2)']);
  });

  test('answers each question in its place: an unknown order is null, a bad question costs its own answer', async () => {
    const orderId = idOf('Order', 'og-us', 'o1');
    const { data, errors } = await client.send(
      'query ($inputs: [UpsellEligibilityInput!]!) { upsellEligibility(inputs: $inputs) { quantity purchaseMode } }',
      {
        inputs: [
          { orderId: 'nonsense' },
          { orderId, quantity: 0 },
          { orderId, quantity: 2, purchaseMode: 'SUBSCRIPTION', item },
        ],
      },
    );
    expect(data).toEqual({ upsellEligibility: [null, null, { quantity: 2, purchaseMode: 'SUBSCRIPTION' }] });
    expect(errors).toEqual([
      expect.objectContaining({
        path: ['upsellEligibility', 1],
        extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }),
      }),
    ]);
  });

  test('takes fifty questions and not more', async () => {
    const ask = (count: number) =>
      client.send(MayIOfferDocument, { inputs: Array.from({ length: count }, () => ({ orderId: 'x' })) });
    expect((await ask(50)).errors).toEqual([]);
    expect((await ask(51)).errors[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
  });
});

describe('offers', () => {
  test('belong to an order: what two orders share has an ID for each, and is found again by it', async () => {
    us.offers = [sampleOffer('og-us', 'deal')];
    const { data } = await client.send('{ upcomingOrders { nodes { id offers { id providerId } } } }');
    const ids: string[] = Object(data).upcomingOrders.nodes.flatMap(({ offers }: { offers: { id: string }[] }) =>
      offers.map(({ id }) => id),
    );
    expect(new Set(ids)).toEqual(new Set(['o1 deal', 'o2 deal'].map((key) => idOf('UpsellOffer', 'og-us', key))));
    const nodes = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on UpsellOffer { providerId } } }';
    const again = await client.send(nodes, { ids: [...ids, idOf('UpsellOffer', 'og-us', 'gone deal')] });
    expect(again.data).toEqual({ nodes: [...ids.map((id) => ({ id, providerId: 'deal' })), null] });
  });

  test('that are closed by now are found all the same', async () => {
    us.offers = [sampleOffer('og-us', 'deal')];
    us.absentOffers.add('deal');
    const id = idOf('UpsellOffer', 'og-us', 'o1 deal');
    const { data } = await client.send('query ($id: ID!) { order(id: "x") { id } node(id: $id) { id } }', { id });
    expect(data).toEqual({ order: null, node: { id } });
  });
});

describe('a preview', () => {
  const input = {
    orderId: idOf('Order', 'og-us', 'o1'),
    item: { providerProduct: { providerId: 'p-o1a' } },
    quantity: 2,
  };

  async function preview(more: object = {}) {
    const { data, errors } = await client.send(PreviewUpsellDocument, { input: { ...input, ...more } });
    expect(errors).toEqual([]);
    return Object(data).upsellPreview;
  }

  test('says what the item costs, and binds a write for ten minutes', async () => {
    const { preview: shown, errors } = await preview();
    expect(errors).toEqual([]);
    expect(shown).toMatchObject({
      expiresAt: '2023-09-29T12:10:00.000Z',
      fidelity: 'ESTIMATED',
      charge: { increase: { amount: '7.60', currency: 'USD' }, timing: 'WITH_UPCOMING_ORDER' },
    });
  });

  test('is refused as data, never as a crash, and names every problem of the input', async () => {
    const refusals = async (more: object = {}) => {
      const { preview: none, errors } = await preview(more);
      expect(none).toBeNull();
      return errors;
    };
    expect(await refusals({ quantity: 1000, orderId: 'x', item: { productId: 'y' } })).toEqual([
      expect.objectContaining({ code: 'VALIDATION', path: ['orderId'] }),
      expect.objectContaining({ code: 'VALIDATION', path: ['item', 'productId'] }),
      expect.objectContaining({ code: 'VALIDATION', path: ['quantity'] }),
    ]);
    expect(await refusals({ orderId: idOf('Order', 'og-us', 'gone') })).toMatchObject([
      { code: 'NOT_FOUND', path: ['orderId'] },
    ]);
    us.reasons = [{ code: 'OUT_OF_STOCK', message: 'It is sold out.', blocking: true, evidence: null, remedy: null }];
    expect(await refusals()).toMatchObject([
      { __typename: 'NotEligibleError', message: 'Not eligible: OUT_OF_STOCK.', shopperMessage: 'It is sold out.' },
    ]);
    us.failing.add('preview');
    expect(await refusals()).toMatchObject([{ __typename: 'ProviderError', retry: 'SAME_KEY' }]);
    us.absent.add('preview');
    expect(await refusals()).toMatchObject([{ __typename: 'CapabilityMissingError' }]);
    us.absent.clear();
    us.failing.add('orders');
    expect(await refusals()).toMatchObject([{ __typename: 'ProviderError' }]);
    client.actor = { ...ada, scopes: [] };
    expect(await refusals()).toMatchObject([{ __typename: 'NotPermittedError' }]);
  });
});
