import { createHash } from 'node:crypto';
import type { ConfiguredAccount } from '../../config/accounts.js';
import type { Account } from '../../domain/account.js';
import type { DataSource, Provider, RequestScope } from '../../domain/provider.js';
import type { OutboundRequest, OutboundResponse, Transport } from '../../domain/transport.js';
import { wrapSource } from '../wrap-source.js';
import { keptHeaders } from './keep-list.js';
import { type Exchange, RECORDING_FORMAT, type RecordedRead, type Recording } from './recording.js';
import { CannotSanitise, createSanitiser, type Sanitiser } from './sanitiser.js';

/** Records the traffic of accounts. */
export interface Recorder {
  /** Passes requests on, and records each with its answer. */
  tap(send: Transport, account: Account): Transport;
  /** Returns the provider of an account, whose reads are recorded. */
  tapReads(configured: ConfiguredAccount): Provider;
  /** Returns the text of each recording. Refuses those in which an original survived. */
  finish(): readonly FinishedRecording[];
}

export interface FinishedRecording {
  readonly account: string;
  readonly exchanges: number;
  /** Answers that were left out, because they could not be sanitised. */
  readonly leftOut: number;
  /** Null when it must not be written. */
  readonly text: string | null;
  /** Originals that were found in the sanitised text. */
  readonly survivors: number;
}

/** Names of fields in an exchange or a read, which data may have as words. */
const EXCHANGE_FIELDS =
  'method endpoint url body status headers text name args customerId application json charset null';

/** Bounds the memory of a recorder in a running server. */
const MAX_EXCHANGES = 5_000;
const MAX_SOURCES = 5_000;

interface Tape {
  readonly account: Account;
  readonly sanitiser: Sanitiser;
  readonly exchanges: Map<string, Exchange>;
  /** Reads by data source. */
  readonly reads: RecordedRead[][];
  leftOut: number;
}

export function createRecorder(now: () => Date = () => new Date()): Recorder {
  const tapes = new Map<string, Tape>();

  function tapeOf(account: Account): Tape {
    const known = tapes.get(account.key);
    if (known) return known;
    const sanitiser = createSanitiser();
    for (const secret of credentialsOf(account)) sanitiser.forbid(secret);
    const tape: Tape = { account, sanitiser, exchanges: new Map(), reads: [], leftOut: 0 };
    tapes.set(account.key, tape);
    return tape;
  }

  return {
    tap(send, account) {
      const tape = tapeOf(account);
      return async (request) => {
        const response = await send(request);
        record(tape, request, response);
        return response;
      };
    },
    tapReads({ account, provider }) {
      const tape = tapeOf(account);
      return {
        ...provider,
        connect(connected, services) {
          const connection = provider.connect(connected, services);
          return { ...connection, open: (scope) => tapSource(connection.open(scope), scope, tape) };
        },
      };
    },
    finish: () => [...tapes.values()].map((tape) => finish(tape, now())),
  };
}

function tapSource(source: DataSource, scope: RequestScope, { sanitiser, reads }: Tape): DataSource {
  if (reads.length >= MAX_SOURCES) return source;
  const own: RecordedRead[] = [];
  reads.push(own);
  return wrapSource(source, ({ name, args }, work) => {
    if (args.every(isPlain) && isRead(name)) {
      const { customerId } = scope.shopper;
      own.push({
        name,
        args: JSON.parse(sanitiser.json(JSON.stringify(args))),
        customerId: customerId === null ? null : sanitiser.text(customerId, 'id'),
      });
    }
    return work();
  });
}

function record(tape: Tape, request: OutboundRequest, response: OutboundResponse): void {
  if (tape.exchanges.size >= MAX_EXCHANGES) return;
  try {
    const exchange = sanitised(tape.sanitiser, request, response);
    tape.exchanges.set(JSON.stringify(exchange), exchange);
  } catch (error) {
    if (!(error instanceof CannotSanitise)) throw error;
    tape.leftOut += 1;
  }
}

function sanitised(sanitiser: Sanitiser, request: OutboundRequest, response: OutboundResponse): Exchange {
  return {
    ...identified(sanitiser, request),
    status: response.status,
    headers: keptHeaders(response.headers),
    text: response.text.trim() === '' ? '' : sanitiser.json(response.text),
  };
}

/** Describes what tells a request from others. */
function identified(sanitiser: Sanitiser, { method, urlTemplate, url, body }: OutboundRequest) {
  const text = body === undefined ? null : sanitiser.json(body);
  return { method, endpoint: urlTemplate, url: sanitiser.url(url, urlTemplate), body: text && digest(text) };
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function finish(tape: Tape, now: Date): FinishedRecording {
  const { account, sanitiser, exchanges, reads, leftOut } = tape;
  const recording: Recording = {
    format: RECORDING_FORMAT,
    provider: account.provider.toLowerCase(),
    recordedAt: now.toISOString(),
    currency: account.currency,
    timeZone: account.timeZone,
    settings: settingsOf(account, sanitiser),
    reads: unique(reads.filter((own) => own.length > 0)),
    exchanges: [...exchanges.values()],
  };
  const text = `${JSON.stringify(recording, null, 2)}\n`;
  const names = recording.reads.flat().map(({ name }) => name);
  sanitiser.allow(`${JSON.stringify({ ...recording, exchanges: [], reads: names })} ${EXCHANGE_FIELDS}`);
  const survivors = sanitiser.survivorsIn(text);
  return {
    account: account.key,
    exchanges: exchanges.size,
    leftOut,
    survivors,
    text: survivors > 0 ? null : text,
  };
}

/** Keeps choices, numbers and switches of the settings. A text that is no choice of words may be a credential. */
function settingsOf({ settings }: Account, sanitiser: Sanitiser): Recording['settings'] {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]: [string, unknown]) => [
      name,
      typeof value !== 'string' || isChoice(value) ? value : sanitiser.text(value, name),
    ]),
  );
}

function isChoice(text: string): boolean {
  return /^[a-z]{2,12}(-[a-z]{2,12})?$/.test(text) || text === 'POST' || text === 'PUT';
}

function credentialsOf({ settings }: Account): readonly string[] {
  return Object.values(settings).flatMap((value: unknown) =>
    typeof value === 'string' && !isChoice(value) && !/^https?:/.test(value) ? [value] : [],
  );
}

/** Removes repeats, because many requests read the same. */
function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

const READS: ReadonlySet<string> = new Set([
  'orders.getMany',
  'orders.keyOf',
  'upcomingOrders.list',
  'lineItems.getMany',
  'subscriptions.getMany',
  'subscriptions.listFor',
  'products.getMany',
  'offers.getMany',
]);

export function isRead(name: string): boolean {
  return READS.has(name);
}

/** Whether a value is an identifier or a switch. Records as arguments are read again on replay. */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((entry) => typeof entry === 'string');
  if (typeof value === 'object' && value !== null)
    return Object.values(value).every((entry) => typeof entry === 'boolean');
  return typeof value === 'string';
}
