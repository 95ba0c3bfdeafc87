/** What became of asking a host without credentials. */
export type Reach =
  | { readonly state: 'reached'; readonly skewMs: number | null }
  | { readonly state: 'unreachable'; readonly reason: string };

const TIMEOUT_MS = 5_000;

/** Asks a host for anything: any HTTP response shows that names, routes and certificates are right. */
export async function reach(url: string, now: () => number = Date.now): Promise<Reach> {
  try {
    const begun = now();
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.body?.cancel();
    return { state: 'reached', skewMs: skewOf(response.headers.get('date'), (begun + now()) / 2) };
  } catch (error) {
    return { state: 'unreachable', reason: reasonOf(error) };
  }
}

/** Returns how far this machine's clock is ahead; null when the host states no time. HTTP dates have whole seconds. */
function skewOf(date: string | null, at: number): number | null {
  const stated = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(stated) ? null : Math.round(at - (stated + 500));
}

export function reasonOf(error: unknown): string {
  if (property(error, 'name') === 'TimeoutError') return `no response within ${TIMEOUT_MS / 1000} s`;
  const code = codeOf(error) ?? codeOf(property(error, 'cause'));
  switch (code) {
    case null:
      return 'the connection failed';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `its name cannot be resolved (${code})`;
    case 'ECONNREFUSED':
      return 'the connection was refused (ECONNREFUSED)';
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return 'it does not speak TLS';
    default:
      return /CERT|SSL|TLS|SIGNED/.test(code)
        ? `its certificate is not accepted (${code})`
        : `the connection failed (${code})`;
  }
}

function codeOf(error: unknown): string | null {
  const code = property(error, 'code');
  return typeof code === 'string' ? code : null;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
