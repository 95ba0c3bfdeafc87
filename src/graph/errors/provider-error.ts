import { GraphQLError } from 'graphql';
import { problem, type ProviderProblem } from '../../domain/problem.js';

/** Thrown when a provider read fails: the field is null, the rest of the response stays. */
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

/** Returns the record of a field that is null only on an error; throws when the provider no longer has it. */
export function requireRecord<T>(account: string, record: T | null | undefined, detail: string): T {
  if (record === null || record === undefined) throw new ProviderReadError(account, problem('NOT_FOUND', detail));
  return record;
}
