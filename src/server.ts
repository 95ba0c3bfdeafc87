import { type Authenticator, createAuthenticator, createSandboxAuthenticator } from './auth/authenticate.js';
import { guardSource, guardWriter } from './auth/guarded-source.js';
import type { ConfiguredAccount, Providers } from './config/accounts.js';
import type { Config } from './config.js';
import type { Account } from './domain/account.js';
import type { Clock } from './domain/moment.js';
import { createGraphContext } from './graph/context.js';
import { asSubgraph } from './graph/federation/subgraph.js';
import { buildGraphSchema } from './graph/schema.js';
import { type AccountTransport, createTransport } from './http/transport.js';
import { createWriteService } from './operations/write-service.js';
import type { WriteTiming } from './operations/write-timing.js';
import { providers as knownProviders } from './providers/index.js';
import { createApp } from './server/app.js';
import { connectAccounts } from './server/connect-accounts.js';
import { allowOrigins } from './server/cors.js';
import { serveGraphiql } from './server/graphiql.js';
import { serveGraph } from './server/graphql.js';
import { serveHealth } from './server/health.js';
import { listen } from './server/listen.js';
import { createLog, type Logger } from './server/log.js';
import { openObservation } from './server/observation.js';
import type { Sandbox, SandboxEmulator } from './server/sandbox.js';
import { serveSandbox } from './server/sandbox-page.js';
import { memoryStorage, openStorage, type Storage } from './server/storage.js';

const GRAPH_PATH = '/graphql';

export interface ServerParts {
  readonly config: Config;
  readonly providers?: Providers;
  readonly clock?: Clock;
  /** Where operations are kept; by default in memory in sandbox mode, else as configured. */
  readonly storage?: Storage;
  readonly writeTiming?: Partial<WriteTiming>;
  readonly log?: Logger;
  /** How each account reaches its provider. */
  readonly transportFor?: (account: Account, connections: number) => AccountTransport;
}

export interface UpsellServer {
  /** Of sandbox mode; empty otherwise. */
  readonly emulators: readonly SandboxEmulator[];
  /** Resolves with the URL; throws `CannotListen`. */
  listen(): Promise<string>;
  /** Says to balancers that this process takes no more requests, while it still answers those that come. */
  announceStop(): void;
  /** Lets running requests end, then frees everything. */
  close(): Promise<void>;
}

/** Puts the parts together: nothing else knows them all. */
export async function createUpsellServer({
  config,
  providers = knownProviders,
  clock = () => new Date(),
  storage: givenStorage,
  writeTiming = {},
  log = createLog(config.mode === 'sandbox' ? 'warn' : 'info'),
  transportFor = (_account, connections) => createTransport({ connections }),
}: ServerParts): Promise<UpsellServer> {
  const storage = givenStorage ?? (await storageFor(config));
  const { ledger, accountStoreFor, sealer } = storage;
  const { sandbox, authenticate, ...ground } = await prepare(config, providers, clock);
  const observation = await openObservation(config, ledger, log);
  const { observe } = observation;
  const connected = connectAccounts(ground.accounts, {
    transportFor,
    accountStoreFor,
    clockFor: ground.clockFor,
    observe,
  });
  const { accounts } = connected;
  const writes = createWriteService({
    ledger,
    accounts,
    clock,
    guard: guardSource,
    guardWriter,
    observe,
    ...keepingTimes(config),
    ...writeTiming,
    report: (message, fields, cause) => log.warn(cause === undefined ? fields : { ...fields, err: cause }, message),
  });

  const app = createApp(log, config.server);
  const health = serveHealth(app, { ledger, checkKeys: () => authenticate.checkKeys(), log });
  observation.serveBeside(app);
  allowOrigins(app, GRAPH_PATH, config.server.corsOrigins);
  if (config.server.graphiql) serveGraphiql(app);
  if (sandbox) serveSandbox(app, sandbox);
  const described = buildGraphSchema(Object.values(providers));
  const graph = await serveGraph(app, GRAPH_PATH, {
    schema: asSubgraph(described),
    described,
    authenticate,
    createContext: (actor, signal, sessions) =>
      createGraphContext({
        actor,
        accounts,
        writes,
        clock,
        signal,
        sessions,
        sealer,
        observe,
        report: (err, account) => log.error({ err, account }, 'an account could not be read'),
      }),
    settings: config.server,
    log,
    observe,
  });

  return {
    emulators: sandbox?.emulators ?? [],
    async listen() {
      const url = await listen(app, config.server);
      await observation.listen();
      writes.start();
      return url;
    },
    announceStop: health.announceStop,
    async close() {
      health.announceStop();
      await graph.stop();
      await writes.stop();
      await observation.close();
      await connected.close();
      await storage.close();
      await sandbox?.close();
    },
  };
}

/** Throws `StorageProblem`. */
function storageFor(config: Config): Promise<Storage> | Storage {
  return config.mode === 'sandbox' ? memoryStorage() : openStorage(config.storage);
}

const HOUR_MS = 3_600_000;

function keepingTimes(config: Config): Partial<WriteTiming> {
  if (config.mode === 'sandbox') return {};
  const { retentionDays, giveUpAfterHours } = config.storage;
  return { retentionMs: retentionDays * 24 * HOUR_MS, giveUpMs: giveUpAfterHours * HOUR_MS };
}

/** What differs between the two modes. */
interface Ground {
  readonly accounts: readonly ConfiguredAccount[];
  readonly authenticate: Authenticator;
  readonly clockFor: (account: Account) => Clock;
  readonly sandbox: Sandbox | null;
}

async function prepare(config: Config, providers: Providers, clock: Clock): Promise<Ground> {
  if (config.mode === 'configured') {
    const authenticate = createAuthenticator(config.auth, clock);
    return { accounts: config.accounts, authenticate, clockFor: () => clock, sandbox: null };
  }
  // Whoever has accounts of their own does not load the emulators.
  const { startSandbox } = await import('./server/sandbox.js');
  const sandbox = await startSandbox(providers);
  const { accounts, clockFor, shopper } = sandbox;
  return { accounts, authenticate: createSandboxAuthenticator(shopper), clockFor, sandbox };
}
