import { plainToInstance } from 'class-transformer';
import { guardSource, guardWriter } from '../../src/auth/guarded-source.js';
import { type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import { surecart as twin } from '../../src/emulators/surecart/index.js';
import { type sandboxOrders } from '../../src/emulators/surecart/scenarios/sandbox.js';
import type { Account } from '../../src/domain/account.js';
import type { Actor } from '../../src/domain/actor.js';
import { connectedAccount } from '../../src/domain/connected-account.js';
import type { ConnectedAccounts } from '../../src/domain/connected-account.js';
import type { CallLimits } from '../../src/domain/call-limits.js';
import type { Lookup } from '../../src/domain/lookup.js';
import type { Clock } from '../../src/domain/moment.js';
import type { AccountConnection, DataSource } from '../../src/domain/provider.js';
import { toGlobalId } from '../../src/domain/reference.js';
import type { AddItem, WriteRequest } from '../../src/domain/write.js';
import { protectTransport } from '../../src/http/protect-transport.js';
import { createTransport } from '../../src/http/transport.js';
import { createMemoryAccountStore } from '../../src/operations/memory-account-store.js';
import { createMemoryLedger } from '../../src/operations/memory-ledger.js';
import type { WriteGuards, WriteResult } from '../../src/operations/write-command.js';
import { createWriteService, type WriteService } from '../../src/operations/write-service.js';
import { surecart } from '../../src/providers/surecart/index.js';
import { SureCartSettings } from '../../src/providers/surecart/settings.js';
import { caller, Json } from '../emulators/calls.js';

export type SandboxOrder = keyof typeof sandboxOrders;

export interface AccountOptions {
  readonly settings?: Partial<SureCartSettings>;
  readonly timeoutMs?: number;
  readonly limits?: Pick<CallLimits, 'all'>;
}

/** A running emulator, accounts connected to it over real HTTP, and the write protocol on top. */
export interface Rig {
  readonly emulator: RunningEmulator;
  readonly shopper: string;
  connect(options?: AccountOptions): AccountConnection;
  open(options?: AccountOptions, customerId?: string | null): DataSource;
  compose(options?: CompositionOptions): Composition;
  /** Runs a write of the demo shopper with a key, through ledger and protocol. */
  write(request: WriteRequest, more?: WriteOptions): Promise<WriteResult>;
  /** Requests since the last time they were asked for, as `GET /v1/orders`; dry runs as `preview`. */
  calls(): readonly string[];
  rows(table: string): readonly Json[];
  /** Reason, status and amount of every attempt to take money with one of these reasons. */
  charges(...reasons: readonly string[]): readonly (readonly unknown[])[];
  change(object: string, id: string, fields: object): Promise<void>;
  close(): Promise<void>;
}

export interface CompositionOptions extends AccountOptions {
  readonly deadlineMs?: number;
}

export interface WriteOptions extends CompositionOptions {
  readonly key?: string;
  readonly guards?: Partial<WriteGuards>;
}

/** The demo shopper, one account and the write protocol over it. */
export interface Composition {
  readonly actor: Actor;
  readonly accounts: ConnectedAccounts;
  readonly writes: WriteService;
  readonly clock: Clock;
}

export async function startRig(scenario = 'sandbox'): Promise<Rig> {
  const emulator = await startEmulator(twin, { scenario });
  const transport = createTransport();
  const { account: entry, shopper } = twin.sandbox(emulator.url);
  const clock = () => emulator.clock.now();
  let store = createMemoryAccountStore(clock);
  let ledger = createMemoryLedger();
  const onReset = emulator.reset;
  Object.assign(emulator, {
    reset: (...values: Parameters<typeof onReset>) => {
      store = createMemoryAccountStore(clock);
      ledger = createMemoryLedger();
      onReset(...values);
    },
  });
  const actor: Actor = {
    id: 'shopper',
    kind: 'CUSTOMER',
    scopes: ['upsell:read', 'upsell:write'],
    customers: { sc: shopper.customerId },
    orders: {},
  };

  const connect = (options: AccountOptions = {}) =>
    surecart.connect(accountOf(entry, options), {
      transport: protectTransport(transport.send, { limits: { ...surecart.limits, ...options.limits }, keepMs: 0 }),
      clock,
      store,
    });
  const compose = ({ deadlineMs = 4_000, ...options }: CompositionOptions = {}): Composition => {
    const account = accountOf(entry, options);
    const accounts = new Map([['sc', connectedAccount(account, surecart, connect(options))]]);
    const writes = createWriteService({
      ledger,
      accounts,
      clock,
      guard: guardSource,
      guardWriter,
      report: () => {},
      deadlineMs,
    });
    return { actor, accounts, writes, clock };
  };
  const rows = (table: string) => new Json(emulator.state()).rows(table);

  return {
    emulator,
    shopper: shopper.customerId,
    connect,
    open: (options, customerId = shopper.customerId) =>
      connect(options).open({
        actorId: 'shopper-1',
        shopper: { customerId, recognised: false },
        signal: new AbortController().signal,
      }),
    compose,
    async write(request, { key = `key-${Math.random()}`, guards = {}, ...options } = {}) {
      return compose(options).writes.run({
        actor,
        account: 'sc',
        idempotencyKey: key,
        request,
        guards: { preview: null, maxIncrease: null, ...guards },
      });
    },
    calls() {
      const calls = emulator.requests.list().map(({ method, path, query }) => {
        return `${method} ${path}${query['preview'] === undefined ? '' : ' preview'}`;
      });
      emulator.requests.clear();
      return calls;
    },
    rows,
    charges: (...reasons) =>
      rows('charge')
        .filter((row) => reasons.includes(row.text('reason')))
        .map((row) => [row.at('reason'), row.at('status'), row.at('amount')]),
    async change(object, id, fields) {
      const answer = await caller(emulator.url)('PATCH', `/__emulator/records/${object}/${id}`, fields);
      if (answer.status !== 200) throw new Error(answer.text);
    },
    async close() {
      await transport.close();
      await emulator.close();
    },
  };
}

export function addition(orderKey: string, item: Partial<AddItem['item']>, more: Partial<AddItem> = {}): AddItem {
  return {
    kind: 'ADD_UPSELL_ITEM',
    orderKey,
    item: { offerKey: null, product: null, ...item },
    quantity: 1,
    subscribe: null,
    ifPresent: 'REJECT',
    ifTargetMoved: 'REJECT',
    ...more,
  };
}

export function product(id: string, variantId: string | null = null) {
  return { product: { id, handle: null, variantId } };
}

export function valueOf<T>(lookup: Lookup<T> | undefined): T {
  if (lookup?.state !== 'found') throw new Error(`expected a value, got ${JSON.stringify(lookup)}`);
  return lookup.value;
}

function accountOf(entry: Readonly<Record<string, string>>, options: AccountOptions): Account<SureCartSettings> {
  const { key = '', provider: _provider, label = '', baseUrl = '', currency, timeZone, ...own } = entry;
  const ref = { type: 'ProviderAccount', account: key, key } as const;
  return {
    id: toGlobalId(ref),
    ref,
    key,
    provider: 'SURECART',
    label,
    environment: 'EMULATOR',
    baseUrl,
    timeZone: timeZone ?? null,
    currency: currency ?? null,
    timeoutMs: options.timeoutMs ?? 2_000,
    settings: plainToInstance(SureCartSettings, {
      ...own,
      settlingSeconds: 0,
      safetyMarginSeconds: 0,
      ...options.settings,
    }),
  };
}
