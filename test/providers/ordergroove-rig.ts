import { plainToInstance } from 'class-transformer';
import { emulators, type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import type { Account } from '../../src/domain/account.js';
import type { AccountStore } from '../../src/domain/account-store.js';
import type { Lookup } from '../../src/domain/lookup.js';
import type { AccountConnection, DataSource } from '../../src/domain/provider.js';
import { toGlobalId } from '../../src/domain/reference.js';
import type {
  SendResult,
  InspectResult,
  WriteProgress,
  WriteRequest,
  Writer,
  WriteTarget,
} from '../../src/domain/write.js';
import { protectTransport } from '../../src/http/protect-transport.js';
import { createTransport } from '../../src/http/transport.js';
import { inspectStep } from '../../src/operations/reconcile-step.js';
import { ordergroove } from '../../src/providers/ordergroove/index.js';
import { OrdergrooveSettings } from '../../src/providers/ordergroove/settings.js';

export interface RigOptions {
  readonly scenario?: string;
  readonly switches?: Readonly<Record<string, unknown>>;
}

export interface AccountOptions {
  readonly settings?: Partial<OrdergrooveSettings>;
  /** Settings of the sandbox entry to leave out. */
  readonly without?: readonly (keyof OrdergrooveSettings)[];
  readonly currency?: string | null;
  readonly timeoutMs?: number;
}

/** A running emulator and accounts connected to it over real HTTP. */
export interface Rig {
  readonly emulator: RunningEmulator;
  readonly shopper: string;
  connect(options?: AccountOptions): AccountConnection;
  /** A data source of an account with both credentials, for the demo shopper. */
  open(options?: AccountOptions): DataSource;
  /** Requests since the last time they were asked for, as `GET /orders/`. */
  calls(): readonly string[];
  close(): Promise<void>;
}

export async function startRig({ scenario = 'sandbox', switches = {} }: RigOptions = {}): Promise<Rig> {
  const emulator = await startEmulator(emulators.ordergroove, { scenario, switches });
  const transport = createTransport();
  const sandbox = emulators.ordergroove.sandbox(emulator.url);
  const shopper = scenario === 'documented' ? '6419554042026' : sandbox.shopper.customerId;

  const connect = (options: AccountOptions = {}) =>
    ordergroove.connect(accountOf(sandbox.account, options), {
      transport: protectTransport(transport.send, { limits: ordergroove.limits, keepMs: 0 }),
      clock: () => emulator.clock.now(),
      store: noStore,
    });

  return {
    emulator,
    shopper,
    connect,
    open: (options) => openFor(connect(options), shopper),
    calls() {
      const calls = emulator.requests.list().map(({ method, path }) => `${method} ${path}`);
      emulator.requests.clear();
      return calls;
    },
    async close() {
      await transport.close();
      await emulator.close();
    },
  };
}

export function openFor(connection: AccountConnection, customerId: string | null, recognised = false): DataSource {
  return connection.open({
    actorId: 'shopper-1',
    shopper: { customerId, recognised },
    signal: new AbortController().signal,
  });
}

/** Remembers nothing: Ordergroove tells nothing only once. */
const noStore: AccountStore = { get: async () => null, putIfAbsent: async (_key, record) => record };

function accountOf(entry: Readonly<Record<string, string>>, options: AccountOptions): Account<OrdergrooveSettings> {
  const { key = '', provider: _provider, label = '', baseUrl = '', currency, timeZone, ...own } = entry;
  const left = new Set<string>(options.without);
  const ref = { type: 'ProviderAccount', account: key, key } as const;
  return {
    id: toGlobalId(ref),
    ref,
    key,
    provider: 'ORDERGROOVE',
    label,
    environment: 'EMULATOR',
    baseUrl,
    timeZone: timeZone ?? null,
    currency: options.currency === undefined ? (currency ?? null) : options.currency,
    timeoutMs: options.timeoutMs ?? 2_000,
    settings: plainToInstance(OrdergrooveSettings, {
      ...Object.fromEntries(Object.entries(own).filter(([name]) => !left.has(name))),
      ...options.settings,
    }),
  };
}

export function valueOf<T>(lookup: Lookup<T> | undefined): T {
  if (lookup?.state !== 'found') throw new Error(`expected a value, got ${JSON.stringify(lookup)}`);
  return lookup.value;
}

/** A writer of this kind of request. */
export interface Written {
  readonly target: WriteTarget;
  readonly answers: readonly SendResult[];
  readonly progress: WriteProgress;
}

/** Prepares and sends all steps as the write protocol does, each on a fresh data source. */
export async function write<Request extends WriteRequest>(
  writer: () => Writer<Request>,
  request: Request,
): Promise<Written> {
  const preparation = await writer().prepare(request);
  if (preparation.outcome === 'refused') throw new Error(`refused: ${JSON.stringify(preparation.refusal)}`);
  const { target } = preparation;
  let progress: WriteProgress = { snapshot: target.snapshot, done: {} };
  const answers: SendResult[] = [];
  for (const step of target.steps) {
    const sent = await writer().send(step, request, progress);
    answers.push(sent);
    if (sent.outcome !== 'confirmed') break;
    progress = { ...progress, done: { ...progress.done, [step]: sent.result } };
  }
  return { target, answers, progress };
}

/** Looks for the effect of the last step sent. */
export async function inspect<Request extends WriteRequest>(
  writer: () => Writer<Request>,
  request: Request,
  { target, answers, progress }: Written,
): Promise<InspectResult> {
  const step = target.steps[answers.length - 1];
  if (step === undefined) throw new Error('nothing was sent');
  return inspectStep(writer(), step, request, progress);
}
