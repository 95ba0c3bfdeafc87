import { afterEach, describe, expect, test } from '@jest/globals';
import { guardSource } from '../../src/auth/guarded-source.js';
import { toGlobalId } from '../../src/domain/reference.js';
import type { WriteKind, WriteRequest } from '../../src/domain/write.js';
import { emulators } from '../../src/emulators/index.js';
import { providers } from '../../src/providers/index.js';
import { loadPart, ofProvider } from '../subjects/parts.js';
import { type ProviderHarness, startHarness } from '../support/provider-harness.js';

/*
 * An identifier that a client gives and that cannot be the provider's is told how it must look: it is neither "not sold here"
 * nor "no such order". Nothing is asked for it.
 */

const subjects = await loadPart('subject');

const ADD = `mutation ($input: AddUpsellItemInput!) {
  addUpsellItem(input: $input) { operation { id } errors { __typename code path shopperMessage } }
}`;
const WHO = `query ($identities: [CustomerIdentityInput!]!) { customer(identities: $identities) { id } }`;

describe.each(Object.keys(providers))('an identifier that cannot be one of %s', (name) => {
  let harness: ProviderHarness<object> | null = null;
  afterEach(() => harness?.close());
  const { products, lists } = ofProvider(subjects, name);
  // An empty text is refused for being empty.
  const customers = lists.impossibleCustomers.filter((customerId) => customerId !== '');

  async function start(): Promise<ProviderHarness<object>> {
    const provider = Object.entries(providers).find(([key]) => key === name)?.[1];
    const definition = Object.entries(emulators).find(([key]) => key === name)?.[1];
    if (!provider || !definition) throw new Error(`there is no ${name}`);
    return (harness = await startHarness<object>(provider, definition));
  }

  test('is told how a product or variant looks, by path, before anything is read', async () => {
    const { graph, accountKey, requests } = await start();
    requests();
    const orderId = toGlobalId({ type: 'Order', account: accountKey, key: 'any' });
    const cases: [object, string][] = [
      ...products.impossible.map((providerId): [object, string] => [{ providerId }, 'providerId']),
      ...products.impossibleVariants.map((providerVariantId): [object, string] => [
        { providerId: products.possible, providerVariantId },
        'providerVariantId',
      ]),
    ];
    for (const [providerProduct, field] of cases) {
      const input = { orderId, item: { providerProduct }, idempotencyKey: 'an-impossible-item' };
      const answer = await graph(ADD, { input });
      expect(answer.at('addUpsellItem')).toMatchObject({
        operation: null,
        errors: [{ code: 'VALIDATION', path: ['item', 'providerProduct', field] }],
      });
    }
    expect(cases.length).toBeGreaterThan(1);
    expect(requests()).toEqual([]);
  });

  test('is told how a customer looks, to staff and to a shopper whose token names one', async () => {
    const { graph, accountKey, compose, open, requests } = await start();
    requests();
    for (const customerId of customers) {
      const identities = [{ accountKey, providerId: customerId }];
      await expect(graph(WHO, { identities }, { customerId: null })).rejects.toThrow(
        /identities\.0\.providerId: This must be/,
      );
      const { actor, accounts } = compose({ customerId });
      const connected = accounts.get(accountKey);
      if (!connected) throw new Error('it is not connected');
      const source = guardSource(open({ customerId }), actor, connected);
      for (const read of [source.orders, source.subscriptions, source.lineItems]) {
        expect(await read?.getMany(['any'])).toMatchObject([
          { state: 'failed', problem: { kind: 'REJECTED', detail: expect.stringMatching(/must be .+/) } },
        ]);
      }
    }
    expect(requests()).toEqual([]);
  });

  test('is told how a customer looks when a shopper whose token names one writes, of whatever kind the write is', async () => {
    const harness = await start();
    harness.requests();
    const provider = Object.entries(providers).find(([key]) => key === name)?.[1];
    const key = ofProvider(subjects, name).access.order ?? 'any';
    for (const customerId of customers) {
      for (const kind of provider?.writes ?? []) {
        const { operation, errors } = await harness.write(writeOf(kind, key, products.possible), { customerId });
        const problem = { kind: 'REJECTED', detail: expect.stringMatching(/must be .+/) };
        expect({ kind, errors }).toMatchObject({ kind, errors: [{ code: 'PROVIDER', problem }] });
        expect(operation?.effect).toBe('NOT_SENT');
      }
    }
    expect(provider?.writes.length).toBeGreaterThan(0);
    expect(harness.requests()).toEqual([]);
  });
});

function writeOf(kind: WriteKind, key: string, id: string): WriteRequest {
  const item = { offerKey: null, product: { id, handle: null, variantId: null } };
  switch (kind) {
    case 'ADD_UPSELL_ITEM':
      return { kind, orderKey: key, item, quantity: 1, subscribe: null, ifPresent: 'ADD', ifTargetMoved: 'REJECT' };
    case 'CONVERT_TO_SUBSCRIPTION':
      return { kind, lineItemKey: key, frequency: 'AS_PLANNED', offerKey: null };
    case 'CHANGE_UPSELL_ITEM_QUANTITY':
      return { kind, lineItemKey: key, quantity: 2 };
    case 'REMOVE_UPSELL_ITEM':
      return { kind, lineItemKey: key };
    case 'DECLINE_UPSELL_OFFER':
      return { kind, orderKey: key, offerKey: 'any' };
    case 'COMPLETE_CHECKOUT':
      return { kind, checkoutId: key, paymentFields: null };
  }
}
