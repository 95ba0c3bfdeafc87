import type { Shopper } from '../../domain/actor.js';
import type { Clock } from '../../domain/moment.js';
import { problem, type ProviderProblem } from '../../domain/problem.js';
import type { OrdergrooveSettings } from './settings.js';
import { signedAuthorization } from './signature.js';

/** How a request says who asks. */
export interface Credential {
  readonly scope: 'application' | 'storefront';
  /** Made anew for each attempt: a signature is valid two hours from its own time. */
  headers(): Readonly<Record<string, string>>;
}

/** The credential for a call made for `customerId`; the application key wins when both are configured. */
export function credentialFor(
  { merchantId, apiKey, storefrontKey }: OrdergrooveSettings,
  customerId: string | null,
  { recognised }: Shopper,
  clock: Clock,
): Credential | ProviderProblem {
  if (apiKey !== undefined) return { scope: 'application', headers: () => ({ 'x-api-key': apiKey }) };
  if (storefrontKey === undefined || customerId === null) return speaksForNobody;
  const signer = { merchantId, storefrontKey };
  return {
    scope: 'storefront',
    headers: () => ({ authorization: signedAuthorization(signer, { customerId, recognised }, clock()) }),
  };
}

const speaksForNobody = problem(
  'FORBIDDEN',
  'This account has only a storefront key, which reads for one known customer at a time; set an application key.',
);
