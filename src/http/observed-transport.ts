import type { Account } from '../domain/account.js';
import { type Observe, unobserved } from '../domain/observer.js';
import type { Transport } from '../domain/transport.js';

/** Every request an account sends, measured; it carries the trace on to the provider. */
export function observedTransport(
  send: Transport,
  { key, provider }: Pick<Account, 'key' | 'provider'>,
  observe: Observe,
): Transport {
  if (observe === unobserved) return send;
  return (request) => {
    const { method, url, urlTemplate, attempt } = request;
    const { hostname, port, protocol } = new URL(url);
    return observe(
      'providerCall',
      {
        account: key,
        provider,
        method,
        urlTemplate,
        attempt,
        host: hostname,
        port: Number(port) || (protocol === 'https:' ? 443 : 80),
      },
      (trace) => send({ ...request, headers: { ...request.headers, ...trace } }),
      ({ status }) => ({ status }),
    );
  };
}
