import type { RequestScope } from '../../domain/provider.js';
import { isJsonObject, optionalText } from '../kit/decode.js';

/** The shopper's session at Checkout API: every body carries its token, which may change at any time. */
export interface SessionToken {
  readonly isKnown: boolean;
  headers(): Readonly<Record<string, string>>;
  renewFrom(body: unknown): void;
}

/** It lives as long as the request and is handed back through it, nowhere else. */
export function createSessionToken({ sessionToken, onSessionToken }: RequestScope): SessionToken {
  let token = sessionToken;
  return {
    isKnown: token !== undefined && token !== '',
    headers: () => (token === undefined ? {} : { 'api-token': token }),
    renewFrom(body) {
      const renewed = isJsonObject(body) ? optionalText(body, 'token') : null;
      if (renewed === null || renewed === token) return;
      token = renewed;
      onSessionToken?.(renewed);
    },
  };
}
