import type { Account } from '../../domain/account.js';
import { ProviderFailure } from '../../domain/problem.js';
import type { AccountServices, RequestScope } from '../../domain/provider.js';
import type { HttpMethod } from '../../domain/transport.js';
import type { ApiPath } from '../kit/api-path.js';
import { call } from '../../http/call.js';
import { judgeAnswer } from './judge-answer.js';
import { type AppstleResult, toResult } from './results.js';
import type { AppstleSettings } from './settings.js';

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

export function createRequests(
  account: Account<AppstleSettings>,
  { transport, clock }: AccountServices,
  scope: RequestScope,
): Requests {
  const { apiKey, appKey, writeTimeoutMs } = account.settings;
  const credentials = { 'x-api-key': apiKey, ...(appKey !== undefined && { 'x-app-key': appKey }) };

  async function send({ method, path, query, body, repeatSafe = false }: AppstleRequest): Promise<AppstleResult> {
    const kind = method === 'GET' ? 'read' : 'write';
    const parameters = new URLSearchParams(query).toString();
    const result = await call(
      {
        kind,
        method,
        url: account.baseUrl + ROOT + path.path + (parameters === '' ? '' : `?${parameters}`),
        urlTemplate: ROOT + path.template,
        headers: () => ({
          accept: 'application/json',
          ...credentials,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        }),
        repeatSafe,
        classify: (answer, attempt) => judgeAnswer(answer, { attempt, isRepeatSafeWrite: repeatSafe }),
        ...(kind === 'write' && { limit: 'writes' }),
        ...(body !== undefined && { body }),
      },
      {
        provider: 'Appstle',
        transport,
        clock,
        timeoutMs: kind === 'read' ? account.timeoutMs : writeTimeoutMs,
        scope,
      },
    );
    return toResult(result);
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
