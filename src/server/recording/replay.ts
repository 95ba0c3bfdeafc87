import type { ConfiguredAccount, Providers } from '../../config/accounts.js';
import { toCurrencyCode } from '../../domain/currency.js';
import { Money } from '../../domain/money.js';
import { toGlobalId } from '../../domain/reference.js';
import type { Lookup } from '../../domain/lookup.js';
import type { Order } from '../../domain/order.js';
import { ProviderFailure, type ProviderProblem } from '../../domain/problem.js';
import type { DataSource } from '../../domain/provider.js';
import type { Subscription } from '../../domain/subscription.js';
import { type OutboundRequest, type Transport, TransportFailure } from '../../domain/transport.js';
import { createMemoryAccountStore } from '../../operations/memory-account-store.js';
import { reportingSurprises } from '../report-surprises.js';
import { digest, isRead } from './recorder.js';
import type { Exchange, RecordedRead, Recording } from './recording.js';

/** What a recording shows of the provider's contract. */
export interface ReplayReport {
  readonly provider: string;
  readonly reads: number;
  /** Records that were decoded. */
  readonly records: number;
  /** Deviations from the contract, by read and field, and how often each was met. */
  readonly drift: ReadonlyMap<string, number>;
  /** Endpoints of requests that the recording has no answer to. */
  readonly unanswered: readonly string[];
}

/** Decodes a recording with the decoders of today, and checks what holds for all records. */
export async function replay(recording: Recording, providers: Providers): Promise<ReplayReport> {
  const drift = new Map<string, number>();
  const count = (path: string) => void drift.set(path, (drift.get(path) ?? 0) + 1);
  const tape = playBack(recording.exchanges);
  const configured = accountOf(recording, providers);
  const clock = () => new Date(recording.recordedAt);
  const services = { transport: tape.send, clock, store: createMemoryAccountStore(clock) };
  let records = 0;

  for (const reads of recording.reads) {
    const source = configured.provider.connect(configured.account, services).open({
      actorId: 'replay',
      shopper: { customerId: reads[0]?.customerId ?? null, recognised: false },
      signal: AbortSignal.timeout(30_000),
    });
    const look = createLook(configured.account.key, count, tape.isUnanswered);
    for (const read of reads.filter(({ name }) => isRead(name)))
      await look.at(read.name, () => call(source, read), read);
    const { orders, subscriptions } = look.found;
    const { lineItems, subscriptions: subscriptionPort } = source;
    if (orders.length > 0 && lineItems) await look.at('lineItems.forOrders', () => lineItems.forOrders(orders));
    if (subscriptions.length > 0 && subscriptionPort)
      await look.at('subscriptions.nextOrders', () => subscriptionPort.nextOrders(subscriptions));
    records += look.records();
  }
  return {
    provider: recording.provider,
    reads: recording.reads.flat().length,
    records,
    drift,
    unanswered: tape.unanswered,
  };
}

/** Answers requests as they were recorded: several answers to one request in turn, the last one again and again. */
function playBack(exchanges: readonly Exchange[]) {
  const left = new Map<string, Exchange[]>();
  for (const exchange of exchanges) {
    const key = JSON.stringify([exchange.method, exchange.url, exchange.body]);
    left.set(key, [...(left.get(key) ?? []), exchange]);
  }
  const unanswered: string[] = [];
  let wasUnanswered = false;
  const send: Transport = async (request) => {
    const answers = left.get(keyOf(request)) ?? [];
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer) return { status: answer.status, headers: answer.headers, text: answer.text };
    unanswered.push(`${request.method} ${request.urlTemplate}`);
    wasUnanswered = true;
    throw new TransportFailure('ABORTED', false, 'The recording has no answer to this request.');
  };
  return {
    send,
    unanswered,
    /** Whether a request since the last look had no answer. */
    isUnanswered() {
      const was = wasUnanswered;
      wasUnanswered = false;
      return was;
    },
  };
}

function keyOf({ method, url, urlTemplate, body }: OutboundRequest): string {
  const { pathname, searchParams } = new URL(url);
  const path = pathname.split('/').slice(-urlTemplate.split('/').length).join('/');
  const query = [...searchParams].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).toSorted();
  const sorted = path + (query.length > 0 ? `?${query.join('&')}` : '');
  return JSON.stringify([method, sorted, body === undefined ? null : digest(body)]);
}

function accountOf(recording: Recording, providers: Providers): ConfiguredAccount {
  const provider = Object.hasOwn(providers, recording.provider) ? providers[recording.provider] : undefined;
  if (!provider) throw new Error(`there is no provider ${recording.provider}`);
  const key = 'recorded';
  const ref = { type: 'ProviderAccount', account: key, key } as const;
  const settings = Object.assign(new provider.settings(), recording.settings);
  return {
    provider,
    account: {
      id: toGlobalId(ref),
      ref,
      key,
      provider: provider.key,
      label: key,
      environment: 'TEST',
      baseUrl: 'https://recorded.invalid',
      timeZone: recording.timeZone,
      currency: recording.currency === null ? null : toCurrencyCode(recording.currency),
      timeoutMs: 30_000,
      settings,
    },
    limits: provider.limits,
    cacheSeconds: 0,
    webhookSecrets: [],
    responseKiB: 4096,
  };
}

async function call(source: DataSource, { name, args }: RecordedRead): Promise<unknown> {
  const [port = '', method = ''] = name.split('.');
  const target: unknown = Reflect.get(source, port);
  const work: unknown = typeof target === 'object' && target !== null ? Reflect.get(target, method) : undefined;
  return typeof work === 'function' ? Reflect.apply(work, target, args) : [];
}

type Count = (path: string) => void;

/** Runs reads, and collects their records and whatever deviates. */
function createLook(account: string, count: Count, isUnanswered: () => boolean) {
  const found: { orders: Order[]; subscriptions: Subscription[] } = { orders: [], subscriptions: [] };
  let records = 0;

  function noteProblem(name: string, { kind, detail }: ProviderProblem): void {
    // What was not recorded cannot have drifted.
    if (!isUnanswered() && kind === 'CONTRACT_DRIFT') count(`${name}: ${detail.replace(/ \(record[^)]*\)/, '')}`);
  }

  function noteRecord(name: string, value: unknown): void {
    if (Array.isArray(value)) return value.forEach((entry: unknown) => noteRecord(name, entry));
    if (!isRecord(value)) return;
    records += 1;
    for (const broken of invariantsOf(value, account)) count(`${name}: ${broken}`);
    if (isOrder(value)) found.orders.push(value);
    if (isSubscription(value)) found.subscriptions.push(value);
  }

  return {
    found,
    records: () => records,
    async at(name: string, work: () => Promise<unknown>, read?: RecordedRead): Promise<void> {
      try {
        const result = await reportingSurprises((field) => count(`${name}: field ${field}`), work);
        if (!Array.isArray(result)) {
          const { items, problem }: { items?: unknown; problem?: ProviderProblem | null } = Object(result);
          if (problem) noteProblem(name, problem);
          return noteRecord(name, items);
        }
        const asked = read?.args[0];
        if (Array.isArray(asked) && asked.length !== result.length) count(`${name}: number of results`);
        for (const lookup of result as readonly Lookup<unknown>[]) {
          if (lookup.state === 'failed') noteProblem(name, lookup.problem);
          if (lookup.state === 'found') noteRecord(name, lookup.value);
        }
      } catch (error) {
        if (!(error instanceof ProviderFailure)) throw error;
        noteProblem(name, error.problem);
      }
    },
  };
}

interface AnyRecord {
  readonly ref: { readonly type: string; readonly account: string; readonly key: string };
}

function isRecord(value: unknown): value is AnyRecord {
  return typeof value === 'object' && value !== null && 'ref' in value && typeof value.ref === 'object';
}

/** Whether a record is an order. The ports return whole entities, whose type their reference names. */
function isOrder(record: AnyRecord): record is Order {
  return record.ref.type === 'Order';
}

function isSubscription(record: AnyRecord): record is Subscription {
  return record.ref.type === 'Subscription';
}

/** Names what does not hold of a record although it holds of every one. */
function invariantsOf(record: AnyRecord, account: string): readonly string[] {
  const broken: string[] = [];
  if (record.ref.account !== account) broken.push('record of another account');
  if (record.ref.key === '') broken.push('record without an identifier');
  const currencies = new Set(currenciesIn(record));
  if (currencies.size > 1) broken.push('amounts in several currencies');
  if ('status' in record && record.status === 'UNKNOWN') broken.push('status that is not documented');
  for (const date of datesIn(record)) if (Number.isNaN(date.getTime())) broken.push('time that is none');
  return broken;
}

function currenciesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null || value instanceof Date) return [];
  if (value instanceof Money) return [value.currency];
  return Object.values(value).flatMap(currenciesIn);
}

function datesIn(value: unknown): readonly Date[] {
  if (value instanceof Date) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(datesIn) : [];
}
