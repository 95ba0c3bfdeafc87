import type { HTTPGraphQLRequest, HTTPGraphQLResponse } from '@apollo/server';
import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EventStream } from '../../graph/live/event-stream.js';
import { RequestRefused } from '../request-refused.js';
import { EventWriter } from './event-writer.js';
import type { OpenStream, OpenStreams } from './open-streams.js';
import { toPostRequest } from './stream-request.js';
import { Streamed } from './streamed.js';
import { type SubscriptionEvent, SubscriptionEvents } from './subscription-events.js';

/** Longest life of a stream, so that streams spread over replicas that were added. */
const MAX_LIFETIME_MS = 3_600_000;
/** Range in which clients are asked to reconnect, so that those of a stopped process do not come all at once. */
const MIN_RETRY_MS = 1_000;
const RETRY_RANGE_MS = 5_000;

/** One execution of a streamed request. */
export interface StreamedExecution {
  readonly streamed: Streamed;
  readonly stream: EventStream;
  /** Aborts when the client is gone. */
  readonly gone: AbortSignal;
  /** False for the request itself, true for each event after it. */
  readonly isEvent: boolean;
}

export interface StreamParts {
  readonly streams: OpenStreams;
  /** Executes the request in a new context, for whoever its token names now. */
  execute(request: HTTPGraphQLRequest, execution: StreamedExecution): Promise<HTTPGraphQLResponse>;
  /** Returns the milliseconds until the token of the request expires; null when it does not. */
  tokenLifetimeMs(request: FastifyRequest): number | null;
  /** Logs what went wrong unexpectedly. */
  report(error: unknown): void;
}

/** Handles a request that prefers `text/event-stream`: a subscription by a stream of events, anything else by a single event. */
export async function handleStreamed(request: FastifyRequest, reply: FastifyReply, parts: StreamParts): Promise<void> {
  if (Array.isArray(request.body)) throw new RequestRefused(400, 'BAD_REQUEST', 'A batch cannot be streamed.');
  const { raw } = reply;
  const post = toPostRequest(request);
  const streamed = new Streamed(request.method, parts.streams);
  const gone = new AbortController();
  raw.once('close', () => {
    streamed.release();
    if (!raw.writableFinished) gone.abort(new Error('The client closed the connection.'));
  });
  const execute = (isEvent: boolean) => parts.execute(post, { streamed, stream: events, gone: gone.signal, isEvent });
  const toEvent = ({ body }: HTTPGraphQLResponse): SubscriptionEvent => ({
    json: body.kind === 'complete' ? body.string : '',
    isFailed: streamed.isFailed,
  });
  const events = new SubscriptionEvents(async () => {
    const response = await execute(true);
    // The token is no longer accepted, or cannot be checked: the client learns which when it reconnects.
    if ((response.status ?? 200) !== 200) throw new CannotGoOn();
    return toEvent(response);
  });

  const response = await execute(false);
  const { status = 200 } = response;
  for (const [name, value] of response.headers) void reply.header(name, value);
  if (!streamed.source || status !== 200) return sendOnce(reply, status, toEvent(response).json, parts.streams);
  const tokenLifetimeMs = parts.tokenLifetimeMs(request) ?? Infinity;
  void reply.hijack();
  const writer = new EventWriter(raw, parts.streams);
  writer.open(reply.getHeaders());
  const open = new Interruptible(writer, events, raw);
  const remove = parts.streams.add(open);
  const end = setTimeout(() => open.interrupt(), Math.min(tokenLifetimeMs, MAX_LIFETIME_MS)).unref();
  const stop = () => {
    events.stop();
    clearTimeout(end);
    remove();
  };
  if (raw.destroyed) return stop();
  raw.once('close', stop);
  void events
    .run(toEvent(response), streamed.source, writer)
    .then((outcome) => (outcome === 'complete' ? writer.complete() : undefined))
    .catch((error: unknown) => {
      open.interrupt();
      if (!(error instanceof CannotGoOn)) parts.report(error);
    });
}

/** Thrown when an event may not be executed any more. */
class CannotGoOn extends Error {}

/** A stream that ends before its subscription does: its client reconnects. */
class Interruptible implements OpenStream {
  constructor(
    private readonly writer: EventWriter,
    private readonly events: SubscriptionEvents,
    private readonly response: ServerResponse,
  ) {}

  beat(now: number): void {
    this.writer.beat(now);
  }

  interrupt(): void {
    this.events.stop();
    this.writer.interrupt(MIN_RETRY_MS + Math.floor(Math.random() * RETRY_RANGE_MS));
  }

  destroy(): void {
    this.response.destroy();
  }
}

/** Sends the result of an operation that has only one. Errors of the document are a result; others keep their status. */
function sendOnce(reply: FastifyReply, status: number, json: string, streams: OpenStreams): void {
  if (status !== 200 && status !== 400) {
    void reply.code(status).send(json);
    return;
  }
  void reply.hijack();
  const { raw } = reply;
  if (raw.destroyed) return;
  const writer = new EventWriter(raw, streams);
  writer.open(reply.getHeaders());
  raw.once('close', streams.add({ beat: (now) => writer.beat(now), interrupt() {}, destroy: () => raw.destroy() }));
  void writer.next(json);
  writer.complete();
}
