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

/** What a server is made of. Everything but `config` has a default that suits production. */
export interface ServerOptions {
  /** Path of a YAML file, the same settings as an object, or the sandbox: local emulators with demo data. */
  readonly config: string | Settings | { readonly sandbox: true };
  /** Where `${NAME}` in settings, PORT, HOST and NODE_ENV are looked up. Default: the environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What time it is. Tokens, windows and recovery follow it. */
  readonly clock?: Clock;
  /** Receives the log as JSON lines. Default: the standard output. */
  readonly log?: { write(line: string): void };
  /** Where writes are remembered. Default: as configured; `memoryStorage()` suits tests. */
  readonly storage?: Storage;
  /** How an account reaches its provider: a double in tests, a proxy elsewhere. `connections` is the most it may open. */
  readonly transport?: (account: Account, connections: number) => AccountTransport;
}

/** A server that listens. */
export interface Server {
  /** Of the server; the graph is at `/graphql` below it. */
  readonly url: string;
  /** In sandbox mode: the local emulator of each account, with its controls at `/__emulator`. */
  readonly emulators: readonly { readonly account: string; readonly title: string; readonly url: string }[];
  /** Stops taking requests, lets running ones end, then frees everything. */
  close(): Promise<void>;
}

/** The configuration cannot be used. `message` lists every mistake with its path and without values. */
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
 * Throws `ConfigurationError`, or the error of a storage or an address that cannot be used.
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
