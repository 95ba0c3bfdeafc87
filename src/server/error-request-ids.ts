import type { ApolloServerPlugin } from '@apollo/server';

/** Context that carries the id of its request. */
export interface HasRequestId {
  readonly requestId: string;
}

/**
 * Maps errors to the ids of their requests. Apollo Server does not pass the request to `formatError`, and AsyncLocalStorage
 * would slow down every promise of the process.
 */
export class ErrorRequestIds {
  private readonly requestIds = new WeakMap<object, string>();

  record(error: unknown, { requestId }: HasRequestId): void {
    if (isObject(error)) this.requestIds.set(error, requestId);
  }

  requestIdOf(error: unknown): string | null {
    if (!isObject(error)) return null;
    return this.requestIds.get(error) ?? ('originalError' in error ? this.requestIdOf(error.originalError) : null);
  }

  /** Records the errors of each request. */
  plugin<Context extends HasRequestId>(): ApolloServerPlugin<Context> {
    return {
      requestDidStart: async () => ({
        didEncounterErrors: async ({ errors, contextValue }) => {
          for (const error of errors) this.record(error, contextValue);
        },
      }),
    };
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
