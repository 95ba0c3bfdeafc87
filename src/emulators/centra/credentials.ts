import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from './refusals.js';

/** Made up: these open nothing but the emulator. */
export const demoSecret = 'demo-shared-secret-0001';
export const demoIntegrationToken = 'demo-integration-token-0001';
export const demoStorefrontToken = 'demo-storefront-token-0001';
export const demoKlarnaUser = 'PK00001_demo';
export const demoKlarnaPassword = 'demo-klarna-password-0001';

export const allowedOrigins: readonly string[] = ['https://shop.example.com'];

/** Either header form; undefined when there is neither. */
function secretIn(headers: IncomingHttpHeaders): string | undefined {
  const [, bearer] = /^Bearer (.+)$/u.exec(headers.authorization ?? '') ?? [];
  const own = headers['api-authorization'];
  return bearer ?? (typeof own === 'string' ? own : undefined);
}

/** True for a call from a server; a wrong secret is refused, not ignored. */
export function isServerCall(headers: IncomingHttpHeaders): boolean {
  const secret = secretIn(headers);
  if (secret !== undefined && secret !== demoSecret) throw new Refusal(401, { authorization: 'invalid' });
  return secret !== undefined;
}

/** The session token, by its own header or inside `Accept`; `none` asks for no session. */
export function sessionTokenIn(headers: IncomingHttpHeaders): string | null {
  const own = headers['api-token'];
  if (typeof own === 'string' && own !== '') return own;
  const [, accepted] = /api-token=([^;,\s]+)/iu.exec(headers.accept ?? '') ?? [];
  return accepted ?? null;
}
