import 'reflect-metadata';
import { IsNotEmpty, IsOptional, IsString } from 'class-validator';
import { missing } from '../../src/domain/lookup.js';
import type { Provider } from '../../src/domain/provider.js';
import { sameText } from '../../src/domain/same-customer.js';
import { capableOf } from '../support/capabilities.js';

export class DemoSettings {
  @IsNotEmpty()
  @IsString()
  readonly merchantId: string = '';

  @IsOptional()
  @IsString()
  readonly apiKey?: string;
}

/** A provider that knows no order: enough to configure and to start a server with. */
export const demoProvider: Provider = {
  key: 'DEMO',
  title: 'Demo',
  summary: 'no orders at all',
  idMeaning: { order: 'an order', product: 'product', customer: 'customer' },
  sameCustomer: sameText,
  capabilities: capableOf(),
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
