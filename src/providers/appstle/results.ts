import { problem, type ProviderProblem } from '../../domain/problem.js';
import type { OutboundResponse } from '../../domain/transport.js';
import type { CallResult, UnansweredCall } from '../../http/call.js';
import { readJson } from '../kit/json.js';
import { type Sign, signOf } from './answer-signs.js';

/** `body` is null for the empty successes Appstle sends now and then. */
export type AppstleResult =
  { readonly outcome: 'answered'; readonly attempts: number; readonly body: unknown } | UnansweredResult;

export interface UnansweredResult extends Omit<UnansweredCall, 'response'> {
  readonly sign: Sign | null;
}

export function toResult(result: CallResult): AppstleResult {
  return result.outcome === 'answered' ? toSuccess(result) : toFailure(result);
}

/** A success may decline, and may be unreadable. */
function toSuccess({ attempts, response }: { attempts: number; response: OutboundResponse }): AppstleResult {
  const sign = signOf(response);
  if (sign !== null) return { outcome: 'refused', attempts, problem: problem('REJECTED', DECLINED), sign };
  if (response.text.trim() === '') return { outcome: 'answered', attempts, body: null };
  const json = readJson(response.text);
  if (json.ok) return { outcome: 'answered', attempts, body: json.value };
  return { outcome: 'unknown', attempts, problem: problem('CONTRACT_DRIFT', NOT_JSON), sign: null };
}

function toFailure({ outcome, attempts, problem: found, response }: UnansweredCall): UnansweredResult {
  const sign = response && signOf(response);
  return { outcome, attempts, problem: { ...found, ...nameOf(sign) }, sign };
}

/** Statuses that say less than the body. */
function nameOf(sign: Sign | null): Partial<ProviderProblem> {
  if (sign === 'COLLISION') return { kind: 'CONFLICT', detail: COLLISION };
  return sign === 'LOCKED' ? { kind: 'CONFLICT', detail: LOCKED } : {};
}

const COLLISION = 'Appstle was changing the same contract at that moment (HTTP 400).';
const LOCKED = 'Appstle is billing or changing this contract right now (HTTP 400).';
const DECLINED = 'Appstle answered the request and declined it.';
const NOT_JSON = 'Appstle answered something that is not JSON.';
