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
import { createAccountNotices } from './server/account-notices.js';
import { createApp } from './server/app.js';
import { connectAccounts } from './server/connect-accounts.js';
import { allowOrigins } from './server/cors.js';
import { serveGraphiql } from './server/graphiql.js';
import { serveGraph } from './server/graphql.js';
import { serveHealth } from './server/health.js';
import { listen } from './server/listen.js';
import { createLog, type Logger } from './server/log.js';
import { openTelemetry } from './server/telemetry.js';
import type { Sandbox, SandboxEmulator } from './server/sandbox.js';
import { serveSandbox } from './server/sandbox-page.js';
import { memoryStorage, openStorage, type Storage } from './server/storage.js';

const GRAPH_PATH = '/graphql';

export interface ServerParts {
  readonly config: Config;
  readonly providers?: Providers;
  readonly clock?: Clock;
  /** Storage of operations; by default memory in sandbox mode, else as configured. */
  readonly storage?: Storage;
  readonly writeTiming?: Partial<WriteTiming>;
  readonly log?: Logger;
  /** Creates the transport of an account. */
  readonly transportFor?: (account: Account, connections: number) => AccountTransport;
}

export interface UpsellServer {
  /** Emulators of sandbox mode; empty otherwise. */
  readonly emulators: readonly SandboxEmulator[];
  /** Starts to listen and resolves with the URL. Throws `CannotListen`. */
  listen(): Promise<string>;
  /** Reports to load balancers that this process takes no more requests, while it still serves those that arrive. */
  announceStop(): void;
  /** Lets running requests finish, then releases all resources. */
  close(): Promise<void>;
}

/** Assembles a server from its parts. */
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
  const { sandbox, authenticate, ...modeParts } = await resolveMode(config, providers, clock);
  const telemetry = await openTelemetry(config, ledger, log);
  const { observe } = telemetry;
  const notices = createAccountNotices(log);
  const connected = connectAccounts(modeParts.accounts, {
    notices,
    transportFor,
    accountStoreFor,
    clockFor: modeParts.clockFor,
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
    ...retentionTiming(config),
    ...writeTiming,
    report: (message, fields, cause) => log.warn(cause === undefined ? fields : { ...fields, err: cause }, message),
  });

  const app = createApp(log, config.server);
  const health = serveHealth(app, {
    ledger,
    checkKeys: () => authenticate.checkKeys(),
    warnings: notices.warnings,
    log,
  });
  telemetry.serveMetricsOn(app);
  allowOrigins(app, GRAPH_PATH, config.server.corsOrigins, config.server.corsHeaders);
  if (config.server.graphiql) serveGraphiql(app);
  if (sandbox) serveSandbox(app, sandbox);
  const apiSchema = buildGraphSchema(Object.values(providers));
  const graph = await serveGraph(app, GRAPH_PATH, {
    schema: asSubgraph(apiSchema),
    apiSchema: apiSchema,
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
      await telemetry.listen();
      writes.start();
      return url;
    },
    announceStop: health.announceStop,
    async close() {
      health.announceStop();
      await graph.stop();
      await writes.stop();
      await telemetry.close();
      await connected.close();
      await storage.close();
      await sandbox?.close();
    },
  };
}

/** Opens the storage of the mode. Throws `StorageProblem`. */
function storageFor(config: Config): Promise<Storage> | Storage {
  return config.mode === 'sandbox' ? memoryStorage() : openStorage(config.storage);
}

const HOUR_MS = 3_600_000;

function retentionTiming(config: Config): Partial<WriteTiming> {
  if (config.mode === 'sandbox') return {};
  const { retentionDays, giveUpAfterHours } = config.storage;
  return { retentionMs: retentionDays * 24 * HOUR_MS, giveUpMs: giveUpAfterHours * HOUR_MS };
}

/** The parts that differ between the two modes. */
interface ModeParts {
  readonly accounts: readonly ConfiguredAccount[];
  readonly authenticate: Authenticator;
  readonly clockFor: (account: Account) => Clock;
  readonly sandbox: Sandbox | null;
}

async function resolveMode(config: Config, providers: Providers, clock: Clock): Promise<ModeParts> {
  if (config.mode === 'configured') {
    const authenticate = createAuthenticator(config.auth, clock);
    return { accounts: config.accounts, authenticate, clockFor: () => clock, sandbox: null };
  }
  // A configured server never loads the emulators.
  const { startSandbox } = await import('./server/sandbox.js');
  const sandbox = await startSandbox(providers);
  const { accounts, clockFor, shopper } = sandbox;
  return { accounts, authenticate: createSandboxAuthenticator(shopper), clockFor, sandbox };
}
