import { afterAll, afterEach } from '@jest/globals';
import type { EligibilityQuestion, ItemChoice, UpsellEligibility } from '../../../src/domain/eligibility.js';
import type { LineItem } from '../../../src/domain/line-item.js';
import type { Order } from '../../../src/domain/order.js';
import type { DataSource } from '../../../src/domain/provider.js';
import type { AddItem } from '../../../src/domain/write.js';
import { BASES } from '../../../src/emulators/centra/endpoints.js';
import { emulators } from '../../../src/emulators/index.js';
import { centra } from '../../../src/providers/centra/index.js';
import type { CentraSettings } from '../../../src/providers/centra/settings.js';
import { caller, Json } from '../../emulators/calls.js';
import { finishCheckout } from '../../support/finish-checkout.js';
import { type AccountOptions, startHarness, valueOf } from '../../support/provider-harness.js';

export const PAYMENT = { klarna_order: 'k-1' };

export const harness = await startHarness(centra, emulators.centra, {
  scenario: 'documented',
  settings: { settlingSeconds: 0 },
});

afterEach(() => harness.restart());
afterAll(() => harness.close());

export const SHOPPER = harness.shopper;
export const OTHER_SHOPPER = 'robin.vale@example.com';
export const NEWCOMER = 'sam.brook@example.com';

export type Options = AccountOptions<CentraSettings>;
export type OpenOptions = NonNullable<Parameters<typeof harness.open>[0]>;

export const NO_MARGIN: Options = { settings: { safetyMarginSeconds: 0 } };

/** An account at Checkout API, which the shopper's session opens instead of a secret. */
export const CHECKOUT_API = {
  baseUrl: harness.account().baseUrl.replace(BASES.shop, BASES.checkout),
  without: ['secret'],
  settings: { api: 'checkout', origin: 'https://shop.example.com' },
} as const satisfies Options;

export function choose(id: string, variantId: string | null = null): ItemChoice {
  return { offerKey: null, product: { id, handle: null, variantId } };
}

export function addTo(orderKey: string, more: Partial<AddItem> = {}): AddItem {
  return {
    kind: 'ADD_UPSELL_ITEM',
    orderKey,
    item: choose('1001'),
    quantity: 1,
    subscribe: null,
    ifPresent: 'REJECT',
    ifTargetMoved: 'REJECT',
    ...more,
  };
}

/** Finishes one of the demo checkouts and answers with the order's number. */
export const finish = async (checkout: string, options?: OpenOptions): Promise<string> =>
  (await finishCheckout(() => harness.open(options), checkout, PAYMENT)).providerId;

export const orderOf = async (key: string, source: DataSource = harness.open()): Promise<Order> =>
  valueOf((await source.orders.getMany([key]))[0]);

export async function linesOf(key: string, source: DataSource = harness.open()): Promise<readonly LineItem[]> {
  return valueOf((await source.lineItems?.forOrders([await orderOf(key, source)]))?.[0]);
}

export async function judge(
  key: string,
  more: Partial<EligibilityQuestion> = {},
  source: DataSource = harness.open(),
): Promise<UpsellEligibility> {
  const question = { order: await orderOf(key, source), item: choose('1001'), quantity: 1, subscribe: false, ...more };
  return valueOf((await source.eligibility?.check([question]))?.[0]);
}

export const codes = ({ reasons }: UpsellEligibility) => reasons.map(({ code }) => code);
export const placed = (number: string) =>
  harness.rows('orders').find((order) => order.at('order') === number) ?? new Json(null);
export const emails = (number: string) => harness.rows('emails').filter((email) => email.at('order') === number);
export const writes = (calls: readonly string[]) =>
  calls.filter((call) => /^POST .*\/orders\/\d+\/items\/.+/.test(call));

export async function ready(options: Record<string, unknown>): Promise<{ selection: string; token: string }> {
  const { json } = await caller(harness.emulator.url)('POST', '/__emulator/checkouts', options);
  return { selection: json.text('selection'), token: json.text('token') };
}

export async function openCheckout(options: Record<string, unknown> = {}) {
  const { selection, token } = await ready({ customer: SHOPPER, ...options });
  const tokens: string[] = [];
  const scope = () => ({
    ...CHECKOUT_API,
    settings: { ...CHECKOUT_API.settings, safetyMarginSeconds: 0 },
    sessionToken: tokens.at(-1) ?? token,
    onSessionToken: (renewed: string) => {
      tokens.push(renewed);
    },
  });
  return { selection, token, tokens, scope };
}
