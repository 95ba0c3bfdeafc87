import {
  type ApolloServerOptionsWithGateway,
  type ApolloServerPlugin,
  type BaseContext,
  HeaderMap,
} from '@apollo/server';
import type { ExecutionResult, GraphQLSchema } from 'graphql';
import type { Execute } from './interpret.js';
import { type ResolvedOperation, resolveOperation } from './resolve-operation.js';

type Gateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];

export interface ApolloExecutor {
  readonly gateway: Gateway;
  readonly plugin: ApolloServerPlugin;
}

/** Throws a `GraphQLError` when the operation may not run. */
export type CheckOperation = (schema: GraphQLSchema, operation: ResolvedOperation) => void;

/**
 * Makes Apollo Server use a custom executor. Apollo Server accepts one only from a gateway, whose requests stay in memory
 * until a full garbage collection (decision 0015). A plugin therefore runs operations one step earlier. Results with errors
 * still pass through the gateway, because Apollo Server formats and reports only those; the gateway itself runs nothing.
 */
export function asApolloExecutor(
  schema: GraphQLSchema,
  execute: Execute,
  check: CheckOperation = () => {},
): ApolloExecutor {
  /** Results with errors, by the context of their operation. */
  const failed = new WeakMap<object, () => ExecutionResult>();

  return {
    plugin: {
      requestDidStart: async () => {
        let decided: ResolvedOperation | null = null;
        return {
          async didResolveOperation(requested) {
            const operation = resolveOperation(requested);
            check(schema, operation);
            decided = operation;
          },
          async responseForOperation({ contextValue }) {
            if (!decided) return null;
            try {
              const result = await execute({ ...decided, contextValue });
              const { data, errors } = result;
              if (data && !errors)
                return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult: { data } } };
              failed.set(contextValue, () => result);
            } catch (error) {
              failed.set(contextValue, () => {
                throw error;
              });
            }
            return null;
          },
        };
      },
    },
    gateway: {
      onSchemaLoadOrUpdate(onSchema) {
        onSchema({ apiSchema: schema, coreSupergraphSdl: '' });
        return () => {};
      },
      load: async () => ({
        async executor({ context }) {
          const failure = failed.get(context);
          if (!failure) throw new TypeError('an operation came to execution that was not decided on');
          return failure();
        },
      }),
      stop: async () => {},
    },
  };
}
