import { problem, ProviderFailure } from '../../domain/problem.js';
import type { AccountServices, RequestScope } from '../../domain/provider.js';
import type { HttpMethod } from '../../domain/transport.js';
import type { ApiPath } from '../kit/api-path.js';
import { createJsonApi, findBody, type JsonResult } from '../kit/json-api.js';
import { classify } from './api-errors.js';
import type { RechargeAccount } from './settings.js';

/** Stated with every request: an absent header has the account's own version answer, in another shape. */
export type Version = '2021-11' | '2021-01';

export interface RechargeRequest {
  readonly method: HttpMethod;
  readonly path: ApiPath;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly version?: Version;
  readonly repeatSafe?: boolean;
}

/** Sends requests of one data source. */
export interface Requests {
  send(request: RechargeRequest): Promise<JsonResult>;
  /** Fetches the JSON of a success; null for 404. Throws `ProviderFailure` for anything else. */
  find(path: ApiPath, query?: Readonly<Record<string, string>>, version?: Version): Promise<unknown>;
}

const PROVIDER = 'Recharge';

export function createRequests(
  { settings, baseUrl, timeoutMs }: RechargeAccount,
  { transport, clock }: AccountServices,
  scope: RequestScope,
): Requests {
  const { accessToken, writeTimeoutMs } = settings;
  const api = createJsonApi({ provider: PROVIDER, baseUrl, transport, clock, timeoutMs, scope, classify });

  async function send({ query, version = '2021-11', ...request }: RechargeRequest): Promise<JsonResult> {
    const result = await api.send({
      ...request,
      headers: () => ({ 'x-recharge-access-token': accessToken, 'x-recharge-version': version }),
      ...(query !== undefined && { query: new URLSearchParams(query).toString() }),
      ...(request.method !== 'GET' && { timeoutMs: writeTimeoutMs }),
    });
    const answered = result.response?.headers['x-recharge-version'];
    if (result.outcome !== 'answered' || answered === undefined || answered === version) return result;
    const { attempts, response } = result;
    return { outcome: 'unknown', attempts, problem: otherVersion, response, body: undefined };
  }

  return {
    send,
    async find(path, query = {}, version) {
      const result = await send({ method: 'GET', path, query, ...(version && { version }) });
      if (result.outcome !== 'answered' && result.problem === otherVersion) throw new ProviderFailure(otherVersion);
      return findBody(result, PROVIDER);
    },
  };
}

const otherVersion = problem(
  'CONTRACT_DRIFT',
  'Recharge answered in another version of its API than the one that was asked for.',
);
