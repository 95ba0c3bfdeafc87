import { problem, ProviderFailure, type ProviderProblem } from '../../../domain/problem.js';
import { notFound, providerFailed, type Refusal } from '../../../domain/refusal.js';
import type { SendResult, StepResult } from '../../../domain/write.js';
import type { CallResult } from '../../../http/call.js';
import { readJson } from '../../kit/json.js';

/** What a write is about, for the refusal of one that is gone. */
export interface WrittenRecord {
  readonly path: readonly string[];
  readonly what: string;
}

/** Decides by status alone: texts may change, https://developer.ordergroove.com/docs/general-faq */
export function toAnswer(
  result: CallResult,
  readResult: (body: string) => StepResult,
  written: WrittenRecord,
): SendResult {
  const { attempts } = result;
  switch (result.outcome) {
    case 'answered':
      return confirm(attempts, result.response.text, readResult);
    case 'refused':
      return { outcome: 'refused', attempts, refusal: refusalOf(result.problem, written) };
    case 'not_applied':
    case 'unknown':
      return { outcome: result.outcome, attempts, problem: result.problem };
  }
}

/** A success that cannot be read says that something was done, but not what. */
function confirm(attempts: number, body: string, readResult: (body: string) => StepResult): SendResult {
  try {
    return { outcome: 'confirmed', attempts, result: readResult(body) };
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    return { outcome: 'unknown', attempts, problem: error.problem };
  }
}

/** Decodes a body that must be JSON, or throws CONTRACT_DRIFT. */
export function decodeBody<T>(body: string, decode: (value: unknown) => T): T {
  const json = readJson(body);
  if (json.ok) return decode(json.value);
  throw new ProviderFailure(problem('CONTRACT_DRIFT', 'Ordergroove answered a write with something that is not JSON.'));
}

function refusalOf(found: ProviderProblem, { path, what }: WrittenRecord): Refusal {
  if (found.kind === 'NOT_FOUND') return notFound(path, what);
  const isOurs = found.kind === 'AUTHENTICATION' || found.kind === 'FORBIDDEN';
  return providerFailed(found, isOurs ? 'NEVER' : 'NEW_REQUEST');
}
