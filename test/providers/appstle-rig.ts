import { plainToInstance } from 'class-transformer';
import { graphql, type GraphQLSchema } from 'graphql';
import { guardSource, guardWriter } from '../../src/auth/guarded-source.js';
import type { Account } from '../../src/domain/account.js';
import type { Actor } from '../../src/domain/actor.js';
import { connectedAccount } from '../../src/domain/connected-account.js';
import type { ConnectedAccount } from '../../src/domain/connected-account.js';
import type { Lookup } from '../../src/domain/lookup.js';
import type { Operation } from '../../src/domain/operation.js';
import type { AccountConnection, DataSource } from '../../src/domain/provider.js';
import { toGlobalId } from '../../src/domain/reference.js';
import type { WriteRequest } from '../../src/domain/write.js';
import { appstle as emulated } from '../../src/emulators/appstle/index.js';
import { type RunningEmulator, startEmulator } from '../../src/emulators/kit/emulator.js';
import { createGraphContext } from '../../src/graph/context.js';
import { buildGraphSchema } from '../../src/graph/schema.js';
import { protectTransport } from '../../src/http/protect-transport.js';
import { createTransport } from '../../src/http/transport.js';
import { createMemoryAccountStore } from '../../src/operations/memory-account-store.js';
import { createMemoryLedger } from '../../src/operations/memory-ledger.js';
import type { WriteGuards, WriteResult } from '../../src/operations/write-command.js';
import { createWriteService, type WriteService } from '../../src/operations/write-service.js';
import { appstle } from '../../src/providers/appstle/index.js';
import { AppstleSettings } from '../../src/providers/appstle/settings.js';
import { createIdSealer } from '../../src/storage/sealer.js';

export interface AccountOptions {
  readonly settings?: Partial<AppstleSettings>;
  readonly currency?: string | null;
  readonly timeoutMs?: number;
}

/** A running emulator and accounts connected to it over real HTTP. */
export interface Rig {
  readonly emulator: RunningEmulator;
  readonly shopper: string;
  connect(options?: AccountOptions): AccountConnection;
  /** All ports for the demo shopper, or for whom is named. */
  open(customerId?: string | null, options?: AccountOptions): Ports;
  /** Runs one write through the write protocol as the demo shopper. */
  write(request: WriteRequest, options?: WriteOptions): Promise<Written>;
  service(options?: AccountOptions): WriteService;
  /** Sends one request to the real schema, as the demo shopper or as whom is named. */
  graph(source: string, variables?: object, customerId?: string): Promise<Record<string, unknown>>;
  /** Requests since the last time they were asked for: `PUT path`, the root of the API left out. */
  calls(): readonly string[];
  close(): Promise<void>;
}

export interface WriteOptions extends AccountOptions {
  readonly key?: string;
  readonly guards?: Partial<WriteGuards>;
  readonly service?: WriteService;
  readonly customerId?: string;
}

export type Written = WriteResult & { readonly operation: Operation };

type Ports = Required<Omit<DataSource, 'offers' | 'checkout' | 'upsells'>> & {
  readonly upsells: Required<Omit<NonNullable<DataSource['upsells']>, 'decline'>>;
};

const ROOT = '/api/external/v2/';

let schema: GraphQLSchema | null = null;

export async function startRig(scenario = 'sandbox'): Promise<Rig> {
  const emulator = await startEmulator(emulated, { scenario });
  const transport = createTransport();
  const { account: entry, shopper } = emulated.sandbox(emulator.url);
  const clock = () => emulator.clock.now();

  const connect = (options: AccountOptions = {}) =>
    appstle.connect(accountOf(entry, options), {
      transport: protectTransport(transport.send, { limits: appstle.limits, keepMs: 0 }),
      clock,
      store: createMemoryAccountStore(clock),
    });

  function accountsWith(options: AccountOptions): ReadonlyMap<string, ConnectedAccount> {
    const account = accountOf(entry, options);
    return new Map([[account.key, connectedAccount(account, appstle, connect(options))]]);
  }

  function service(options: AccountOptions = {}): WriteService {
    const accounts = accountsWith(options);
    const report = (message: string, _fields: object, cause?: unknown) => {
      throw new Error(message, { cause });
    };
    return createWriteService({
      ledger: createMemoryLedger(),
      accounts,
      clock,
      guard: guardSource,
      guardWriter,
      report,
      deadlineMs: 8_000,
    });
  }

  let written = 0;
  return {
    emulator,
    shopper: shopper.customerId,
    connect,
    service,
    open(customerId = shopper.customerId, options) {
      const shopper = { customerId, recognised: false };
      const { signal } = new AbortController();
      return portsOf(connect(options).open({ actorId: 'shopper-1', shopper, signal }));
    },
    async write(request, options = {}) {
      written += 1;
      const result = await (options.service ?? service(options)).run({
        actor: actorOf(options.customerId ?? shopper.customerId),
        account: 'appstle-us',
        idempotencyKey: options.key ?? `a-key-of-this-test-${written}`,
        request,
        guards: { preview: null, maxIncrease: null, ...options.guards },
      });
      if (!result.operation) throw new Error(`not claimed: ${JSON.stringify(result.errors)}`);
      return { ...result, operation: result.operation };
    },
    async graph(source, variableValues = {}, customerId = shopper.customerId) {
      schema ??= buildGraphSchema([appstle]);
      const contextValue = createGraphContext({
        actor: actorOf(customerId),
        accounts: accountsWith({}),
        writes: service(),
        clock,
        signal: new AbortController().signal,
        sealer: createIdSealer('test', 'identifiers'),
      });
      const result = await graphql({
        schema,
        source,
        contextValue,
        variableValues: { ...variableValues },
      });
      if (result.errors) throw new Error(JSON.stringify(result.errors));
      return JSON.parse(JSON.stringify(result.data)) as Record<string, unknown>;
    },
    calls() {
      const calls = emulator.requests.list().map(({ method, path }) => `${method} ${path.replace(ROOT, '')}`);
      emulator.requests.clear();
      return calls;
    },
    async close() {
      await transport.close();
      await emulator.close();
    },
  };
}

function actorOf(customerId: string): Actor {
  const customers = { 'appstle-us': customerId };
  return { id: 'actor-1', kind: 'CUSTOMER', scopes: ['upsell:read', 'upsell:write'], customers, orders: {} };
}

function portsOf(source: DataSource): Ports {
  const { orders, upcomingOrders, lineItems, subscriptions, products, eligibility, preview, upsells, conversions } =
    source;
  if (!upcomingOrders || !lineItems || !subscriptions || !products || !eligibility || !preview || !conversions) {
    throw new Error('a port is missing');
  }
  if (!upsells?.changeQuantity || !upsells.remove) throw new Error('a writer is missing');
  const { add, changeQuantity, remove } = upsells;
  return {
    orders,
    upcomingOrders,
    lineItems,
    subscriptions,
    products,
    eligibility,
    preview,
    conversions,
    upsells: { add, changeQuantity, remove },
  };
}

function accountOf(entry: Readonly<Record<string, string>>, options: AccountOptions): Account<AppstleSettings> {
  const { key = '', provider: _provider, label = '', baseUrl = '', currency, timeZone, ...own } = entry;
  const ref = { type: 'ProviderAccount', account: key, key } as const;
  return {
    id: toGlobalId(ref),
    ref,
    key,
    provider: 'APPSTLE',
    label,
    environment: 'EMULATOR',
    baseUrl,
    timeZone: timeZone ?? null,
    currency: options.currency === undefined ? (currency ?? null) : options.currency,
    timeoutMs: options.timeoutMs ?? 3_000,
    settings: plainToInstance(AppstleSettings, {
      ...own,
      settlingSeconds: 1,
      writeTimeoutMs: 4_000,
      ...options.settings,
    }),
  };
}

export function valueOf<T>(lookup: Lookup<T> | undefined): T {
  if (lookup?.state !== 'found') throw new Error(`expected a value, got ${JSON.stringify(lookup)}`);
  return lookup.value;
}
