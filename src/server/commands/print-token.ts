import 'reflect-metadata';
import { mintToken, type NewToken } from '../../auth/mint-token.js';
import { loadConfig } from '../../config.js';
import { unknownAccountOf } from '../../config/token-options.js';
import { providers } from '../../providers/index.js';
import { EXIT_CONFIG, EXIT_USAGE, fail, print } from './terminal.js';

/** `upsell-graph token` */
export async function printToken(configPath: string | null, token: NewToken): Promise<void> {
  const loaded = loadConfig({ configPath, providers });
  if (loaded.outcome === 'invalid') return fail(EXIT_CONFIG, loaded.message);
  const { config } = loaded;
  if (config.mode === 'sandbox')
    return fail(
      EXIT_USAGE,
      'A sandbox accepts no tokens: every caller is the demo shopper. Name a file with --config.',
    );
  const { key, ...rules } = config.auth;
  if (key.kind === 'jwks')
    return fail(
      EXIT_USAGE,
      'Tokens are signed by the issuer behind auth.jwksUrl: only it can make one. Use auth.secret.',
    );
  const accounts = config.accounts.map(({ account }) => account.key);
  const misuse = unknownAccountOf(token, accounts);
  if (misuse !== null) return fail(EXIT_USAGE, misuse);
  print(await mintToken(token, rules, key.secret, new Date()));
}
