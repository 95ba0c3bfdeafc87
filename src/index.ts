import 'reflect-metadata';
import { loadConfig } from './config.js';
import type { ConfigProblem } from './config/problem.js';
import type { Settings } from './config/settings.js';
import type { Account } from './domain/account.js';
import type { Clock } from './domain/moment.js';
import type { AccountTransport } from './http/transport.js';
import { providers } from './providers/index.js';
import { createUpsellServer } from './server.js';
import { createLog } from './server/log.js';
import type { Storage } from './server/storage.js';

export type { AccountSettings, Settings } from './config/settings.js';
export type { ConfigProblem } from './config/problem.js';
export type { Account } from './domain/account.js';
export type { Clock } from './domain/moment.js';
export type { OutboundRequest, OutboundResponse, Transport } from './domain/transport.js';
export type { AccountTransport } from './http/transport.js';
export type { Storage } from './server/storage.js';
export { memoryStorage } from './server/storage.js';

/** Options of a server. All but `config` have defaults suited to production. */
export interface ServerOptions {
  /** Path of a YAML file, the same settings as an object, or the sandbox: local emulators with demo data. */
  readonly config: string | Settings | { readonly sandbox: true };
  /** Environment for `${NAME}` in settings, PORT, HOST and NODE_ENV. Default: that of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Clock of tokens, windows and recovery. */
  readonly clock?: Clock;
  /** Receives the log as JSON lines. Default: the standard output. */
  readonly log?: { write(line: string): void };
  /** Storage of writes. Default: as configured; `memoryStorage()` suits tests. */
  readonly storage?: Storage;
  /** Creates the transport of an account, for example a test double or a proxy, with at most `connections` connections. */
  readonly transport?: (account: Account, connections: number) => AccountTransport;
}

/** A running server. */
export interface Server {
  /** Base URL; the graph is at `/graphql`. */
  readonly url: string;
  /** Emulator of each account in sandbox mode, with its controls at `/__emulator`. */
  readonly emulators: readonly { readonly account: string; readonly title: string; readonly url: string }[];
  /** Stops accepting requests, lets running ones finish, then releases all resources. */
  close(): Promise<void>;
}

/** Thrown for an invalid configuration. `message` lists every mistake with its path and without values. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(
    message: string,
    readonly problems: readonly ConfigProblem[],
  ) {
    super(message);
  }
}

/**
 * Starts a server in this process and resolves once it listens.
 *
 * Throws `ConfigurationError`, or the error of an unusable storage or address.
 */
export async function createServer({ config, env, clock, log, storage, transport }: ServerOptions): Promise<Server> {
  const loaded = loadConfig({ ...sourceOf(config), providers, ...(env && { env }) });
  if (loaded.outcome === 'invalid') throw new ConfigurationError(loaded.message, loaded.problems);
  const server = await createUpsellServer({
    config: loaded.config,
    ...(clock && { clock }),
    ...(log && { log: createLog('info', { write: (line: string) => log.write(line) }) }),
    ...(storage && { storage }),
    ...(transport && { transportFor: transport }),
  });
  try {
    const url = await server.listen();
    return {
      url,
      emulators: server.emulators.map(({ account, title, url: emulatorUrl }) => ({ account, title, url: emulatorUrl })),
      close: server.close,
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

function sourceOf(config: ServerOptions['config']) {
  if (typeof config === 'string') return { configPath: config };
  if ('sandbox' in config) return { configPath: null, sandbox: true };
  return { configPath: null, settings: config };
}
