import type { IncomingHttpHeaders } from 'node:http';
import { CentraRefusal } from './refusals.js';
import { demoSecret } from './scenarios/demo-credentials.js';

const allowedOrigins: ReadonlySet<string> = new Set(['https://shop.example.com']);

/** Returns the secret in either header form; undefined when there is neither. */
function secretIn(headers: IncomingHttpHeaders): string | undefined {
  const [, bearer] = /^Bearer (.+)$/u.exec(headers.authorization ?? '') ?? [];
  const own = headers['api-authorization'];
  return bearer ?? (typeof own === 'string' ? own : undefined);
}

/** Whether a call comes from a server. A wrong secret is refused, not ignored. */
export function isServerCall(headers: IncomingHttpHeaders): boolean {
  const secret = secretIn(headers);
  if (secret !== undefined && secret !== demoSecret) throw new CentraRefusal(401, { authorization: 'invalid' });
  return secret !== undefined;
}

/** Refuses a call without an allowed origin. Calls that are not a server's must come from one. */
export function requireOrigin({ origin }: IncomingHttpHeaders): void {
  if (origin === undefined || !allowedOrigins.has(origin)) throw new CentraRefusal(401, { origin: 'not allowed' });
}

/** Returns the session token, by its own header or inside `Accept`; `none` asks for no session. */
export function sessionTokenIn(headers: IncomingHttpHeaders): string | null {
  const own = headers['api-token'];
  if (typeof own === 'string' && own !== '') return own;
  const [, accepted] = /api-token=([^;,\s]+)/iu.exec(headers.accept ?? '') ?? [];
  return accepted ?? null;
}
