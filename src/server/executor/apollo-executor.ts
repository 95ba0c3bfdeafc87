import type { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import type { Execute } from './executor.js';

type Gateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];

/** Apollo Server takes an executor of one's own only from a gateway. This one has nothing behind it but the schema. */
export function asGateway(schema: GraphQLSchema, execute: Execute): Gateway {
  return {
    onSchemaLoadOrUpdate(onSchema) {
      onSchema({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => {};
    },
    load: async () => ({
      executor: async ({ document, context, request: { operationName, variables } }) =>
        execute({ document, contextValue: context, operationName, variableValues: variables }),
    }),
    stop: async () => {},
  };
}
