import { problem, ProviderFailure, type ProviderProblem } from '../../domain/problem.js';
import type { HttpMethod, OutboundResponse } from '../../domain/transport.js';
import {
  call,
  type CallConditions,
  type CallResult,
  type ResponseClass,
  type UnansweredCall,
} from '../../http/call.js';
import type { ApiPath } from './api-path.js';
import { readLongJson } from './json.js';

/** One request to an API that speaks JSON. */
export interface JsonRequest {
  readonly method: HttpMethod;
  readonly path: ApiPath;
  /** Whether it may change something; absent: whatever is not a GET. */
  readonly kind?: 'read' | 'write';
  /** Without the question mark. */
  readonly query?: string;
  /** An object, or the text of one that `JSON.stringify` cannot write. */
  readonly body?: object | string;
  /** Makes the headers anew for each attempt, because signatures carry a time. */
  readonly headers?: () => Readonly<Record<string, string>>;
  /** The provider documents that sending this write twice does it once. */
  readonly repeatSafe?: boolean;
  /** Name of the narrowest limit of the account that it falls under. */
  readonly limit?: string;
  /** Instead of the API's own. */
  readonly timeoutMs?: number;
}

/** How a request ended, with the JSON of the last answer: undefined when none came or it is not JSON. */
export type JsonResult = CallResult & { readonly body: unknown };

export type UnansweredJson = UnansweredCall & { readonly body: unknown };

export interface JsonApi {
  /** Sends a request. Never throws for what happens on the way. */
  send(request: JsonRequest): Promise<JsonResult>;
  /** Returns the JSON of a success. Throws `ProviderFailure` for anything else. */
  read(request: JsonRequest): Promise<unknown>;
  /** Returns the JSON of a success, null for 404. Throws `ProviderFailure` for anything else. */
  find(request: JsonRequest): Promise<unknown>;
}

export interface JsonApiOptions extends CallConditions {
  readonly baseUrl: string;
  /** Returns the headers of every request: the credentials. */
  headers?(): Readonly<Record<string, string>>;
  /** Classifies a response that is no success; null where its status alone says what it means. */
  classify?(response: OutboundResponse, request: AttemptedRequest): ResponseClass | null;
}

export interface AttemptedRequest {
  readonly kind: 'read' | 'write';
  readonly repeatSafe: boolean;
  /** From 1. */
  readonly attempt: number;
}

export function createJsonApi(options: JsonApiOptions): JsonApi {
  const { provider, baseUrl } = options;

  async function send(request: JsonRequest): Promise<JsonResult> {
    const { method, path, query, body, repeatSafe = false, limit, timeoutMs } = request;
    const kind = request.kind ?? (method === 'GET' ? 'read' : 'write');
    const result = await call(
      {
        kind,
        method,
        url: query ? `${baseUrl}${path.path}?${query}` : baseUrl + path.path,
        urlTemplate: path.template,
        headers: () => headersOf(request, options),
        repeatSafe,
        classify: (response, attempt) => options.classify?.(response, { kind, repeatSafe, attempt }) ?? null,
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        ...(limit !== undefined && { limit }),
      },
      timeoutMs === undefined ? options : { ...options, timeoutMs },
    );
    return Object.assign(result, { body: await jsonIn(result.response) });
  }

  return {
    send,
    read: async (request) => requireBody(await send(request), provider),
    find: async (request) => findBody(await send(request), provider),
  };
}

function headersOf({ body, headers }: JsonRequest, options: JsonApiOptions): Readonly<Record<string, string>> {
  const own: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) own['content-type'] = 'application/json';
  return Object.assign(own, options.headers?.(), headers?.());
}

/** Returns the JSON of a success, or throws `ProviderFailure`. */
function requireBody(result: JsonResult, provider: string): unknown {
  if (result.outcome !== 'answered') throw new ProviderFailure(result.problem);
  if (result.body !== undefined) return result.body;
  throw new ProviderFailure(problem('CONTRACT_DRIFT', `${provider} answered something that is not JSON.`));
}

/** Returns the JSON of a success, null for 404, or throws `ProviderFailure`. */
export function findBody(result: JsonResult, provider: string): unknown {
  return isNotThere(result) ? null : requireBody(result, provider);
}

/** Whether the API says that a record is not there. A page with 404 is the word of something that stands before it. */
export function isNotThere({ outcome, ...result }: JsonResult): boolean {
  if (outcome === 'answered' || !('problem' in result) || result.problem.kind !== 'NOT_FOUND') return false;
  return !/^\s*</.test(result.response?.text ?? '');
}

/** Makes the result of a request that was not sent because it is certain to be refused. */
export function notSent(reason: ProviderProblem): JsonResult {
  return { outcome: 'refused', attempts: 0, problem: reason, response: null, body: undefined };
}

async function jsonIn(response: OutboundResponse | null): Promise<unknown> {
  const json = response ? await readLongJson(response.text) : null;
  return json?.ok ? json.value : undefined;
}
