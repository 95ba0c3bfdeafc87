import type { ApolloServerPlugin } from '@apollo/server';

/** What a context knows of its request. */
export interface InRequest {
  readonly requestId: string;
}

/**
 * The request that an error belongs to. Apollo Server does not say it when it asks how to show one, and to know it by
 * AsyncLocalStorage makes every promise of the process dearer.
 */
export class ErrorOrigins {
  private readonly requestIds = new WeakMap<object, string>();

  note(error: unknown, { requestId }: InRequest): void {
    if (isObject(error)) this.requestIds.set(error, requestId);
  }

  requestIdOf(error: unknown): string | null {
    if (!isObject(error)) return null;
    return this.requestIds.get(error) ?? ('originalError' in error ? this.requestIdOf(error.originalError) : null);
  }

  /** Notes the errors that come up while a request is answered. */
  plugin<Context extends InRequest>(): ApolloServerPlugin<Context> {
    return {
      requestDidStart: async () => ({
        didEncounterErrors: async ({ errors, contextValue }) => {
          for (const error of errors) this.note(error, contextValue);
        },
      }),
    };
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
