import { type ClaimRules, standardClaims } from './claim-rules.js';

/** How bearer tokens of one issuer are verified and read. */
export interface TokenRules {
  readonly key: TokenKey;
  readonly issuer: string;
  readonly audience: string;
  readonly clockToleranceSeconds: number;
  readonly claims: ClaimRules;
}

export type TokenKey =
  | { readonly kind: 'jwks'; readonly url: string }
  /** At least 32 bytes each. Tokens are signed with `secret` and accepted with either. */
  | { readonly kind: 'secret'; readonly secret: string; readonly previousSecret?: string };

/** Issuers whose tokens are accepted, and how tokens are made here. */
export interface AuthRules {
  /** Never empty. Subjects of the first are used as they are, those of others are prefixed with their issuer. */
  readonly issuers: readonly TokenRules[];
  /** Null unless backends may exchange their token for a shopper's. */
  readonly session: SessionRules | null;
}

export interface SessionRules {
  readonly secret: string;
  readonly previousSecret: string | null;
  /** Longest lifetime of a session token. */
  readonly lifetimeSeconds: number;
}

/** Algorithm of shared secrets, pinned so that a token never chooses how it is verified. */
export const SECRET_ALGORITHM = 'HS256';

/** Issuer and audience of tokens made here. */
export const SESSION_ISSUER = 'urn:upsell-graph:session';

/** Returns the rules of tokens made here. */
export function sessionTokens({ secret, previousSecret }: SessionRules): TokenRules {
  return {
    key: { kind: 'secret', secret, ...(previousSecret !== null && { previousSecret }) },
    issuer: SESSION_ISSUER,
    audience: SESSION_ISSUER,
    clockToleranceSeconds: 5,
    claims: standardClaims,
  };
}
