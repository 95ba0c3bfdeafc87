import type { DataSource } from '../domain/provider.js';

/** A call of a port: its name such as `orders.getMany`, and what it was called with. */
export interface PortCall {
  readonly name: string;
  readonly args: readonly unknown[];
}

type Around = <T>(call: PortCall, work: () => T) => T;

/** Runs every call of every port of a data source inside `around`; writers of `upsells` count as ports. */
export function wrapSource(source: DataSource, around: Around): DataSource {
  return wrapPorts(source, '', around);
}

function wrapPorts<T extends object>(ports: T, path: string, around: Around): T {
  return new Proxy(ports, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof name === 'symbol') return value;
      const at = path === '' ? name : `${path}.${name}`;
      if (typeof value === 'function')
        return (...args: readonly unknown[]) => around({ name: at, args }, () => Reflect.apply(value, target, args));
      return typeof value === 'object' && value !== null ? wrapPorts(value, at, around) : value;
    },
  });
}
