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
