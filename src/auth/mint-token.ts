import { SignJWT } from 'jose';
import { SECRET_ALGORITHM, type TokenRules } from './token-rules.js';

/** Claims of a new token. */
export interface NewToken {
  readonly kind: string;
  readonly sub: string;
  readonly scopes: readonly string[];
  readonly customers: Readonly<Record<string, string>>;
  readonly orders: Readonly<Record<string, readonly string[]>>;
  readonly lifetimeSeconds: number;
  /** Further claims. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** Signs a token with the shared secret. */
export function mintToken(
  token: NewToken,
  { issuer, audience }: Pick<TokenRules, 'issuer' | 'audience'>,
  secret: string,
  now: Date,
): Promise<string> {
  const { kind, sub, scopes, customers, orders, lifetimeSeconds, more } = token;
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT({ ...more, kind, scope: scopes.join(' '), customers, orders })
    .setProtectedHeader({ alg: SECRET_ALGORITHM, typ: 'JWT' })
    .setSubject(sub)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .sign(new TextEncoder().encode(secret));
}
