import { GraphQLError } from 'graphql';
import type { ProviderProblem } from '../../domain/problem.js';

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
