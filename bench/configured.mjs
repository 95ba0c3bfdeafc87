import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';

const secret = 'a secret of at least thirty-two bytes';
const issuer = 'https://issuer.test';
const audience = 'upsell-graph';

/** Writes a configuration with these accounts on a free port, and gives its path. */
export function writeConfig(folder, accounts, storage) {
  const file = join(folder, 'upsell-graph.yaml');
  // One shopper does the work of thousands: counted, and never refused.
  const limits = { rate: { shopper: 1_000_000 } };
  const server = { host: '127.0.0.1', port: 0, graphiql: false, limits };
  // JSON is YAML.
  const place = { ...storage, encryptionKey: secret };
  writeFileSync(file, JSON.stringify({ server, auth: { secret, issuer, audience }, storage: place, accounts }));
  return file;
}

/** A token that such a server takes, of a shopper with these identifiers by account. */
export function tokenFor(customers) {
  return new SignJWT({ kind: 'customer', scope: 'upsell:read upsell:write', customers })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('shopper-1')
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime('2d')
    .sign(new TextEncoder().encode(secret));
}
