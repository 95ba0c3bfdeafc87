import type { IncomingHttpHeaders } from 'node:http';
import type { ShopRecord } from './records.js';
import { Refusal } from './refusals.js';
import type { AppstleStore } from './store.js';

/** The key tells the shop; `api_key` in the query is deprecated but taken. */
export function authenticate(headers: IncomingHttpHeaders, query: URLSearchParams, store: AppstleStore): ShopRecord {
  const key = headers['x-api-key'] ?? query.get('api_key');
  const shop = typeof key === 'string' ? store.shops.find(({ apiKeys }) => apiKeys.includes(key)) : undefined;
  if (!shop) throw new Refusal(401, '');
  return shop;
}

/** The customer behind a portal token; without a valid one the portal answers 401. */
export function portalCustomer(headers: IncomingHttpHeaders, query: URLSearchParams, store: AppstleStore, now: Date) {
  const token = headers.authorization?.replace(/^Bearer /u, '') ?? query.get('token') ?? '';
  const session = store.portalTokens.get(token);
  if (!session || session.expiresAt <= now) throw new Refusal(401, '');
  return session.customerId;
}
