import type { Recorders } from './timed.js';

export interface LineWriter {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Creates recorders that log requests, writes, provider calls that met trouble, and lists that lack records. */
export function logRecorders(log: LineWriter): Recorders {
  return {
    graphRequest({ end, failure, seconds }) {
      const { operation = null, ...answer } = end ?? {};
      const what = { operation: operation?.name ?? null, type: operation?.type ?? null, ...answer };
      log.info({ ...what, ...failureField(failure), durationMs: toMs(seconds) }, 'request');
    },
    accountList({ begin, end }) {
      if (!end?.problem) return;
      const { kind, leftOut = {} } = end.problem;
      log.warn({ ...begin, items: end.items, kind, ...leftOut }, 'a list is not complete');
    },
    providerCall({ begin: { account, method, urlTemplate, attempt }, end, failure, seconds }) {
      if (end && !isTrouble(end.status)) return;
      const what = { account, method, endpoint: urlTemplate, attempt, ...end, ...failureField(failure) };
      log.warn({ ...what, durationMs: toMs(seconds) }, 'provider call failed');
    },
    write({ begin: { account, kind, operationId, isRecovery }, end, failure, seconds }) {
      const what = { operationId, account, kind, ...end, ...failureField(failure) };
      log.info({ ...what, durationMs: toMs(seconds) }, isRecovery ? 'recovery' : 'write');
    },
  };
}

/** Returns whether the provider throttles or fails; other refusals are not logged. */
function isTrouble(status: number): boolean {
  return status === 429 || status >= 500;
}

function failureField(failure: string | null) {
  return failure === null ? {} : { failure };
}

function toMs(seconds: number): number {
  return Math.round(seconds * 1000);
}
