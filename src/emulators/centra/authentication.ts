import type { IncomingHttpHeaders } from 'node:http';
import { CentraRefusal } from './refusals.js';
import { demoSecret } from './scenarios/demo-credentials.js';

const allowedOrigins: ReadonlySet<string> = new Set(['https://shop.example.com']);

/** Either header form; undefined when there is neither. */
function secretIn(headers: IncomingHttpHeaders): string | undefined {
  const [, bearer] = /^Bearer (.+)$/u.exec(headers.authorization ?? '') ?? [];
  const own = headers['api-authorization'];
  return bearer ?? (typeof own === 'string' ? own : undefined);
}

/** True for a call from a server; a wrong secret is refused, not ignored. */
export function isServerCall(headers: IncomingHttpHeaders): boolean {
  const secret = secretIn(headers);
  if (secret !== undefined && secret !== demoSecret) throw new CentraRefusal(401, { authorization: 'invalid' });
  return secret !== undefined;
}

/** Calls that are not a server's must come from an allowed origin. */
export function requireOrigin({ origin }: IncomingHttpHeaders): void {
  if (origin === undefined || !allowedOrigins.has(origin)) throw new CentraRefusal(401, { origin: 'not allowed' });
}

/** The session token, by its own header or inside `Accept`; `none` asks for no session. */
export function sessionTokenIn(headers: IncomingHttpHeaders): string | null {
  const own = headers['api-token'];
  if (typeof own === 'string' && own !== '') return own;
  const [, accepted] = /api-token=([^;,\s]+)/iu.exec(headers.accept ?? '') ?? [];
  return accepted ?? null;
}
