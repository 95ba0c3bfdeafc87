import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { BoundedList } from './bounded-list.js';
import type { EmulatorClock } from './clock.js';
import type { Fault } from './faults.js';
import { isControlPath, pathOf, queryOf } from './request-address.js';

export interface LoggedRequest {
  readonly seq: number;
  /** Emulator time, ISO 8601. */
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** Null while running, and for good when no status line was sent. */
  readonly status: number | null;
  /** `lost`: the connection ended without a whole answer. */
  readonly outcome: 'running' | 'answered' | 'lost';
  readonly fault: { readonly id: string; readonly kind: string } | null;
  /** Real time in milliseconds since 1970 with fractions: tells whether two calls overlapped. */
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly durationMs: number | null;
}

type Entry = { -readonly [Key in keyof LoggedRequest]: LoggedRequest[Key] };

const REDACTED = '[redacted]';

export class RequestLog {
  readonly #entries = new BoundedList<Entry>(5_000);
  readonly #running = new WeakMap<FastifyRequest, Entry>();
  readonly #credentials: ReadonlySet<string>;

  /** Creates an empty log. `credentials` names the headers and query parameters whose values never enter the log. */
  constructor(
    private readonly clock: EmulatorClock,
    credentials: readonly string[],
  ) {
    this.#credentials = new Set(['authorization', 'cookie', ...credentials]);
  }

  list(): readonly LoggedRequest[] {
    return this.#entries.list();
  }

  clear(): void {
    this.#entries.clear();
  }

  markFault(request: FastifyRequest, fault: Fault): void {
    const entry = this.#running.get(request);
    if (entry) entry.fault = { id: fault.id, kind: fault.action.kind };
  }

  install(app: FastifyInstance): void {
    app.addHook('onRequest', async (request, reply) => {
      if (!isControlPath(pathOf(request))) this.#start(request, reply);
    });
    app.addHook('preHandler', async (request) => {
      const entry = this.#running.get(request);
      if (entry) entry.body = request.body ?? null;
    });
  }

  #start(request: FastifyRequest, reply: FastifyReply): void {
    const entry: Entry = {
      seq: this.#entries.added + 1,
      at: this.clock.now().toISOString(),
      method: request.method,
      path: pathOf(request),
      query: this.#redact(queryRecord(queryOf(request))),
      headers: this.#redact(request.headers),
      body: null,
      status: null,
      outcome: 'running',
      fault: null,
      startedAt: realTime(),
      finishedAt: null,
      durationMs: null,
    };
    this.#entries.add(entry);
    this.#running.set(request, entry);
    const finish = (outcome: 'answered' | 'lost') => {
      if (entry.finishedAt !== null) return;
      entry.status = reply.raw.headersSent ? reply.raw.statusCode : null;
      entry.outcome = outcome;
      entry.finishedAt = realTime();
      entry.durationMs = entry.finishedAt - entry.startedAt;
    };
    reply.raw.once('finish', () => finish('answered'));
    reply.raw.once('close', () => finish('lost'));
  }

  #redact<Value>(values: Readonly<Record<string, Value>>): Record<string, Value | string> {
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        this.#credentials.has(name.toLowerCase()) ? REDACTED : value,
      ]),
    );
  }
}

function realTime(): number {
  return performance.timeOrigin + performance.now();
}

function queryRecord(query: string): Record<string, string | readonly string[]> {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length > 1 ? values : (values[0] ?? '')];
    }),
  );
}
