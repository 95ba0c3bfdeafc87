import {
  type ApolloServerOptionsWithGateway,
  type ApolloServerPlugin,
  type BaseContext,
  HeaderMap,
} from '@apollo/server';
import type { ExecutionResult, GraphQLSchema } from 'graphql';
import { type DecidedOperation, decideOperation } from './decided-operation.js';
import type { Execute } from './executor.js';

type Gateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];

export interface ApolloExecutor {
  readonly gateway: Gateway;
  readonly plugin: ApolloServerPlugin;
}

/** Throws a `GraphQLError` for the client when the operation may not run. */
export type Admit = (schema: GraphQLSchema, operation: DecidedOperation) => void;

/**
 * Has Apollo Server use an executor of one's own. It takes one only from a gateway; this one has nothing behind it but the
 * schema. Yet what Apollo Server hands to a gateway keeps everything of its request in memory until all garbage is collected
 * (decision 0015). So operations run one step earlier, where a plugin may answer. What ends in errors still goes through the
 * gateway, because Apollo Server words, reports and counts the errors of those alone; the gateway itself runs nothing.
 */
export function asApolloExecutor(schema: GraphQLSchema, execute: Execute, admit: Admit = () => {}): ApolloExecutor {
  /** By the context of their operation. */
  const failed = new WeakMap<object, () => ExecutionResult>();

  return {
    plugin: {
      requestDidStart: async () => {
        let decided: DecidedOperation | null = null;
        return {
          async didResolveOperation(requested) {
            const operation = decideOperation(requested);
            admit(schema, operation);
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
