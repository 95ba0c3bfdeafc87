import type { Account } from '../../domain/account.js';
import { problem, ProviderFailure, type ProviderProblem } from '../../domain/problem.js';
import type { AccountServices, RequestScope } from '../../domain/provider.js';
import type { OutboundResponse } from '../../domain/transport.js';
import type { UnansweredCall } from '../../http/call.js';
import { type ApiPath, joinPaths } from '../kit/api-path.js';
import { createJsonApi, isNotThere, type JsonRequest, type JsonResult, type UnansweredJson } from '../kit/json-api.js';
import { classify, type ErrorSignal, errorSignal } from './api-errors.js';
import type { AppstleSettings } from './settings.js';

export interface AppstleRequest extends Pick<JsonRequest, 'method' | 'path' | 'repeatSafe'> {
  /** PUT and DELETE take their input here too. */
  readonly query: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body?: string;
}

/** How a request ended. `body` is null for the empty successes Appstle sends now and then. */
export type AppstleResult =
  | {
      readonly outcome: 'answered';
      readonly attempts: number;
      readonly body: unknown;
      readonly headers: OutboundResponse['headers'];
    }
  | UnansweredResult;

export interface UnansweredResult extends Omit<UnansweredCall, 'response'> {
  readonly signal: ErrorSignal | null;
}

export interface Requests {
  send(request: AppstleRequest): Promise<AppstleResult>;
  /**
   * Returns the JSON of an answer; null for an empty one. Throws `ProviderFailure` for anything else: a list that is
   * 404 is no empty list.
   */
  read(path: ApiPath, query?: Readonly<Record<string, string>>): Promise<unknown>;
  /** Returns the JSON of an answer, and what its headers say of the list that it is a page of. */
  readPage(path: ApiPath, query: Readonly<Record<string, string>>): Promise<PageAnswer>;
  /** Returns the JSON of one record; null for 404 too. Throws `ProviderFailure` for anything else. */
  find(path: ApiPath): Promise<unknown>;
}

export interface PageAnswer {
  readonly body: unknown;
  /** Rows of the whole list; null where it is not stated. */
  readonly total: number | null;
  /** Whether a link to another page is given; null where there are no links. */
  readonly hasNext: boolean | null;
}

const ROOT: ApiPath = { path: '/api/external/v2', template: '/api/external/v2' };

export function createRequests(
  { settings, baseUrl, timeoutMs }: Account<AppstleSettings>,
  { transport, clock }: AccountServices,
  scope: RequestScope,
): Requests {
  const { apiKey, appKey, writeTimeoutMs } = settings;
  const credentials = { 'x-api-key': apiKey, ...(appKey !== undefined && { 'x-app-key': appKey }) };
  const api = createJsonApi({
    provider: 'Appstle',
    baseUrl,
    transport,
    clock,
    timeoutMs,
    scope,
    headers: () => credentials,
    classify,
  });

  function request({ path, query, ...more }: AppstleRequest): Promise<JsonResult> {
    return api.send({
      ...more,
      path: joinPaths(ROOT, path),
      query: new URLSearchParams(query).toString(),
      ...(more.method !== 'GET' && { limit: 'writes', timeoutMs: writeTimeoutMs }),
    });
  }

  async function send(sent: AppstleRequest): Promise<AppstleResult> {
    return toResult(await request(sent));
  }

  function bodyOf(result: AppstleResult): unknown {
    if (result.outcome === 'answered') return result.body;
    throw new ProviderFailure(result.problem);
  }

  return {
    send,
    read: async (path, query = {}) => bodyOf(await send({ method: 'GET', path, query })),
    async readPage(path, query) {
      const result = await send({ method: 'GET', path, query });
      const body = bodyOf(result);
      const { 'x-total-count': total, link } = result.outcome === 'answered' ? result.headers : {};
      return {
        body,
        total: total !== undefined && /^\d{1,9}$/.test(total) ? Number(total) : null,
        hasNext: link === undefined ? null : /rel="?next\b/i.test(link),
      };
    },
    async find(path) {
      const result = await request({ method: 'GET', path, query: {} });
      return isNotThere(result) ? null : bodyOf(toResult(result));
    },
  };
}

function toResult(result: JsonResult): AppstleResult {
  return result.outcome === 'answered' ? toSuccess(result) : toFailure(result);
}

/** Classifies a success, which may be a decline or unreadable. */
function toSuccess({ attempts, response, body }: Extract<JsonResult, { outcome: 'answered' }>): AppstleResult {
  const signal = errorSignal(response);
  const { headers } = response;
  if (signal !== null) return { outcome: 'refused', attempts, problem: problem('REJECTED', DECLINED), signal };
  if (response.text.trim() === '') return { outcome: 'answered', attempts, body: null, headers };
  if (body !== undefined) return { outcome: 'answered', attempts, body, headers };
  return { outcome: 'unknown', attempts, problem: problem('CONTRACT_DRIFT', NOT_JSON), signal: null };
}

function toFailure({ outcome, attempts, problem: found, response }: UnansweredJson): UnansweredResult {
  const signal = response && errorSignal(response);
  return { outcome, attempts, problem: { ...found, ...explained(signal) }, signal };
}

/** Returns what the body says better than the status. */
function explained(signal: ErrorSignal | null): Partial<ProviderProblem> {
  if (signal === 'COLLISION') return { kind: 'CONFLICT', detail: COLLISION };
  return signal === 'LOCKED' ? { kind: 'CONFLICT', detail: LOCKED } : {};
}

const COLLISION = 'Appstle was changing the same contract at that moment (HTTP 400).';
const LOCKED = 'Appstle is billing or changing this contract right now (HTTP 400).';
const DECLINED = 'Appstle answered the request and declined it.';
const NOT_JSON = 'Appstle answered something that is not JSON.';
