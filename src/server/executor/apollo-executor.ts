import {
  type ApolloServerOptionsWithGateway,
  type ApolloServerPlugin,
  type BaseContext,
  HeaderMap,
} from '@apollo/server';
import { type ExecutionResult, type GraphQLSchema, OperationTypeNode } from 'graphql';
import type { Execute } from './interpret.js';
import { type ResolvedOperation, resolveOperation } from './resolve-operation.js';
import { openSource, refuseMutationByGet, type StreamedRequest } from './subscription-source.js';

type Gateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];

export interface ApolloExecutor {
  readonly gateway: Gateway;
  readonly plugin: ApolloServerPlugin;
}

/** Context of a request that accepts an event stream. */
interface HasStreamedRequest {
  readonly streamed?: StreamedRequest;
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

  async function run(decided: ResolvedOperation, contextValue: object): Promise<ExecutionResult> {
    const { streamed }: HasStreamedRequest = contextValue;
    if (!streamed || decided.operation.operation !== OperationTypeNode.SUBSCRIPTION)
      return execute({ ...decided, contextValue });
    const errors = await openSource(schema, { ...decided, contextValue }, streamed);
    if (errors) return { errors };
    const result = await execute({ ...decided, contextValue });
    streamed.isFailed = result.errors !== undefined && Object.values(result.data ?? {}).every((root) => root === null);
    return result;
  }

  return {
    plugin: {
      requestDidStart: async () => {
        let decided: ResolvedOperation | null = null;
        return {
          async didResolveOperation(requested) {
            const { streamed }: HasStreamedRequest = requested.contextValue;
            const operation = resolveOperation(requested, streamed !== undefined);
            if (streamed) refuseMutationByGet(operation, streamed);
            check(schema, operation);
            decided = operation;
          },
          async responseForOperation({ contextValue }) {
            if (!decided) return null;
            try {
              const result = await run(decided, contextValue);
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
