import type { Execute } from '../client.js';

interface UrqlResult {
  readonly data?: unknown;
  readonly error?: { readonly networkError?: Error | undefined; readonly graphQLErrors: readonly object[] } | undefined;
}

interface UrqlSource {
  toPromise(): Promise<UrqlResult>;
}

/** What is used of an urql client. */
export interface UrqlClient {
  query(document: never, variables: never, context: { requestPolicy: 'network-only' }): UrqlSource;
  mutation(document: never, variables: never): UrqlSource;
}

/** Executes with urql: `createUpsellClient({ execute: withUrql(client) })`. */
export function withUrql(client: UrqlClient): Execute {
  return async (document, variables, kind) => {
    const [sent, values] = [document as never, variables as never];
    const source =
      kind === 'mutation'
        ? client.mutation(sent, values)
        : client.query(sent, values, { requestPolicy: 'network-only' });
    const { data, error } = await source.toPromise();
    if (error?.networkError) throw error.networkError;
    return { data, errors: error?.graphQLErrors ?? [] };
  };
}
