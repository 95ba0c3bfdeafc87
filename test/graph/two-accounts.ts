import { beforeEach } from '@jest/globals';
import { fromInstant } from '../../src/domain/moment.js';
import { toGlobalId } from '../../src/domain/reference.js';
import { FakeShop } from './fake-shop.js';
import { GraphClient, sealer } from './graph-client.js';
import { sampleLine, sampleOrder, sampleProduct, sampleSubscription } from './sample-records.js';

export function customerId(identities: readonly (readonly [string, string])[]): string {
  return toGlobalId({ type: 'Customer', account: '', key: sealer.seal(JSON.stringify(identities)) });
}

export let us: FakeShop;
export let eu: FakeShop;
export let client: GraphClient;

beforeEach(async () => {
  us = new FakeShop('og-us');
  eu = new FakeShop('og-eu');
  us.orders = [sampleOrder('og-us', 'o1'), sampleOrder('og-us', 'o2', { scheduled: onDay('2023-12-13') })];
  us.lines = us.orders.flatMap((order) => ['a', 'b'].map((name) => sampleLine(order, `${order.ref.key}${name}`)));
  us.products = us.lines.map(({ product }) => sampleProduct('og-us', product.ref.key));
  us.subscriptions = us.lines.map(({ ref }) => sampleSubscription('og-us', `s-${ref.key}`));
  eu.orders = [sampleOrder('og-eu', 'o9', { scheduled: onDay('2023-11-01') })];
  client = GraphClient.over(us, eu);
});

export function onDay(day: string) {
  return fromInstant(new Date(`${day}T06:00:00Z`));
}

export interface OrderPage {
  readonly edges: readonly { readonly node: { readonly providerId: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly endCursor: string | null;
  };
}

export function connectionIn(data: unknown): OrderPage {
  return Object(data).upcomingOrders;
}
