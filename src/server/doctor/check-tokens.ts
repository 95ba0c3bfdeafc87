import type { TokenRules } from '../../auth/token-rules.js';
import { type Check, checksOf } from './check.js';
import { reasonOf } from './reach.js';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 1_000_000;

/** Looks at what tokens of an issuer are verified with. */
export async function checkTokens({ key, issuer }: TokenRules, isOneOfSeveral = false): Promise<readonly Check[]> {
  const { pass, warn, fail } = checksOf(isOneOfSeveral ? `tokens of ${issuer}` : 'tokens');
  if (key.kind === 'secret')
    return [
      warn(
        'keys',
        'a shared secret: whoever can verify tokens can make them',
        "Use the issuer's published keys (`jwksUrl`) in production.",
      ),
    ];
  const { host } = new URL(key.url);
  const advice = 'Check `auth.jwksUrl`: the issuer states it as `jwks_uri` in its discovery document.';
  try {
    const response = await fetch(key.url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await response.text();
    if (response.status !== 200) return [fail('keys', `${host} answered HTTP ${response.status}`, advice)];
    const keys = text.length > MAX_BYTES ? null : keysIn(text);
    if (!keys) return [fail('keys', `${host} did not answer with a set of keys`, advice)];
    const usable = keys.filter(({ kty, use }) => ['RSA', 'EC', 'OKP'].includes(String(kty)) && use !== 'enc');
    if (usable.length === 0) return [fail('keys', 'no key of the set verifies signatures', advice)];
    const checks = [pass('keys', `${usable.length} at ${host}`)];
    if (usable.length > 1 && usable.some(({ kid }) => kid === undefined))
      checks.push(
        warn(
          'key ids',
          'several keys, and not all have a `kid`: tokens are tried against each',
          'Let the issuer give each key a `kid`.',
        ),
      );
    if (URL.canParse(issuer) && new URL(issuer).host !== host)
      checks.push(
        warn(
          'issuer',
          `keys come from ${host}, and the issuer is another host`,
          'Check that both belong to the same login.',
        ),
      );
    return checks;
  } catch (error) {
    return [fail('keys', `${host}: ${reasonOf(error)}`, advice)];
  }
}

type Key = Readonly<Record<string, unknown>>;

function keysIn(text: string): readonly Key[] | null {
  try {
    const set: unknown = JSON.parse(text);
    const keys: unknown = typeof set === 'object' && set !== null && 'keys' in set ? set.keys : null;
    return Array.isArray(keys) ? keys.filter((key): key is Key => typeof key === 'object' && key !== null) : null;
  } catch {
    return null;
  }
}
