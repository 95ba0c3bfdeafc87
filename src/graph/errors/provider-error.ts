import { GraphQLError } from 'graphql';
import { problem, type ProviderProblem } from '../../domain/problem.js';

/** A read of a provider failed: the field is null, the rest of the answer stays. */
export class ProviderReadError extends GraphQLError {
  constructor(
    account: string,
    readonly problem: ProviderProblem,
  ) {
    const { kind, httpStatus, retryAt, detail } = problem;
    super(detail, {
      extensions: {
        code: `PROVIDER_${kind}`,
        problem: { kind, httpStatus, retryAt: retryAt?.toISOString() ?? null, account },
      },
    });
  }
}

/** For fields that are null only on an error: what the provider does not have any more is one. */
export function requireRecord<T>(account: string, record: T | null | undefined, detail: string): T {
  if (record === null || record === undefined) throw new ProviderReadError(account, problem('NOT_FOUND', detail));
  return record;
}
