import type { CurrencyCode } from './currency.js';
import type { EntityRef, GlobalId } from './reference.js';

/** Key of a registered provider and its enum value in the schema. Open: the registry defines the keys. */
export type ProviderKey = string;

export type ProviderEnvironment = 'LIVE' | 'TEST' | 'EMULATOR';

/** A configured account at a provider. */
export interface Account<Settings extends object = object> {
  readonly id: GlobalId;
  readonly ref: EntityRef<'ProviderAccount'>;
  /** Key chosen by the operator, `^[a-z0-9]+(-[a-z0-9]+)*$`. */
  readonly key: string;
  readonly provider: ProviderKey;
  readonly label: string;
  readonly environment: ProviderEnvironment;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly timeZone: string | null;
  readonly currency: CurrencyCode | null;
  /** Timeout of one provider call, retries included. */
  readonly timeoutMs: number;
  /** Settings specific to the provider. */
  readonly settings: Settings;
}
