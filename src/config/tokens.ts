import type { TokenKey, TokenRules } from '../auth/token-rules.js';
import { type ConfigProblem, configProblem } from './problem.js';
import type { AuthSection } from './sections.js';

const DEFAULT_CLOCK_TOLERANCE_SECONDS = 5;

/** `rules` is null when no key, or more than one, was given. */
export function checkTokens(section: AuthSection): {
  readonly rules: TokenRules | null;
  readonly problems: readonly ConfigProblem[];
} {
  const { jwksUrl, secret, issuer, audience } = section;
  const keys: TokenKey[] = [
    ...(typeof jwksUrl === 'string' ? [{ kind: 'jwks', url: jwksUrl } as const] : []),
    ...(typeof secret === 'string' ? [{ kind: 'secret', secret } as const] : []),
  ];
  const [key] = keys;
  if (!key || keys.length > 1) {
    return { rules: null, problems: [configProblem('auth', 'must have either jwksUrl or secret')] };
  }
  const clockToleranceSeconds = section.clockToleranceSeconds ?? DEFAULT_CLOCK_TOLERANCE_SECONDS;
  return { rules: { key, issuer, audience, clockToleranceSeconds }, problems: [] };
}
