import { checkAccounts, type ConfiguredAccount, type Providers } from '../config/accounts.js';
import type { Account } from '../domain/account.js';
import type { Actor } from '../domain/actor.js';
import type { Clock } from '../domain/moment.js';
import { emulators } from '../emulators/index.js';
import type { SandboxEntry } from '../emulators/kit/definition.js';
import { startEmulator } from '../emulators/kit/emulator.js';

export interface SandboxEmulator {
  readonly title: string;
  readonly url: string;
  /** Key of the account connected to the emulator. */
  readonly account: string;
  readonly targets: SandboxEntry['targets'];
}

/** Emulators on loopback ports of this process, their accounts, and one shopper known at each. */
export interface Sandbox {
  readonly emulators: readonly SandboxEmulator[];
  readonly accounts: readonly ConfiguredAccount[];
  readonly shopper: Actor;
  /** Returns the clock of an account's emulator, so that moving it closes windows. */
  clockFor(account: Account): Clock;
  close(): Promise<void>;
}

export async function startSandbox(providers: Providers): Promise<Sandbox> {
  const started = await Promise.all(
    Object.values(emulators).map(async (definition) => {
      const running = await startEmulator(definition);
      return { running, title: definition.title, ...definition.sandbox(running.url) };
    }),
  );
  const { accounts, problems } = checkAccounts(
    started.map(({ account }) => account),
    providers,
    'EMULATOR',
  );
  const [problem] = problems;
  if (problem) throw new TypeError(`The sandbox does not fit its provider: ${problem.path} ${problem.message}.`);
  const clocks = new Map(started.map(({ account, running }) => [account.key, () => running.clock.now()]));

  return {
    accounts,
    emulators: started.map(({ title, running, account, targets }) => ({
      title,
      url: running.url,
      account: account.key,
      targets,
    })),
    shopper: {
      id: 'sandbox-shopper',
      kind: 'CUSTOMER',
      scopes: ['upsell:read', 'upsell:write'],
      customers: Object.fromEntries(started.map(({ account, shopper }) => [account.key, shopper.customerId])),
      orders: {},
    },
    clockFor: ({ key }) => clocks.get(key) ?? (() => new Date()),
    async close() {
      await Promise.all(started.map(({ running }) => running.close()));
    },
  };
}
