import { setTimeout as pause } from 'node:timers/promises';
import type { Account } from '../../domain/account.js';
import { ProviderFailure } from '../../domain/problem.js';
import type { AccountServices, RequestScope } from '../../domain/provider.js';
import { type HttpMethod, TransportFailure } from '../../domain/transport.js';
import type { ApiPath } from '../../http/api-path.js';
import type { Failure } from '../../http/failure.js';
import { readJson } from '../../http/json.js';
import { type Sign, signOf } from './answer-signs.js';
import { waitBeforeRepeat } from './repeats.js';
import { type AppstleResult, resultOfFailure, resultOfSuccess } from './results.js';
import type { AppstleSettings } from './settings.js';
import type { Turns } from './turns.js';

export interface AppstleRequest {
  readonly method: HttpMethod;
  /** Below the root of the admin API. */
  readonly path: ApiPath;
  /** PUT and DELETE take their input here too. */
  readonly query: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body?: string;
  /** The write is documented to have no further effect when it is repeated. */
  readonly repeatSafe?: boolean;
}

export interface Requests {
  send(request: AppstleRequest): Promise<AppstleResult>;
  /** The JSON of an answer; null for an empty one and for 404. Throws `ProviderFailure` for anything else. */
  read(path: ApiPath, query?: Readonly<Record<string, string>>): Promise<unknown>;
}

const ROOT = '/api/external/v2';

/** A read that hangs is given up early enough to be tried once more. */
const SHARE_OF_ONE_READ = 0.5;

export function createRequests(
  account: Account<AppstleSettings>,
  { transport, clock }: AccountServices,
  writeTurns: Turns,
  { signal }: Pick<RequestScope, 'signal'>,
): Requests {
  const { apiKey, appKey, writeTimeoutMs } = account.settings;

  async function send(request: AppstleRequest): Promise<AppstleResult> {
    return request.method === 'GET' ? repeat(request) : writeTurns.run(() => repeat(request));
  }

  async function repeat(request: AppstleRequest): Promise<AppstleResult> {
    const isRead = request.method === 'GET';
    const timeoutMs = isRead ? account.timeoutMs : writeTimeoutMs;
    const endsAt = performance.now() + timeoutMs;
    const repeatSafe = isRead || (request.repeatSafe ?? false);
    for (let attempt = 1; ; attempt += 1) {
      const leftMs = Math.max(endsAt - performance.now(), 1);
      const answer = await attemptOnce(
        request,
        attempt,
        isRead ? Math.min(leftMs, timeoutMs * SHARE_OF_ONE_READ) : leftMs,
      );
      if ('body' in answer) return { outcome: 'answered', attempts: attempt, body: answer.body };
      if (answer.failure === null) return resultOfSuccess(answer.sign, attempt);
      const { failure, sign } = answer;
      const wait = waitBeforeRepeat({ failure, sign, attempt, repeatSafe });
      const isInTime = wait !== null && performance.now() + wait < endsAt;
      if (!isInTime || !(await waited(wait))) {
        return resultOfFailure({ failure, sign, attempt, repeatSafe: repeatSafe && !isRead }, clock());
      }
    }
  }

  async function attemptOnce(
    { method, path, query, body }: AppstleRequest,
    attempt: number,
    timeoutMs: number,
  ): Promise<Attempt> {
    const parameters = new URLSearchParams(query).toString();
    try {
      const response = await transport({
        method,
        url: account.baseUrl + ROOT + path.path + (parameters === '' ? '' : `?${parameters}`),
        urlTemplate: ROOT + path.template,
        attempt,
        headers: {
          accept: 'application/json',
          'x-api-key': apiKey,
          ...(appKey === undefined ? {} : { 'x-app-key': appKey }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        timeoutMs,
        signal,
        ...(body === undefined ? {} : { body }),
      });
      const { status, text } = response;
      const sign = signOf(response);
      if (status < 200 || status >= 300) return { failure: { type: 'status', status, retryAfterMs: null }, sign };
      if (sign !== null) return { failure: null, sign };
      if (text.trim() === '') return { body: null };
      const json = readJson(text);
      return json.ok ? { body: json.value } : { failure: null, sign: null };
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      const failure = { type: 'transport', kind: error.kind, mayHaveArrived: error.mayHaveArrived } as const;
      return { failure, sign: null };
    }
  }

  async function waited(ms: number): Promise<boolean> {
    try {
      await pause(ms * (0.9 + Math.random() * 0.2), undefined, { signal });
      return true;
    } catch {
      return false;
    }
  }

  return {
    send,
    async read(path, query = {}) {
      const result = await send({ method: 'GET', path, query });
      if (result.outcome === 'answered') return result.body;
      if (result.problem.kind === 'NOT_FOUND') return null;
      throw new ProviderFailure(result.problem);
    },
  };
}

type Attempt =
  | { readonly body: unknown }
  /** No failure: a success that declines, or one that is no JSON. */
  | { readonly failure: Failure | null; readonly sign: Sign | null };
