/** The sessions a shopper has at provider accounts, as handed in with one request. Never stored, never logged. */
export interface ShopperSessions {
  tokenAt(account: string): string | undefined;
  /** The provider replaced it: from now on, also for the shopper, the new one counts. */
  renew(account: string, token: string): void;
  /** What was replaced so far, by account. */
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

/** The part of a request scope that carries a session. */
export function sessionAt(sessions: ShopperSessions, account: string) {
  const sessionToken = sessions.tokenAt(account);
  if (sessionToken === undefined) return {};
  return { sessionToken, onSessionToken: (token: string) => sessions.renew(account, token) };
}
