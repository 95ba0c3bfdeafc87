import { checkAccounts, type ConfiguredAccount, type Providers } from '../config/accounts.js';
import type { EmulatorPorts } from '../config/listen.js';
import type { TokenRules } from '../auth/token-rules.js';
import type { Account } from '../domain/account.js';
import type { Actor } from '../domain/actor.js';
import type { Clock } from '../domain/moment.js';
import { emulators } from '../emulators/index.js';
import type { EmulatorDefinition, SandboxEntry } from '../emulators/kit/definition.js';
import { type RunningEmulator, startEmulator } from '../emulators/kit/emulator.js';
import { LOOPBACK_ORIGIN } from '../emulators/kit/loopback.js';
import { CannotListen, explain } from './listen.js';
import { createSandboxShoppers, type SandboxShopper } from './sandbox-shoppers.js';

export interface SandboxEmulator
  extends Pick<SandboxEntry, 'targets' | 'records' | 'decline'>, Required<Pick<SandboxEntry, 'goods'>> {
  readonly title: string;
  readonly url: string;
  /** Key of the account connected to the emulator. */
  readonly account: string;
  /** The account as a configuration file names it. */
  readonly settings: SandboxEntry['account'];
}

/** Emulators on loopback ports of this process, their accounts, and the shoppers known there. */
export interface Sandbox {
  readonly emulators: readonly SandboxEmulator[];
  readonly accounts: readonly ConfiguredAccount[];
  /** Who asks without a token. */
  readonly shopper: Actor;
  readonly shoppers: readonly SandboxShopper[];
  readonly tokenRules: TokenRules;
  /** Origins of pages that may call the graph: those of this machine. */
  readonly origins: readonly RegExp[];
  /** Returns the clock of an account's emulator, so that moving it closes windows. */
  clockFor(account: Account): Clock;
  /** Calls back with an account whose emulator has started over: what is on record of it is no longer so. */
  onStartOver(forget: (account: string) => void): void;
  /** Lets the emulators send webhooks to the server at this URL. */
  sendWebhooksTo(serverUrl: string): Promise<void>;
  close(): Promise<void>;
}

/** Throws `CannotListen` when a port that the operator named is in use. */
export async function startSandbox(providers: Providers, ports: EmulatorPorts, clock: Clock): Promise<Sandbox> {
  const running = await startAll(Object.values(emulators), ports);
  const started = Object.values(emulators).flatMap((definition, index) => {
    const emulator = running[index];
    return emulator ? [{ emulator, title: definition.title, ...definition.sandbox(emulator.url) }] : [];
  });
  const { accounts, problems } = checkAccounts(
    started.map(({ account, webhooks }) => (webhooks ? { ...account, webhookSecrets: [webhooks.secret] } : account)),
    providers,
    'EMULATOR',
  );
  const [problem] = problems;
  if (problem) throw new TypeError(`The sandbox does not fit its provider: ${problem.path} ${problem.message}.`);
  const clocks = new Map(started.map(({ account, emulator }) => [account.key, () => emulator.clock.now()]));
  const { demo, shoppers, rules } = await createSandboxShoppers(started, clock);

  return {
    accounts,
    emulators: started.map(({ title, emulator, account, targets, records, goods = [], decline }) => ({
      title,
      url: emulator.url,
      account: account.key,
      settings: account,
      targets,
      records,
      goods,
      decline,
    })),
    shopper: demo,
    shoppers,
    tokenRules: rules,
    origins: [LOOPBACK_ORIGIN],
    clockFor: ({ key }) => clocks.get(key) ?? (() => new Date()),
    onStartOver(forget) {
      for (const { emulator, account } of started) emulator.onStartOver(() => forget(account.key));
    },
    async sendWebhooksTo(serverUrl) {
      await Promise.all(
        started.map(async ({ emulator, account, webhooks }) => {
          if (!webhooks) return;
          const body = JSON.stringify({ url: `${serverUrl}/webhooks/${account.key}`, ...webhooks.settings });
          const headers = { 'content-type': 'application/json' };
          // Refused for a server that listens beyond this machine: then the sandbox does without.
          await fetch(`${emulator.url}/__emulator/webhooks`, { method: 'POST', headers, body });
        }),
      );
    },
    async close() {
      await Promise.all(running.map((emulator) => emulator.close()));
    },
  };
}

/** Starts each emulator on its own port, or none of them. */
async function startAll(
  definitions: readonly EmulatorDefinition<unknown>[],
  ports: EmulatorPorts,
): Promise<readonly RunningEmulator[]> {
  const results = await Promise.allSettled(definitions.map((each, index) => startAt(each, portAt(ports, index))));
  const running = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failed = results.find((result) => result.status === 'rejected');
  if (!failed) return running;
  await Promise.all(running.map((emulator) => emulator.close()));
  throw failed.reason;

  async function startAt(definition: EmulatorDefinition<unknown>, port: number): Promise<RunningEmulator> {
    try {
      return await startEmulator(definition, { port });
    } catch (cause) {
      if (!ports.isNamed && port !== 0) return startEmulator(definition);
      throw new CannotListen(explain(cause, '127.0.0.1', port, 'Choose another with EMULATOR_PORT.'), { cause });
    }
  }
}

function portAt({ first }: EmulatorPorts, index: number): number {
  return first === 0 ? 0 : first + index;
}
