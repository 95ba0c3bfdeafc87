import { plainToInstance } from 'class-transformer';
import { guardSource, guardWriter } from '../../src/auth/guarded-source.js';
import type { Account } from '../../src/domain/account.js';
import type { Actor } from '../../src/domain/actor.js';
import type { AccountStore } from '../../src/domain/account-store.js';
import { connectedAccount } from '../../src/domain/connected-account.js';
import type { Lookup } from '../../src/domain/lookup.js';
import type { AccountConnection, DataSource, RequestScope } from '../../src/domain/provider.js';
import { toGlobalId } from '../../src/domain/reference.js';
import type { WriteRequest } from '../../src/domain/write.js';
import { BASES } from '../../src/emulators/centra/endpoints.js';
import { centra as twin } from '../../src/emulators/centra/index.js';
import { type RunningEmulator, startEmulator } from '../../src/emulators/kit/emulator.js';
import type { Transport } from '../../src/domain/transport.js';
import { protectTransport } from '../../src/http/protect-transport.js';
import { createTransport } from '../../src/http/transport.js';
import { createMemoryAccountStore } from '../../src/operations/memory-account-store.js';
import { createMemoryLedger } from '../../src/operations/memory-ledger.js';
import type { WriteResult } from '../../src/operations/write-command.js';
import { createWriteService } from '../../src/operations/write-service.js';
import { centra } from '../../src/providers/centra/index.js';
import { CentraSettings } from '../../src/providers/centra/settings.js';

export const SHOPPER = 'dana.field@example.com';
export const OTHER_SHOPPER = 'robin.vale@example.com';
export const NEWCOMER = 'sam.brook@example.com';
export const PAYMENT = { klarna_order: 'k-1' };

export interface ConnectOptions {
  readonly settings?: Partial<CentraSettings>;
  readonly currency?: string | null;
  readonly timeZone?: string | null;
  readonly timeoutMs?: number;
  /** What an earlier process remembered; by default this rig's own. */
  readonly store?: AccountStore;
  /** How far this server's clock is ahead of Centra's. */
  readonly aheadMs?: number;
  /** Stands between the provider and the network. */
  readonly through?: (send: Transport) => Transport;
}

/** A running emulator and accounts connected to it over real HTTP. */
export interface Rig {
  readonly emulator: RunningEmulator;
  /** Its own clock decides how long records are kept. */
  store: AccountStore;
  connect(options?: ConnectOptions): AccountConnection;
  open(options?: ConnectOptions & Partial<RequestScope>): DataSource;
  /** Finishes one of the demo checkouts and answers with the order's number. */
  finish(checkout: string, options?: ConnectOptions & Partial<RequestScope>): Promise<string>;
  write(request: WriteRequest, options?: ConnectOptions & WriteOptions): Promise<WriteResult>;
  /** Requests since the last time they were asked for, as `GET /api/shop/…`. */
  calls(): readonly string[];
  restart(scenario?: string): void;
  close(): Promise<void>;
}

export interface WriteOptions {
  readonly key?: string;
  readonly customer?: string | null;
  readonly deadlineMs?: number;
  readonly session?: Pick<RequestScope, 'sessionToken' | 'onSessionToken'>;
}

export async function startRig(scenario = 'sandbox'): Promise<Rig> {
  const emulator = await startEmulator(twin, { scenario });
  const transport = createTransport();
  const now = (aheadMs = 0) => new Date(emulator.clock.now().getTime() + aheadMs);
  let keys = 0;
  const rig: Rig = {
    emulator,
    store: createMemoryAccountStore(() => now()),
    connect: (options = {}) =>
      centra.connect(accountOf(emulator.url, options), {
        transport: (options.through ?? ((send) => send))(
          protectTransport(transport.send, { limits: centra.limits, keepMs: 0 }),
        ),
        clock: () => now(options.aheadMs),
        store: options.store ?? rig.store,
      }),
    open: (options = {}) =>
      rig.connect(options).open({
        actorId: 'shopper-1',
        shopper: { customerId: SHOPPER, recognised: false },
        signal: new AbortController().signal,
        ...options,
      }),
    async finish(checkout, options) {
      return valueOf(await rig.open(options).checkout?.complete(checkout, PAYMENT)).providerId;
    },
    async write(request, options = {}) {
      const connection = rig.connect(options);
      const { customer = SHOPPER, key = `key-${(keys += 1)}`, session } = options;
      const account = accountOf(emulator.url, options);
      const writes = createWriteService({
        ledger: createMemoryLedger(),
        accounts: new Map([['centra-se', connectedAccount(account, centra, connection)]]),
        clock: () => now(options.aheadMs),
        guard: guardSource,
        guardWriter,
        report: () => {},
        ...(options.deadlineMs !== undefined && { deadlineMs: options.deadlineMs }),
      });
      const guards = { preview: null, maxIncrease: null };
      return writes.run({
        actor: actorOf(customer),
        account: 'centra-se',
        idempotencyKey: key,
        request,
        guards,
        ...(session && { session }),
      });
    },
    calls() {
      const calls = emulator.requests.list().map(({ method, path }) => `${method} ${path}`);
      emulator.requests.clear();
      return calls;
    },
    restart(name) {
      emulator.reset(name ?? scenario);
      rig.store = createMemoryAccountStore(() => now());
    },
    async close() {
      await transport.close();
      await emulator.close();
    },
  };
  return rig;
}

export function actorOf(customer: string | null): Actor {
  return {
    id: 'actor-1',
    kind: customer === null ? 'SERVICE' : 'CUSTOMER',
    scopes: ['upsell:read', 'upsell:write'],
    customers: customer === null ? {} : { 'centra-se': customer },
    orders: {},
  };
}

/** The account of the sandbox entry, with some settings changed. */
export function accountOf(url: string, options: ConnectOptions = {}): Account<CentraSettings> {
  const { account: entry } = twin.sandbox(url);
  const { key, label, baseUrl, currency, timeZone, secret } = entry;
  const ref = { type: 'ProviderAccount', account: key, key } as const;
  const isCheckout = options.settings?.api === 'checkout';
  return {
    id: toGlobalId(ref),
    ref,
    key,
    provider: 'CENTRA',
    label,
    environment: 'EMULATOR',
    baseUrl: isCheckout ? baseUrl.replace(BASES.shop, BASES.checkout) : baseUrl,
    timeZone: options.timeZone === undefined ? timeZone : options.timeZone,
    currency: options.currency === undefined ? currency : options.currency,
    timeoutMs: options.timeoutMs ?? 2_000,
    settings: plainToInstance(CentraSettings, {
      ...(isCheckout ? { origin: 'https://shop.example.com' } : { secret }),
      settlingSeconds: 0,
      ...options.settings,
    }),
  };
}

export function valueOf<T>(lookup: Lookup<T> | undefined): T {
  if (lookup?.state !== 'found') throw new Error(`expected a value, got ${JSON.stringify(lookup)}`);
  return lookup.value;
}
