import { IsArray, IsIn, IsNotEmpty, IsOptional, IsString } from 'class-validator';
import { knownKinds, knownScopes } from '../auth/claim-rules.js';
import { Setting } from '../domain/setting.js';
import {
  HasBytes,
  IsAccountClaims,
  IsClaimPath,
  IsKindValues,
  IsSafeUrl,
  IsScopeValues,
  OptionalCount,
  OptionalGroup,
  OptionalGroups,
} from './rules.js';

/** Name of a claim, or names of nested claims. */
export type ClaimPathSetting = string | readonly string[];

export type AccountClaimSetting = ClaimPathSetting | { readonly from: ClaimPathSetting; readonly prefix?: string };

export class KindClaimSection {
  @Setting('The claim that tells kinds apart.')
  @IsClaimPath()
  readonly from: ClaimPathSetting = '';

  @Setting('Kind by value of the claim; of several values the first one here wins.', {
    default: 'the names of the kinds',
  })
  @IsOptional()
  @IsKindValues()
  readonly values?: Readonly<Record<string, string>> | null;

  @Setting('Kind of a token without one of the values, never `service`. Without it such a token is refused.')
  @IsOptional()
  @IsIn(knownKinds.filter((kind) => kind !== 'service'))
  readonly otherwise?: string | null;
}

export class ScopeClaimSection {
  @Setting('The claim that lists scopes, roles or permissions.', { default: 'scope' })
  @IsOptional()
  @IsClaimPath()
  readonly from?: ClaimPathSetting | null;

  @Setting('Scope, or list of scopes, by value of the claim.', { default: 'the names of the scopes' })
  @IsOptional()
  @IsScopeValues()
  readonly values?: Readonly<Record<string, string | readonly string[]>> | null;

  @Setting('Scopes that every token of the issuer has.')
  @IsOptional()
  @IsIn(knownScopes, { each: true })
  @IsArray()
  readonly always?: readonly string[] | null;
}

export class ClaimsSection {
  @Setting('The caller, who owns idempotency keys and operations.', { default: 'sub' })
  @IsOptional()
  @IsClaimPath()
  readonly sub?: ClaimPathSetting | null;

  @Setting('The claim that is compared with `audience`.', { default: 'aud' })
  @IsOptional()
  @IsClaimPath()
  readonly audience?: ClaimPathSetting | null;

  @Setting('Where tokens state the kind of caller; without this group, a claim `kind`.')
  @OptionalGroup(() => KindClaimSection)
  readonly kind?: KindClaimSection | null;

  @Setting('Where tokens state what is allowed; without this group, a claim `scope`.')
  @OptionalGroup(() => ScopeClaimSection)
  readonly scopes?: ScopeClaimSection | null;

  @Setting('One claim with customer ids by account key, or a claim for each account.', { default: 'customers' })
  @IsOptional()
  @IsAccountClaims()
  readonly customers?: ClaimPathSetting | Readonly<Record<string, AccountClaimSetting>> | null;

  @Setting('One claim with lists of order ids by account key, or a claim for each account.', { default: 'orders' })
  @IsOptional()
  @IsAccountClaims()
  readonly orders?: ClaimPathSetting | Readonly<Record<string, AccountClaimSetting>> | null;
}

/** How the tokens of one issuer are verified and read. */
class TokenSection {
  @Setting('Where the issuer publishes its keys: its `jwks_uri`.')
  @IsOptional()
  @IsSafeUrl()
  readonly jwksUrl?: string | null;

  @Setting('Shared secret in place of published keys, at least 32 bytes.')
  @IsOptional()
  @HasBytes(32)
  readonly secret?: string | null;

  @Setting('Seconds by which clocks may differ.', { default: 5 })
  @OptionalCount(0, 300)
  readonly clockToleranceSeconds?: number | null;

  @Setting('Where tokens state who asks and what is allowed.')
  @OptionalGroup(() => ClaimsSection)
  readonly claims?: ClaimsSection | null;
}

export class IssuerSection extends TokenSection {
  @Setting('`iss` of its tokens.')
  @IsNotEmpty()
  @IsString()
  readonly issuer: string = '';

  @Setting('`aud` of its tokens.')
  @IsNotEmpty()
  @IsString()
  readonly audience: string = '';
}

export class SessionSection {
  @Setting('Signs session tokens, at least 32 bytes; the same at all replicas.')
  @HasBytes(32)
  readonly secret: string = '';

  @Setting('The secret before the current one, accepted while its tokens last.')
  @IsOptional()
  @HasBytes(32)
  readonly previousSecret?: string | null;

  @Setting('Longest lifetime of a session token.', { default: 900 })
  @OptionalCount(30, 3_600)
  readonly lifetimeSeconds?: number | null;
}

/** One issuer, or a list of them. */
export class AuthSection extends TokenSection {
  @Setting('`iss` of accepted tokens. Required without `issuers`.')
  @IsOptional()
  @IsNotEmpty()
  @IsString()
  readonly issuer?: string | null;

  @Setting('`aud` of accepted tokens. Required without `issuers`.')
  @IsOptional()
  @IsNotEmpty()
  @IsString()
  readonly audience?: string | null;

  @Setting('Several issuers, in place of the settings of one.')
  @OptionalGroups(() => IssuerSection)
  readonly issuers?: readonly IssuerSection[] | null;

  @Setting('Enables `POST /auth/session`.')
  @OptionalGroup(() => SessionSection)
  readonly session?: SessionSection | null;
}
