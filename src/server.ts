import { type Authenticator, createAuthenticator, createSandboxAuthenticator } from './auth/authenticate.js';
import { guardSource, guardWriter } from './auth/guarded-source.js';
import type { ConfiguredAccount, Providers } from './config/accounts.js';
import type { Config } from './config.js';
import type { Account } from './domain/account.js';
import type { Clock } from './domain/moment.js';
import { createGraphContext } from './graph/context.js';
import { asSubgraph } from './graph/federation/subgraph.js';
import { buildGraphSchema } from './graph/schema.js';
import { createTransport } from './http/transport.js';
import { announceTransitions } from './operations/announce-transitions.js';
import { createWriteService } from './operations/write-service.js';
import type { WriteTiming } from './operations/write-timing.js';
import { providers as knownProviders } from './providers/index.js';
import { createNotices } from './server/notices.js';
import { createApp } from './server/app.js';
import { connectAccounts, type TransportFor } from './server/connect-accounts.js';
import { allowOrigins } from './server/cors.js';
import { serveGraphiql } from './server/graphiql.js';
import { serveGraph } from './server/graphql.js';
import { serveHealth } from './server/health.js';
import { identifyBy } from './server/identify.js';
import { limitRate } from './server/limits/rate-limit.js';
import { CallMeter } from './server/limits/call-meter.js';
import { listen } from './server/listen.js';
import { createLog, type Logger } from './server/log.js';
import { openTelemetry } from './server/telemetry.js';
import type { Sandbox, SandboxEmulator } from './server/sandbox.js';
import { SANDBOX_PATH, sandboxLinks, serveSandbox } from './server/sandbox-page.js';
import { memoryStorage, openStorage, type Storage } from './server/storage.js';
import type { StreamTiming } from './server/streams/open-streams.js';
import { serveWebhooks } from './server/webhooks/serve-webhooks.js';
import { noticeDoubt } from './server/notice-doubt.js';
import { watchLedger } from './server/watch-ledger.js';

const GRAPH_PATH = '/graphql';

/** By the monotonic clock, which begins with the process. */
const PROCESS_START = 0;

export interface ServerParts {
  readonly config: Config;
  readonly providers?: Providers;
  readonly clock?: Clock;
  /** Storage of operations; by default memory in sandbox mode, else as configured. */
  readonly storage?: Storage;
  readonly writeTiming?: Partial<WriteTiming>;
  readonly streamTiming?: Partial<StreamTiming>;
  readonly log?: Logger;
  /** Creates the transport of an account. */
  readonly transportFor?: TransportFor;
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
  streamTiming = {},
  log = createLog(config.mode === 'sandbox' ? 'warn' : 'info'),
  transportFor = (_account, connections, maxResponseBytes) => createTransport({ connections, maxResponseBytes }),
}: ServerParts): Promise<UpsellServer> {
  const storage = givenStorage ?? (await storageFor(config, log));
  const { accountStoreFor, sealer, changes, budgets } = storage;
  const { sandbox, authenticate, ...modeParts } = await resolveMode(config, providers, clock);
  sandbox?.onStartOver((account) => storage.forgetOperations?.(account));
  const telemetry = await openTelemetry(config, storage.ledger, log);
  const { observe } = telemetry;
  const callMeter = new CallMeter();
  const notices = createNotices(log);
  const tookLedger = (call: string, ms: number) => {
    notices.ledgerTook(call, ms);
    telemetry.count?.ledgerCall(call, ms / 1_000);
  };
  const askedForBudget = (ms: number, error: unknown) => {
    notices.askedForBudget(ms, error);
    telemetry.count?.budgetQuestion(ms / 1_000, error === null ? 'answered' : 'failed');
  };
  const connected = connectAccounts(modeParts.accounts, {
    notices,
    transportFor,
    accountStoreFor,
    clockFor: modeParts.clockFor,
    observe,
    countCalls: (send) => callMeter.counting(send),
    ...(budgets && { budgets: { ...budgets, startedAt: PROCESS_START, asked: askedForBudget } }),
    surprised(account, field) {
      notices.surprised(account, field);
      if (account) telemetry.count?.decodeSurprise(account.provider, field);
    },
  });
  const { accounts } = connected;
  const ledger = announceTransitions(watchLedger(storage.ledger, tookLedger), changes, accounts);
  const writes = createWriteService({
    ledger,
    accounts,
    clock,
    guard: guardSource,
    guardWriter,
    observe: noticeDoubt(observe, notices.leftInDoubt),
    ...retentionTiming(config),
    ...writeTiming,
    report: (message, fields, cause) => log.warn(cause === undefined ? fields : { ...fields, err: cause }, message),
  });

  const app = createApp(log, config.server);
  const health = serveHealth(app, {
    ledger,
    async checkKeys() {
      const missing = await authenticate.checkKeys();
      for (const issuer of config.mode === 'configured' ? config.auth.issuers.map((rules) => rules.issuer) : [])
        if (!missing.includes(issuer)) notices.keysFetched(issuer);
      return missing;
    },
    warnings: notices.warnings,
    log,
  });
  telemetry.serveMetricsOn(app);
  allowOrigins(
    app,
    sandbox ? [GRAPH_PATH, SANDBOX_PATH] : [GRAPH_PATH],
    sandbox ? sandbox.origins : config.server.corsOrigins,
    config.server.corsHeaders,
  );
  if (config.server.graphiql) serveGraphiql(app, sandbox ? sandboxLinks : []);
  if (sandbox) serveSandbox(app, sandbox);
  const webhooks = serveWebhooks(app, {
    accounts: modeParts.accounts,
    clockFor: modeParts.clockFor,
    inbox: storage.inbox,
    changes,
    observe,
    log,
    onEvent(account, lockNames) {
      connected.forgetReads(account);
      writes.lookAt(lockNames);
    },
  });
  const apiSchema = buildGraphSchema(Object.values(providers));
  const identify = identifyBy(authenticate, log, (issuer, cause) => {
    notices.keysMissing(issuer, cause);
    telemetry.count?.keyFailure(issuer);
  });
  const takeCalls = (actorId: string) => callMeter.take(actorId);
  const countRequest = await limitRate(app, config.server.limits.rate, takeCalls, budgets?.states);
  if (config.mode === 'configured' && config.auth.session) {
    const keys = config.accounts.map(({ account }) => account.key);
    const { serveSessions } = await import('./server/session/session-endpoint.js');
    serveSessions(app, { rules: config.auth.session, identify, countRequest, accounts: keys, clock, log });
  }
  const graph = await serveGraph(app, GRAPH_PATH, {
    schema: asSubgraph(apiSchema),
    apiSchema: apiSchema,
    identify,
    countRequest,
    createContext: (actor, signal, shopper, event) =>
      createGraphContext({
        actor,
        accounts,
        writes,
        clock,
        signal,
        ...shopper,
        sealer,
        observe,
        changes,
        ...event,
        report: (err, account) => log.error({ err, account }, 'an account could not be read'),
      }),
    settings: config.server,
    log,
    observe,
    clock,
    streamTiming,
  });

  return {
    emulators: sandbox?.emulators ?? [],
    async listen() {
      const url = await listen(app, config.server);
      await telemetry.listen();
      writes.start();
      storage.listen?.();
      await sandbox?.sendWebhooksTo(url);
      return url;
    },
    announceStop: health.announceStop,
    async close() {
      health.announceStop();
      await writes.stop(graph.stop());
      webhooks.stop();
      await telemetry.close();
      await connected.close();
      await storage.close();
      await sandbox?.close();
    },
  };
}

/** Opens the storage of the mode. Throws `StorageProblem`. */
function storageFor(config: Config, log: Logger): Promise<Storage> | Storage {
  if (config.mode === 'sandbox') return memoryStorage();
  return openStorage(config.storage, (message, err) => log.warn(err === undefined ? {} : { err }, message));
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
  const sandbox = await startSandbox(providers, config.emulatorPorts, clock);
  const { accounts, clockFor, shopper, tokenRules } = sandbox;
  return { accounts, authenticate: createSandboxAuthenticator(shopper, tokenRules, clock), clockFor, sandbox };
}
