import type { Account } from '../domain/account.js';
import { type Observe, type ProviderCall, unobserved } from '../domain/observer.js';
import { notSentReason, type OutboundRequest, type Transport, TransportFailure } from '../domain/transport.js';

type ObservedAccount = Pick<Account, 'key' | 'provider'>;

/** Measures every request an account sends and propagates its trace to the provider. */
export function observedTransport(send: Transport, account: ObservedAccount, observe: Observe): Transport {
  if (observe === unobserved) return send;
  return (request) =>
    observe(
      'providerCall',
      toCall(request, account),
      (trace) => send({ ...request, headers: { ...request.headers, ...trace } }),
      ({ status }) => ({ status }),
    );
}

/** Measures every request that this layer rejected unsent. */
export function observedRejections(send: Transport, account: ObservedAccount, observe: Observe): Transport {
  if (observe === unobserved) return send;
  return async (request) => {
    try {
      return await send(request);
    } catch (error) {
      const reason = error instanceof TransportFailure ? notSentReason(error.kind) : null;
      if (reason) {
        const call = toCall(request, account);
        await observe(
          'unsentCall',
          call,
          async () => {},
          () => ({ reason }),
        );
      }
      throw error;
    }
  };
}

function toCall(
  { method, url, urlTemplate, attempt }: OutboundRequest,
  { key, provider }: ObservedAccount,
): ProviderCall {
  const { hostname: host, port, protocol } = new URL(url);
  const defaultPort = protocol === 'https:' ? 443 : 80;
  return { account: key, provider, method, urlTemplate, attempt, host, port: Number(port) || defaultPort };
}
