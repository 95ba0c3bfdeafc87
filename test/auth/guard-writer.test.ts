import { describe, expect, test } from '@jest/globals';
import { guardSource, guardWriter } from '../../src/auth/guarded-source.js';
import type { Actor } from '../../src/domain/actor.js';
import { found, missing } from '../../src/domain/lookup.js';
import type { AccountOwnership } from '../../src/domain/provider.js';
import { notEligible, notFound, type Refusal } from '../../src/domain/refusal.js';
import { sameText } from '../../src/domain/same-customer.js';
import type { AddItem, Preparation, Writer } from '../../src/domain/write.js';
import { viewOf } from '../../src/providers/kit/order-view.js';
import { sampleOrder } from '../graph/sample-records.js';

const account: AccountOwnership = { account: { key: 'og-us' }, sameCustomer: sameText };
const ada: Actor = { id: 'ada', kind: 'CUSTOMER', scopes: [], customers: { 'og-us': 'ada' }, orders: {} };
const guest: Actor = { id: 'guest', kind: 'GUEST', scopes: [], customers: {}, orders: { 'og-us': ['o1'] } };
const otherGuest: Actor = { ...guest, id: 'other', orders: { 'og-us': ['o7'] } };
const staff: Actor = { id: 'staff', kind: 'SERVICE', scopes: [], customers: {}, orders: {} };

const order = sampleOrder('og-us', 'o1', { customerId: 'ada' });
const request: AddItem = {
  kind: 'ADD_UPSELL_ITEM',
  orderKey: 'o1',
  item: { offerKey: null, product: { id: 'tea', handle: null, variantId: null } },
  quantity: 1,
  subscribe: null,
  ifPresent: 'REJECT',
  ifTargetMoved: 'REJECT',
};
const view = viewOf({ order: found(order), lines: { items: [], problem: null } });
const ready = (of = order): Preparation => ({
  outcome: 'ready',
  target: {
    order: of,
    product: null,
    steps: [{ name: 'add_item', expects: [] }],
    before: view,
    context: {},
    expectedIncrease: null,
  },
});
const refused = (refusal: Refusal): Preparation => ({ outcome: 'refused', refusal });
const hidden = refused(notFound(['orderId'], 'order'));

async function prepared(actor: Actor, preparation: Preparation) {
  const reads: string[] = [];
  const orders = {
    async getMany(keys: readonly string[]) {
      reads.push(...keys);
      return keys.map((key) => (key === 'o1' ? found(order) : missing));
    },
  };
  const writer: Writer<AddItem> = {
    prepare: async () => preparation,
    send: async () => ({ outcome: 'confirmed', attempts: 1, result: {} }),
    look: async () => view,
  };
  const guarded = guardWriter(writer, guardSource({ orders }, actor, account), actor, account);
  return { preparation: await guarded.prepare(request), reads };
}

describe('a guarded writer', () => {
  test.each([
    ['its customer', ada],
    ['a guest whose token lists it', guest],
    ['staff', staff],
  ])('prepares an order for %s', async (_who, actor) => {
    expect((await prepared(actor, ready())).preparation).toEqual(ready());
  });

  test.each([
    ['another customer', { ...ada, customers: { 'og-us': 'bob' } }],
    ['a guest whose token lists another', otherGuest],
  ])('has no such order for %s', async (_who, actor) => {
    expect((await prepared(actor, ready())).preparation).toEqual(hidden);
  });

  test('has no such order where the provider prepared one of another account', async () => {
    expect((await prepared(staff, ready(sampleOrder('og-eu', 'o1')))).preparation).toEqual(hidden);
  });

  test('explains a refusal to whoever may see the order, and to nobody else', async () => {
    const closed = refused(notEligible([]));
    expect(await prepared(guest, closed)).toEqual({ preparation: closed, reads: ['o1'] });
    expect(await prepared(otherGuest, closed)).toEqual({ preparation: hidden, reads: ['o1'] });
  });

  test('reads nothing for a refusal that is the same whoever asks, nor for a customer, who is asked for by name', async () => {
    expect(await prepared(otherGuest, hidden)).toEqual({ preparation: hidden, reads: [] });
    const closed = refused(notEligible([]));
    expect(await prepared(ada, closed)).toEqual({ preparation: closed, reads: [] });
  });
});
