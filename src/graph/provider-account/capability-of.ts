import type { Capability, CapabilityKey } from '../../domain/capability.js';
import type { ConnectedAccount } from '../../domain/connected-account.js';

/** Returns what an account says of one capability. */
export function capabilityOf({ capabilities }: ConnectedAccount, key: CapabilityKey): Capability {
  return capabilities.find((capability) => capability.key === key) ?? { key, support: 'UNSUPPORTED', note: null };
}
