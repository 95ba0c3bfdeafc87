import { afterAll, beforeEach } from '@jest/globals';
import type { UpsellOffer } from '../../../src/domain/offer.js';
import type { Order } from '../../../src/domain/order.js';
import type { AddItem } from '../../../src/domain/write.js';
import { emulators } from '../../../src/emulators/index.js';
import { sandboxOrders as orders } from '../../../src/emulators/surecart/scenarios/sandbox.js';
import { surecart } from '../../../src/providers/surecart/index.js';
import { caller } from '../../emulators/calls.js';
import { startHarness, valueOf } from '../../support/provider-harness.js';

export type SandboxOrder = keyof typeof orders;

export const monthly = { every: 1, unit: 'MONTH' } as const;
export const lost = { match: { method: 'POST', path: 'upsell$' }, action: { kind: 'applyThenReset' } } as const;

export const harness = await startHarness(surecart, emulators.surecart, {
  scenario: 'sandbox',
  timeoutMs: 8_000,
  settings: { settlingSeconds: 0, safetyMarginSeconds: 0 },
});

beforeEach(() => harness.restart());
afterAll(() => harness.close());

/** Requests since the last time they were asked for, as `GET /v1/orders`; dry runs as `preview`. */
export const calls = () =>
  harness
    .requests()
    .map(({ method, path, query }) => `${method} ${path}${query['preview'] === undefined ? '' : ' preview'}`);

/** Reason, status and amount of every attempt to take money with one of these reasons. */
export const charges = (...reasons: readonly string[]) =>
  harness
    .rows('charge')
    .filter((row) => reasons.includes(row.text('reason')))
    .map((row) => [row.at('reason'), row.at('status'), row.at('amount')]);

export async function change(object: string, id: string, fields: object): Promise<void> {
  const answer = await caller(harness.emulator.url)('PATCH', `/__emulator/records/${object}/${id}`, fields);
  if (answer.status !== 200) throw new Error(answer.text);
}

export function addition(orderKey: string, item: Partial<AddItem['item']>, more: Partial<AddItem> = {}): AddItem {
  return {
    kind: 'ADD_UPSELL_ITEM',
    orderKey,
    item: { offerKey: null, product: null, ...item },
    quantity: 1,
    subscribe: null,
    ifPresent: 'REJECT',
    ifTargetMoved: 'REJECT',
    ...more,
  };
}

export function product(id: string, variantId: string | null = null) {
  return { product: { id, handle: null, variantId } };
}

export const order = async (name: SandboxOrder, source = harness.open()): Promise<Order> =>
  valueOf((await source.orders.getMany([orders[name]]))[0]);

export async function lines(name: SandboxOrder) {
  const source = harness.open();
  return valueOf((await source.lineItems?.forOrders([await order(name, source)]))?.[0]);
}

export async function offer(name: SandboxOrder): Promise<UpsellOffer | undefined> {
  const source = harness.open();
  return valueOf((await source.offers?.forOrders([await order(name, source)]))?.[0])[0];
}

export const offerKey = async (name: SandboxOrder) => (await offer(name))?.ref.key ?? '';
export const accept = async (name: SandboxOrder, more = {}) =>
  addition(orders[name], { offerKey: await offerKey(name) }, more);
export const priceNamed = (name: string) =>
  harness
    .rows('price')
    .find((row) => row.at('name') === name)
    ?.text('id') ?? '';
export const declineCard = () =>
  change('payment_method', harness.rows('payment_method')[0]?.text('id') ?? '', { hidden: { outcome: 'decline' } });
export const reasonsIn = (result: { readonly errors: readonly object[] }) =>
  result.errors.flatMap((error) => ('reasons' in error ? (error.reasons as { code: string }[]) : []));
