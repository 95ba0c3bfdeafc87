import type { FastifyInstance } from 'fastify';

/** Thrown when listening on the address fails; `message` is for the operator. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
}

interface Address {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
}

/** Starts to listen and returns the URL to open in a browser. */
export async function listen(app: FastifyInstance, { host, port }: Address): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    throw new CannotListen(explain(cause, host, port), { cause });
  }
  return urlOf(host, portOf(app) ?? port);
}

const ADVICE = 'Choose another with PORT and HOST, or in the configuration.';

/** Says why listening failed and what to do about it. */
export function explain(error: unknown, host: string, port: number, advice = ADVICE): string {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is already in use. ${advice}`;
    case 'EACCES':
      return `This user may not listen on port ${port}. ${advice}`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is not an address of this machine. ${advice}`;
    default:
      return `Listening on ${host}, port ${port} failed (${String(code)}). ${advice}`;
  }
}

function portOf(app: FastifyInstance): number | null {
  const address = app.server.address();
  return typeof address === 'object' ? (address?.port ?? null) : null;
}

/** Returns the URL of an address, with localhost for a wildcard. */
function urlOf(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
