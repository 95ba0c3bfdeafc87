import type { Account } from '../domain/account.js';
import { type Observe, type ProviderCall, unobserved } from '../domain/observer.js';
import { type OutboundRequest, type Transport, TransportFailure, withheldFor } from '../domain/transport.js';

type Asked = Pick<Account, 'key' | 'provider'>;

/** Every request an account sends, measured; it carries the trace on to the provider. */
export function observedTransport(send: Transport, account: Asked, observe: Observe): Transport {
  if (observe === unobserved) return send;
  return (request) =>
    observe(
      'providerCall',
      toCall(request, account),
      (trace) => send({ ...request, headers: { ...request.headers, ...trace } }),
      ({ status }) => ({ status }),
    );
}

/** What an account wanted to send and was held back, measured too. */
export function observedRefusals(send: Transport, account: Asked, observe: Observe): Transport {
  if (observe === unobserved) return send;
  return async (request) => {
    try {
      return await send(request);
    } catch (error) {
      const reason = error instanceof TransportFailure ? withheldFor(error.kind) : null;
      if (reason) {
        const call = toCall(request, account);
        await observe(
          'withheldCall',
          call,
          async () => {},
          () => ({ reason }),
        );
      }
      throw error;
    }
  };
}

function toCall({ method, url, urlTemplate, attempt }: OutboundRequest, { key, provider }: Asked): ProviderCall {
  const { hostname: host, port, protocol } = new URL(url);
  const defaultPort = protocol === 'https:' ? 443 : 80;
  return { account: key, provider, method, urlTemplate, attempt, host, port: Number(port) || defaultPort };
}
