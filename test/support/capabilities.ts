import { type CapabilityKey, capabilityKeys, type CapabilityMatrix } from '../../src/domain/capability.js';

/** The matrix of a provider that does these by itself, and nothing else. */
export function capableOf(...native: readonly CapabilityKey[]): CapabilityMatrix {
  const rows = capabilityKeys.map((key): [CapabilityKey, CapabilityMatrix[CapabilityKey]] => [
    key,
    native.includes(key)
      ? { support: 'NATIVE', note: null }
      : { support: 'UNSUPPORTED', note: 'This provider does not do it.' },
  ]);
  return Object.fromEntries(rows) as CapabilityMatrix;
}
