import type { CurrencyCode } from './currency.js';
import type { EntityRef, GlobalId } from './reference.js';

/** Key of a registered provider, an enum value of the schema. Open: the registry decides which there are. */
export type ProviderKey = string;

export type ProviderEnvironment = 'LIVE' | 'TEST' | 'EMULATOR';

/** One account at one provider, as configured. */
export interface Account<Settings extends object = object> {
  readonly id: GlobalId;
  readonly ref: EntityRef<'ProviderAccount'>;
  /** The operator's key for it, `^[a-z0-9]+(-[a-z0-9]+)*$`. */
  readonly key: string;
  readonly provider: ProviderKey;
  readonly label: string;
  readonly environment: ProviderEnvironment;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly timeZone: string | null;
  readonly currency: CurrencyCode | null;
  /** Deadline of one provider call. */
  readonly timeoutMs: number;
  /** What this provider needs besides. */
  readonly settings: Settings;
}
