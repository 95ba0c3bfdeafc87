import 'reflect-metadata';
import { IsNotEmpty, IsOptional, IsString } from 'class-validator';
import { type CapabilityMatrix } from '../../src/domain/capability.js';
import { missing } from '../../src/domain/lookup.js';
import type { Provider } from '../../src/domain/provider.js';
import { sameText } from '../../src/domain/same-customer.js';

export class DemoSettings {
  @IsNotEmpty()
  @IsString()
  readonly merchantId: string = '';

  @IsOptional()
  @IsString()
  readonly apiKey?: string;
}

const none = { support: 'UNSUPPORTED', note: null } as const;

const capabilities: CapabilityMatrix = {
  UPCOMING_ORDERS: none,
  POST_PURCHASE_ORDERS: none,
  ADD_ONE_TIME_ITEM: none,
  ADD_AS_SUBSCRIPTION: none,
  CONVERT_TO_SUBSCRIPTION: none,
  REMOVE_ITEM: none,
  CHANGE_QUANTITY: none,
  PREVIEW: none,
  ELIGIBILITY_REASONS: none,
  TIME_WINDOW: none,
  OFFER_FUNNEL: none,
  TARGET_PINNING: none,
  REVERT_ON_PAYMENT_FAILURE: none,
  BATCH_READ: none,
  WEBHOOKS: none,
};

/** A provider that knows no order: enough to configure and to start a server with. */
export const demoProvider: Provider = {
  key: 'DEMO',
  title: 'Demo',
  summary: 'no orders at all',
  idMeaning: { order: 'an order', product: 'product', customer: 'customer' },
  sameCustomer: sameText,
  capabilities,
  writes: [],
  defaultBaseUrl: 'https://api.example.com',
  defaultTimeZone: 'America/Chicago',
  limits: { all: { parallel: 4, rate: { calls: 100, seconds: 10 } }, writes: { parallel: 1 } },
  settings: DemoSettings,
  connect: () => ({
    settlingMs: 0,
    open: () => ({ orders: { getMany: (keys) => Promise.resolve(keys.map(() => missing)) } }),
  }),
};
