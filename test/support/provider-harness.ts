import { plainToInstance } from 'class-transformer';
import { graphql, type GraphQLSchema } from 'graphql';
import { guardSource, guardWriter } from '../../src/auth/guarded-source.js';
import type { Account } from '../../src/domain/account.js';
import type { AccountStore } from '../../src/domain/account-store.js';
import type { Actor } from '../../src/domain/actor.js';
import type { CallLimits } from '../../src/domain/call-limits.js';
import { connectedAccount, type ConnectedAccounts } from '../../src/domain/connected-account.js';
import type { Lookup } from '../../src/domain/lookup.js';
import type { Clock } from '../../src/domain/moment.js';
import type { AccountConnection, DataSource, Provider, RequestScope } from '../../src/domain/provider.js';
import { toGlobalId } from '../../src/domain/reference.js';
import type { Transport } from '../../src/domain/transport.js';
import type { WriteRequest } from '../../src/domain/write.js';
import { type emulators, type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import { createGraphContext } from '../../src/graph/context.js';
import { buildGraphSchema } from '../../src/graph/schema.js';
import { protectTransport } from '../../src/http/protect-transport.js';
import { createTransport } from '../../src/http/transport.js';
import { createMemoryAccountStore } from '../../src/operations/memory-account-store.js';
import { createMemoryLedger } from '../../src/operations/memory-ledger.js';
import { systemTimers } from '../../src/operations/timers.js';
import type { WriteGuards, WriteResult } from '../../src/operations/write-command.js';
import { createWriteService, type WriteService } from '../../src/operations/write-service.js';
import { createIdSealer } from '../../src/storage/sealer.js';
import { Json } from '../emulators/calls.js';

type EmulatorDefinition = (typeof emulators)[keyof typeof emulators];

export interface HarnessOptions<Settings> extends AccountOptions<Settings> {
  readonly scenario?: string;
  readonly switches?: Readonly<Record<string, unknown>>;
  /** The customer who asks; the demo shopper of the sandbox when absent. */
  readonly shopper?: string;
}

/** An account: the sandbox's own, with what is named here changed. */
export interface AccountOptions<Settings> {
  readonly settings?: Partial<Settings>;
  /** Settings of the sandbox entry to leave out. */
  readonly without?: readonly (keyof Settings & string)[];
  readonly baseUrl?: string;
  readonly currency?: string | null;
  readonly timeZone?: string | null;
  readonly timeoutMs?: number;
  readonly limits?: Pick<CallLimits, 'all'>;
  /** What an earlier process remembered; the harness's own when absent. */
  readonly store?: AccountStore;
  /** How far this server's clock is ahead of the provider's. */
  readonly aheadMs?: number;
  /** Stands between the provider and the network. */
  readonly through?: (send: Transport) => Transport;
}

/** Who asks. Null: staff. */
export interface Asking {
  readonly customerId?: string | null;
  readonly recognised?: boolean;
}

export interface WriteOptions<Settings> extends AccountOptions<Settings>, Asking {
  readonly key?: string;
  readonly guards?: Partial<WriteGuards>;
  readonly deadlineMs?: number;
  /** Between two looks for open operations, where the service is started. */
  readonly recoveryIntervalMs?: number;
  readonly service?: WriteService;
  readonly session?: Pick<RequestScope, 'sessionToken' | 'onSessionToken'>;
}

/** One account and the write protocol over it. */
export interface Composition {
  readonly actor: Actor;
  readonly accounts: ConnectedAccounts;
  readonly writes: WriteService;
  readonly clock: Clock;
}

/** A running emulator of a provider, accounts connected to it over real HTTP, and the write protocol on top. */
export interface ProviderHarness<Settings extends object> {
  readonly emulator: RunningEmulator;
  /** Key of the account. */
  readonly accountKey: string;
  readonly shopper: string;
  readonly store: AccountStore;
  account(options?: AccountOptions<Settings>): Account<Settings>;
  connect(options?: AccountOptions<Settings>): AccountConnection;
  open(options?: AccountOptions<Settings> & Asking & Partial<Omit<RequestScope, 'shopper'>>): DataSource;
  compose(options?: WriteOptions<Settings>): Composition;
  /** Runs a write with a key of its own through the write protocol. */
  write(request: WriteRequest, options?: WriteOptions<Settings>): Promise<WriteResult>;
  /** The data of one request to the real schema. Throws when there are errors. */
  graph(source: string, variables?: object, options?: WriteOptions<Settings>): Promise<Json>;
  /** Rows of the emulator's store. */
  rows(table: string): readonly Json[];
  /** Requests since the last time they were asked for. */
  requests(): ReturnType<RunningEmulator['requests']['list']>;
  /** The same as `GET /orders/`. */
  calls(): readonly string[];
  /** A ledger without a record, as after the loss of its last commits. */
  forget(): void;
  /** Fresh data, and nothing remembered. */
  restart(scenario?: string, switches?: Readonly<Record<string, unknown>>): void;
  close(): Promise<void>;
}

export async function startHarness<Settings extends object>(
  provider: Provider<Settings>,
  definition: EmulatorDefinition,
  { scenario, switches = {}, ...common }: HarnessOptions<Settings> = {},
): Promise<ProviderHarness<Settings>> {
  const emulator = await startEmulator(definition, { ...(scenario !== undefined && { scenario }), switches });
  const transport = createTransport();
  const sandbox = definition.sandbox(emulator.url);
  const { key, provider: _name, label, baseUrl, currency, timeZone, ...own } = sandbox.account;
  const shopper = common.shopper ?? sandbox.shopper.customerId;
  const clockOf =
    (aheadMs = 0): Clock =>
    () =>
      new Date(emulator.clock.now().getTime() + aheadMs);
  let store = createMemoryAccountStore(clockOf());
  let ledger = createMemoryLedger(systemTimers, clockOf());
  let schema: GraphQLSchema | null = null;
  let keys = 0;

  const harness: ProviderHarness<Settings> = {
    emulator,
    accountKey: key,
    shopper,
    get store() {
      return store;
    },
    account(given = {}) {
      const options = { ...common, ...given };
      const left = new Set<string>(options.without);
      const ref = { type: 'ProviderAccount', account: key, key } as const;
      return {
        id: toGlobalId(ref),
        ref,
        key,
        provider: provider.key,
        label,
        environment: 'EMULATOR',
        baseUrl: options.baseUrl ?? baseUrl,
        timeZone: options.timeZone === undefined ? timeZone : options.timeZone,
        currency: options.currency === undefined ? currency : options.currency,
        timeoutMs: options.timeoutMs ?? 2_000,
        settings: plainToInstance(provider.settings, {
          ...Object.fromEntries(Object.entries(own).filter(([name]) => !left.has(name))),
          ...common.settings,
          ...given.settings,
        }),
      };
    },
    connect(options = {}) {
      const { through = (send) => send, limits } = options;
      return provider.connect(harness.account(options), {
        transport: through(protectTransport(transport.send, { limits: { ...provider.limits, ...limits }, keepMs: 0 })),
        clock: clockOf(options.aheadMs),
        store: options.store ?? store,
      });
    },
    open({ customerId = shopper, recognised = false, ...options } = {}) {
      return openFor(harness.connect(options), customerId, { ...options, recognised });
    },
    compose({
      customerId = shopper,
      recognised = false,
      deadlineMs = 8_000,
      recoveryIntervalMs = 50,
      ...options
    } = {}) {
      const accounts = new Map([[key, connectedAccount(harness.account(options), provider, harness.connect(options))]]);
      const clock = clockOf(options.aheadMs);
      const writes = createWriteService({
        ledger,
        accounts,
        clock,
        guard: guardSource,
        guardWriter,
        report(message, _fields, cause) {
          throw new Error(message, { cause });
        },
        deadlineMs,
        recoveryIntervalMs,
      });
      return { actor: actorOf(key, customerId, recognised), accounts, writes, clock };
    },
    write(request, options = {}) {
      const { actor, writes } = harness.compose(options);
      return (options.service ?? writes).run({
        actor,
        account: key,
        idempotencyKey: options.key ?? `a-key-of-this-test-${(keys += 1)}`,
        request,
        guards: { preview: null, maxIncrease: null, ...options.guards },
        ...(options.session && { session: options.session }),
      });
    },
    async graph(source, variableValues = {}, options = {}) {
      schema ??= buildGraphSchema([provider]);
      const contextValue = createGraphContext({
        ...harness.compose(options),
        signal: new AbortController().signal,
        sealer: createIdSealer('test', 'identifiers'),
      });
      const result = await graphql({ schema, source, contextValue, variableValues: { ...variableValues } });
      if (result.errors) throw new Error(JSON.stringify(result.errors));
      return new Json(JSON.parse(JSON.stringify(result.data)));
    },
    rows: (table) => new Json(emulator.state()).rows(table),
    requests() {
      const requests = emulator.requests.list();
      emulator.requests.clear();
      return requests;
    },
    calls: () => harness.requests().map(({ method, path }) => `${method} ${path}`),
    forget() {
      ledger = createMemoryLedger(systemTimers, clockOf());
    },
    restart(name = scenario, changed = switches) {
      emulator.reset(name, changed);
      store = createMemoryAccountStore(clockOf());
      harness.forget();
    },
    async close() {
      await transport.close();
      await emulator.close();
    },
  };
  return harness;
}

function actorOf(account: string, customerId: string | null, recognised: boolean): Actor {
  const shopper = recognised ? 'RECOGNISED_CUSTOMER' : 'CUSTOMER';
  return {
    id: 'actor-1',
    kind: customerId === null ? 'SERVICE' : shopper,
    scopes: ['upsell:read', 'upsell:write'],
    customers: customerId === null ? {} : { [account]: customerId },
    orders: {},
  };
}

type OpenOptions = Partial<Omit<RequestScope, 'shopper'>> & { readonly recognised?: boolean };

/** Opens a connected account for a customer, or for staff when the customer is null. */
export function openFor(
  connection: AccountConnection,
  customerId: string | null,
  { recognised = false, ...scope }: OpenOptions = {},
): DataSource {
  return connection.open({
    actorId: 'actor-1',
    signal: new AbortController().signal,
    ...scope,
    shopper: { customerId, recognised },
  });
}

type Writers = NonNullable<DataSource['upsells']>;
type Ports<Port extends keyof DataSource, Write extends keyof Writers> = Required<Pick<DataSource, Port>> & {
  readonly upsells: Required<Pick<Writers, Write>>;
};

/** The ports and writers a provider has. Throws when one is missing. */
export function portsOf<Port extends keyof DataSource, Write extends keyof Writers>(
  source: DataSource,
  ports: readonly Port[],
  writers: readonly Write[],
): DataSource & Ports<Port, Write> {
  const has = (given: DataSource): given is DataSource & Ports<Port, Write> =>
    ports.every((name) => given[name]) && writers.every((name) => given.upsells?.[name]);
  if (!has(source)) throw new Error(`one of these is missing: ${[...ports, ...writers].join(', ')}`);
  return source;
}

export function valueOf<T>(lookup: Lookup<T> | undefined): T {
  if (lookup?.state !== 'found') throw new Error(`expected a value, got ${JSON.stringify(lookup)}`);
  return lookup.value;
}
