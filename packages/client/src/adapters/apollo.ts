import type { Execute } from '../client.js';

interface ApolloResult {
  readonly data?: unknown;
  readonly error?: Error | undefined;
}

/** What is used of an Apollo Client. */
export interface ApolloClientLike {
  query(options: never): Promise<unknown>;
  mutate(options: never): Promise<unknown>;
}

/** Executes with Apollo Client 4: `createUpsellClient({ execute: withApollo(client, gql) })`. */
export function withApollo(client: ApolloClientLike, gql: (text: string) => unknown): Execute {
  return async (document, variables, kind) => {
    const sent = typeof document === 'string' ? gql(document) : document;
    const common = { variables, errorPolicy: 'all', context: { queryDeduplication: false } };
    const answer =
      kind === 'mutation'
        ? client.mutate({ ...common, mutation: sent } as never)
        : client.query({ ...common, query: sent, fetchPolicy: 'network-only' } as never);
    const { data, error } = (await answer) as ApolloResult;
    const errors: unknown = error === undefined ? [] : Reflect.get(error, 'errors');
    if (!Array.isArray(errors)) throw error ?? new Error('There was no answer.');
    return { data, errors };
  };
}
