import { problem, type ProviderProblem, type ProviderProblemKind } from '../domain/problem.js';
import type { Failure } from './failure.js';

/** Says what went wrong in our own words: the provider's body may hold anything and is never repeated. */
export function problemOfFailure(failure: Failure, provider: string, now: Date): ProviderProblem {
  if (failure.type === 'transport') {
    return failure.kind === 'TIMEOUT'
      ? problem('TIMEOUT', `${provider} did not answer in time.`)
      : problem('UNAVAILABLE', `${provider} could not be reached.`);
  }
  const { status, retryAfterMs } = failure;
  const kind = kindOf(status);
  return problem(kind, `${provider} ${sentences[kind]} (HTTP ${status}).`, {
    httpStatus: status,
    retryAt: retryAfterMs === null ? null : new Date(now.getTime() + retryAfterMs),
  });
}

function kindOf(status: number): ProviderProblemKind {
  switch (status) {
    case 401:
      return 'AUTHENTICATION';
    case 403:
      return 'FORBIDDEN';
    case 404:
      return 'NOT_FOUND';
    case 408:
    case 504:
      return 'TIMEOUT';
    case 409:
    case 423:
      return 'CONFLICT';
    case 429:
      return 'RATE_LIMITED';
    default:
      if (status >= 500) return 'UNAVAILABLE';
      return status >= 400 ? 'REJECTED' : 'CONTRACT_DRIFT';
  }
}

const sentences: Readonly<Record<ProviderProblemKind, string>> = {
  AUTHENTICATION: 'did not accept the credentials of this account',
  FORBIDDEN: 'does not permit this',
  NOT_FOUND: 'has no such record',
  REJECTED: 'did not accept the request',
  CONFLICT: 'is busy with another change of the same record',
  RATE_LIMITED: 'is receiving too many requests',
  TIMEOUT: 'did not answer in time',
  UNAVAILABLE: 'is not working right now',
  CONTRACT_DRIFT: 'gave an answer that is not documented',
};
