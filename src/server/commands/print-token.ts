import { isDeepStrictEqual } from 'node:util';
import 'reflect-metadata';
import { type ClaimRules, standardClaims } from '../../auth/claim-rules.js';
import { mintToken, type NewToken } from '../../auth/mint-token.js';
import { loadConfig } from '../../config.js';
import { unknownAccountOf } from '../../config/token-options.js';
import { providers } from '../../providers/index.js';
import { EXIT_CONFIG, EXIT_USAGE, fail, print } from './terminal.js';

/** Runs `upsell-graph token`. */
export async function printToken(configPath: string | null, token: NewToken): Promise<void> {
  const loaded = loadConfig({ configPath, providers });
  if (loaded.outcome === 'invalid') return fail(EXIT_CONFIG, loaded.message);
  const { config } = loaded;
  if (config.mode === 'sandbox')
    return fail(
      EXIT_USAGE,
      'A sandbox accepts no tokens: every caller is the demo shopper. Name a file with --config.',
    );
  const { issuers } = config.auth;
  const withSecret = issuers.filter(({ key }) => key.kind === 'secret');
  const rules = withSecret.find(({ claims }) => isStandard(claims));
  if (rules?.key.kind !== 'secret')
    return fail(
      EXIT_USAGE,
      withSecret.length === 0
        ? 'Tokens are signed by the issuer behind auth.jwksUrl: only it can make one. Use auth.secret.'
        : 'auth.claims maps claims of another shape than this command makes. Use an issuer without it.',
    );
  const accounts = config.accounts.map(({ account }) => account.key);
  const misuse = unknownAccountOf(token, accounts);
  if (misuse !== null) return fail(EXIT_USAGE, misuse);
  print(await mintToken(token, rules, rules.key.secret, new Date()));
}

function isStandard(claims: ClaimRules): boolean {
  return isDeepStrictEqual(claims, standardClaims);
}
