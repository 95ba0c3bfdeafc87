import type { IncomingHttpHeaders } from 'node:http';
import type { RechargeContext } from './context.js';
import type { TokenRecord } from './records.js';
import { badAuthentication, missingScope, unknownVersion } from './refusals.js';

const VERSIONS = ['2021-01', '2021-11'] as const;
export type Version = (typeof VERSIONS)[number];

/** The version an account has where a request names none. */
const DEFAULT_VERSION: Version = '2021-01';

/** Scopes of which any is enough; none: every token may. */
export type Access = readonly string[];

export function authenticate({ store }: RechargeContext, headers: IncomingHttpHeaders): TokenRecord {
  const given = headers['x-recharge-access-token'];
  const token = store.shop.tokens.find((each) => each.token === given);
  if (!token) throw badAuthentication();
  return token;
}

export function authorize({ switches }: RechargeContext, { scopes }: TokenRecord, access: Access): void {
  const needed = access.map((scope) => (scope === 'charges' ? switches.get('chargesScope') : scope));
  if (needed.length > 0 && !needed.some((scope) => scopes.includes(scope))) throw missingScope(needed);
}

export function versionIn(headers: IncomingHttpHeaders): Version {
  const asked = headers['x-recharge-version'];
  if (asked === undefined) return DEFAULT_VERSION;
  const version = VERSIONS.find((each) => each === asked);
  if (!version) throw unknownVersion();
  return version;
}
