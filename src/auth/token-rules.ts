/** How bearer tokens are verified. */
export interface TokenRules {
  readonly key: TokenKey;
  readonly issuer: string;
  readonly audience: string;
  readonly clockToleranceSeconds: number;
}

export type TokenKey =
  | { readonly kind: 'jwks'; readonly url: string }
  /** At least 32 bytes. */
  | { readonly kind: 'secret'; readonly secret: string };

/** Algorithm of shared secrets, pinned so that a token never chooses how it is verified. */
export const SECRET_ALGORITHM = 'HS256';
