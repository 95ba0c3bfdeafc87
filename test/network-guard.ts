import dns from 'node:dns';
import { Socket } from 'node:net';

/** Set up for every test file: nothing beyond this machine is ever reached, so tests cannot depend on it. */
const GUARDED = Symbol.for('upsell-graph.network-guard');

export function refuseOtherHosts(): void {
  if (Reflect.has(Socket.prototype, GUARDED)) return;
  Reflect.set(Socket.prototype, GUARDED, true);

  const connect: unknown = Reflect.get(Socket.prototype, 'connect');
  Reflect.set(Socket.prototype, 'connect', function guarded(this: Socket, ...parameters: unknown[]): unknown {
    const host = hostOf(parameters);
    if (host !== null && !isLoopback(host)) throw refusal(host);
    return typeof connect === 'function' ? Reflect.apply(connect, this, parameters) : this;
  });

  const lookup: unknown = dns.lookup;
  Reflect.set(dns, 'lookup', (host: string, ...parameters: unknown[]): unknown => {
    if (!isLoopback(host)) throw refusal(host);
    return typeof lookup === 'function' ? Reflect.apply(lookup, dns, [host, ...parameters]) : undefined;
  });
}

/** The host of `connect(options)`, `connect(port, host)` or Node's own normalised form; null for a local pipe. */
function hostOf(parameters: readonly unknown[]): string | null {
  const [first, second] = parameters;
  const target: unknown = Array.isArray(first) ? first[0] : first;
  if (typeof target === 'object' && target !== null) {
    if ('path' in target && typeof target.path === 'string') return null;
    return 'host' in target && typeof target.host === 'string' ? target.host : 'localhost';
  }
  return typeof second === 'string' ? second : 'localhost';
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(host);
}

function refusal(host: string): Error {
  return new Error(`A test tried to reach ${host}. Tests talk to this machine only.`);
}
