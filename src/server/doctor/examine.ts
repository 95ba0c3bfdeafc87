import type { ConfiguredAccount } from '../../config/accounts.js';
import type { Config } from '../../config.js';
import type { Account } from '../../domain/account.js';
import { type AccountTransport, createTransport } from '../../http/transport.js';
import { createMemoryAccountStore } from '../../operations/memory-account-store.js';
import type { Check } from './check.js';
import { checkAccount } from './check-account.js';
import { checkLedger } from './check-ledger.js';
import { checkTokens } from './check-tokens.js';

type Configured = Extract<Config, { mode: 'configured' }>;

export interface ExaminationOptions {
  /** Account key → a customer whose records may be read. */
  readonly customers?: Readonly<Record<string, string>>;
  readonly transportFor?: (account: Account) => AccountTransport;
  /** Returns the time of this machine, in milliseconds. */
  readonly now?: () => number;
}

/** Looks at everything a server with this configuration depends on, and writes nowhere. */
export async function examine(
  { accounts, auth, storage }: Configured,
  { customers = {}, transportFor = () => createTransport({ connections: 2 }), now = Date.now }: ExaminationOptions = {},
): Promise<readonly Check[]> {
  const check = async (configured: ConfiguredAccount) => {
    const { account } = configured;
    const transport = transportFor(account);
    const clock = () => new Date(now());
    const services = { transport: transport.send, clock, store: createMemoryAccountStore(clock) };
    try {
      return await checkAccount(configured, { services, customerId: customers[account.key] ?? null, now });
    } finally {
      await transport.close();
    }
  };
  const checked = await Promise.all([
    checkLedger(storage),
    ...auth.issuers.map((issuer) => checkTokens(issuer, auth.issuers.length > 1)),
    ...accounts.map(check),
  ]);
  return checked.flat();
}
