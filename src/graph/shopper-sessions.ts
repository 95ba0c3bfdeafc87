/** Sessions of a shopper at provider accounts, for one request. Never stored, never logged. */
export interface ShopperSessions {
  tokenAt(account: string): string | undefined;
  /** Replaces a session by the one the provider issued, for this request and for the shopper. */
  renew(account: string, token: string): void;
  /** Returns the replaced sessions by account. */
  renewed(): ReadonlyMap<string, string>;
}

export function openSessions(tokens: ReadonlyMap<string, string> = new Map()): ShopperSessions {
  const renewed = new Map<string, string>();
  return {
    tokenAt: (account) => renewed.get(account) ?? tokens.get(account),
    renew: (account, token) => void renewed.set(account, token),
    renewed: () => renewed,
  };
}

/** Returns the session part of a request scope. */
export function sessionAt(sessions: ShopperSessions, account: string) {
  const sessionToken = sessions.tokenAt(account);
  if (sessionToken === undefined) return {};
  return { sessionToken, onSessionToken: (token: string) => sessions.renew(account, token) };
}
