import type { ServerResponse } from 'node:http';
import { RequestRefused } from '../request-refused.js';

/** Grace period in which aborted reads may return what they have. */
const GRACE_MS = 2_000;

/** Throws `RequestRefused` when `work` takes too long. A write continues and settles in the ledger. */
export async function withTimeLimit<T>(seconds: number, work: T | PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tookTooLong(seconds)), seconds * 1_000 + GRACE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function tookTooLong(seconds: number): RequestRefused {
  return new RequestRefused(
    504,
    'REQUEST_TIMEOUT',
    `The request took longer than ${seconds} s. Query operationByKey for the outcome of a write.`,
  );
}

/** Returns a signal that aborts reads when the client disconnects or the deadline passes. */
export function requestSignal(response: ServerResponse, deadlineMs: number): AbortSignal {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error('The request took too long.')), deadlineMs);
  response.once('close', () => {
    clearTimeout(timer);
    if (!response.writableFinished) controller.abort(new Error('The client closed the connection.'));
  });
  return controller.signal;
}

/** Runs one of many executions for a client, with a signal that aborts when the client is gone or the deadline passes. */
export async function withSignal<T>(
  gone: AbortSignal,
  deadlineMs: number,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort(gone.reason);
  const timer = setTimeout(() => controller.abort(new Error('The request took too long.')), deadlineMs);
  gone.addEventListener('abort', abort);
  try {
    return await run(controller.signal);
  } finally {
    clearTimeout(timer);
    gone.removeEventListener('abort', abort);
  }
}
