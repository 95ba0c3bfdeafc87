import { problem, type ProviderProblem, type ProviderProblemKind } from '../domain/problem.js';
import type { TransportFailureKind } from '../domain/transport.js';
import type { Failure } from './failure.js';

/** Describes a failure in our own words; the provider's body may hold anything and is never repeated. */
export function problemOfFailure(failure: Failure, provider: string, now: Date): ProviderProblem {
  const { retryAfterMs = null } = failure;
  const retryAt = retryAfterMs === null ? null : new Date(now.getTime() + retryAfterMs);
  if (failure.type === 'transport') return problemOfTransport(failure.kind, provider, retryAt);
  const { status } = failure;
  const kind = failure.isBan && status !== 200 ? 'RATE_LIMITED' : kindOf(status);
  return problem(kind, `${provider} ${sentences[kind]} (HTTP ${status}).`, { httpStatus: status, retryAt });
}

function problemOfTransport(kind: TransportFailureKind, provider: string, retryAt: Date | null): ProviderProblem {
  switch (kind) {
    case 'TIMEOUT':
    case 'ABORTED':
      return problem('TIMEOUT', `${provider} did not answer in time.`);
    case 'UNAVAILABLE':
      return problem('UNAVAILABLE', `${provider} could not be reached.`);
    case 'CIRCUIT_OPEN':
      return {
        ...problem('UNAVAILABLE', `${provider} failed again and again, so it was not asked.`, { retryAt }),
        notSent: kind,
      };
    case 'TOO_LATE':
    case 'NOT_READABLE':
      return { ...problem('UNAVAILABLE', `The time to ask ${provider} was over before this was sent.`), notSent: kind };
    case 'HELD_BACK':
      return {
        ...problem('RATE_LIMITED', `${provider} was asked too often and wants a pause, so it was not asked.`, {
          retryAt,
        }),
        notSent: kind,
      };
    case 'QUEUE_FULL':
    case 'QUEUE_TIMEOUT':
      return {
        ...problem('RATE_LIMITED', `Too many requests wait for ${provider}, so this one was not sent.`, { retryAt }),
        notSent: kind,
      };
  }
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
