import { type AccountClaims, type ClaimPath, type ClaimRules, kinds, standardClaims } from '../auth/claim-rules.js';
import { type AuthRules, SESSION_ISSUER, type TokenRules } from '../auth/token-rules.js';
import type { Scope } from '../domain/actor.js';
import {
  type AccountClaimSetting,
  type AuthSection,
  type ClaimPathSetting,
  ClaimsSection,
  IssuerSection,
} from './auth-sections.js';
import { type ConfigProblem, configProblem, pathTo } from './problem.js';

const DEFAULT_CLOCK_TOLERANCE_SECONDS = 5;
const DEFAULT_SESSION_SECONDS = 900;

/** Settings of one issuer, wherever they stand. */
type IssuerSettings = Pick<AuthSection, keyof IssuerSection>;

/** Checks what the rules of single settings cannot: keys, issuers and accounts that are named. */
export function authProblems(section: AuthSection, accounts: readonly string[]): readonly ConfigProblem[] {
  const { issuers, session: _session, ...own } = section;
  const entries = entriesOf(section);
  return [
    ...(issuers ? misplacedIn(own) : []),
    ...entries.flatMap(([path, entry]) => issuerProblems(entry, path, accounts)),
    ...repeatedIssuers(entries),
  ];
}

/** Reads the rules of a section that has no problems. */
export function toAuthRules(section: AuthSection): AuthRules {
  const { session } = section;
  return {
    issuers: entriesOf(section).map(([, entry]) => toTokenRules(entry)),
    session: session
      ? {
          secret: session.secret,
          previousSecret: session.previousSecret ?? null,
          lifetimeSeconds: session.lifetimeSeconds ?? DEFAULT_SESSION_SECONDS,
        }
      : null,
  };
}

/** Lists the settings of each issuer, with their path. Those that are no groups are reported elsewhere. */
function entriesOf({ issuers, ...own }: AuthSection): readonly (readonly [string, IssuerSettings])[] {
  if (!Array.isArray(issuers) || issuers.length === 0) return [['auth', own]];
  return issuers.flatMap((issuer: unknown, index) =>
    issuer instanceof IssuerSection ? [[pathTo('auth.issuers', index), issuer] as const] : [],
  );
}

function issuerProblems(
  { jwksUrl, secret, issuer, audience, claims }: IssuerSettings,
  path: string,
  accounts: readonly string[],
): readonly ConfigProblem[] {
  const keys = [jwksUrl, secret].filter((key) => typeof key === 'string');
  return [
    ...(keys.length === 1 ? [] : [configProblem(path, 'must have either jwksUrl or secret')]),
    ...missing(pathTo(path, 'issuer'), issuer),
    ...missing(pathTo(path, 'audience'), audience),
    ...(issuer === SESSION_ISSUER ? [configProblem(pathTo(path, 'issuer'), 'is the name of tokens made here')] : []),
    ...(claims instanceof ClaimsSection ? unknownAccountsIn(claims, pathTo(path, 'claims'), accounts) : []),
  ];
}

function toTokenRules({ jwksUrl, secret, issuer, audience, ...more }: IssuerSettings): TokenRules {
  return {
    key: jwksUrl ? { kind: 'jwks', url: jwksUrl } : { kind: 'secret', secret: secret ?? '' },
    issuer: issuer ?? '',
    audience: audience ?? '',
    clockToleranceSeconds: more.clockToleranceSeconds ?? DEFAULT_CLOCK_TOLERANCE_SECONDS,
    claims: toClaimRules(more.claims ?? null),
  };
}

function missing(path: string, value: string | null | undefined): readonly ConfigProblem[] {
  return value === null || value === undefined ? [configProblem(path, 'is missing')] : [];
}

function misplacedIn(own: IssuerSettings): readonly ConfigProblem[] {
  return Object.entries(own).flatMap(([name, value]) =>
    value === null || value === undefined
      ? []
      : [configProblem(pathTo('auth', name), 'cannot stand beside auth.issuers. Move it into an entry.')],
  );
}

/** Reports issuers that repeat an issuer and audience: a token is read by the one entry for both. */
function repeatedIssuers(entries: readonly (readonly [string, IssuerSettings])[]): readonly ConfigProblem[] {
  return entries.flatMap(([path, { issuer, audience }], index) => {
    const first = entries.findIndex(([, other]) => other.issuer === issuer && other.audience === audience);
    const [firstPath = ''] = entries[first] ?? [];
    return first === index ? [] : [configProblem(path, `has the issuer and audience of ${firstPath}`)];
  });
}

function unknownAccountsIn(
  { customers, orders }: ClaimsSection,
  path: string,
  accounts: readonly string[],
): readonly ConfigProblem[] {
  return Object.entries({ customers, orders }).flatMap(([name, setting]) =>
    isByAccount(setting)
      ? Object.keys(setting)
          .filter((account) => !accounts.includes(account))
          .map((account) => configProblem(pathTo(pathTo(path, name), account), 'is not the key of an account'))
      : [],
  );
}

function toClaimRules(section: ClaimsSection | null): ClaimRules {
  const { kind, scopes } = section ?? {};
  return {
    sub: toPath(section?.sub) ?? standardClaims.sub,
    audience: toPath(section?.audience) ?? standardClaims.audience,
    kind: {
      from: toPath(kind?.from) ?? standardClaims.kind.from,
      values: kind?.values
        ? new Map(Object.entries(kind.values).flatMap(([value, word]) => entry(value, kinds.get(word))))
        : standardClaims.kind.values,
      otherwise: kinds.get(kind?.otherwise ?? '') ?? null,
    },
    scopes: {
      from: toPath(scopes?.from) ?? standardClaims.scopes.from,
      values: scopes?.values
        ? new Map(Object.entries(scopes.values).map(([value, granted]) => [value, toScopes([granted].flat())]))
        : standardClaims.scopes.values,
      always: toScopes(scopes?.always ?? []),
    },
    customers: toAccountClaims(section?.customers) ?? standardClaims.customers,
    orders: toAccountClaims(section?.orders) ?? standardClaims.orders,
  };
}

function entry<T>(key: string, value: T | undefined): readonly (readonly [string, T])[] {
  return value === undefined ? [] : [[key, value]];
}

function toScopes(words: readonly string[]): readonly Scope[] {
  return words.filter((word): word is Scope => word === 'upsell:read' || word === 'upsell:write');
}

function toPath(setting: ClaimPathSetting | null | undefined): ClaimPath | null {
  if (setting === null || setting === undefined) return null;
  return typeof setting === 'string' ? [setting] : setting;
}

function toAccountClaims(setting: ClaimsSection['customers']): AccountClaims | null {
  if (setting === null || setting === undefined) return null;
  if (!isByAccount(setting)) return { together: toPath(setting) ?? [] };
  return {
    apart: new Map(
      Object.entries(setting).map(([account, claim]) =>
        typeof claim === 'object' && 'from' in claim
          ? [account, { from: toPath(claim.from) ?? [], prefix: claim.prefix ?? '' }]
          : [account, { from: toPath(claim) ?? [], prefix: '' }],
      ),
    ),
  };
}

function isByAccount(setting: ClaimsSection['customers']): setting is Readonly<Record<string, AccountClaimSetting>> {
  return typeof setting === 'object' && setting !== null && !Array.isArray(setting);
}
