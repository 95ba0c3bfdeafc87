import type { Ledger } from '../operations/ledger.js';

/** Waiting for another write to the order is what this call is for. */
const WAITING = 'lockOrder';

/** Reports how long each call of a ledger took, failed ones included. */
export function watchLedger(ledger: Ledger, took: (call: string, ms: number) => void): Ledger {
  return new Proxy(ledger, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || typeof name === 'symbol') return value;
      if (name === WAITING) return value.bind(target);
      return async (...args: readonly unknown[]) => {
        const startedAt = performance.now();
        try {
          return await Reflect.apply(value, target, args);
        } finally {
          took(name, performance.now() - startedAt);
        }
      };
    },
  });
}
