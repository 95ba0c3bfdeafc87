import { problem, ProviderFailure } from '../../domain/problem.js';
import { errorsIn } from './errors-in.js';
import type { CentraResult } from './requests.js';

/** The body of a successful read; null for what is not there. Throws `ProviderFailure` for anything else. */
export function bodyOf({ outcome, body, problem: found }: CentraResult): unknown {
  if (outcome !== 'answered') {
    if (found?.kind === 'NOT_FOUND') return null;
    throw new ProviderFailure(found ?? problem('UNAVAILABLE', 'Centra did not answer.'));
  }
  if (body === undefined) throw new ProviderFailure(notJson);
  return body;
}

/** As `bodyOf`; `errors` in a 200 counts as a refusal. */
export function faultlessBodyOf(result: CentraResult): unknown {
  const body = bodyOf(result);
  if (errorsIn(body) === null) return body;
  throw new ProviderFailure(problem('REJECTED', 'Centra did not accept the request.'));
}

const notJson = problem('CONTRACT_DRIFT', 'Centra answered something that is not JSON.');
