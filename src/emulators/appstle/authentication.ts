import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '../kit/refusal.js';
import type { ShopRecord } from './records.js';
import type { AppstleStore } from './store.js';

/** Returns the shop of the API key. `api_key` in the query is deprecated but taken. */
export function authenticate(headers: IncomingHttpHeaders, query: URLSearchParams, store: AppstleStore): ShopRecord {
  const key = headers['x-api-key'] ?? query.get('api_key');
  const shop = typeof key === 'string' ? store.shops.find(({ apiKeys }) => apiKeys.includes(key)) : undefined;
  if (!shop) throw new Refusal(401, '');
  return shop;
}
