import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { GraphQLError, type OperationDefinitionNode } from 'graphql';
import { type Cost, costIn } from './cost.js';
import { costOf } from './operation-cost.js';

/** Refuses an operation that costs more. It is priced once; what its variables say of list sizes is then filled in. */
export function limitCost<Context extends BaseContext>(limit: number): ApolloServerPlugin<Context> {
  const prices = new WeakMap<OperationDefinitionNode, Cost>();
  return {
    requestDidStart: async () => ({
      async didResolveOperation({ schema, document, operation, request }) {
        if (!operation) return;
        const price = prices.get(operation) ?? costOf(schema, document, operation);
        prices.set(operation, price);
        if (costIn(request.variables ?? {}, price) <= limit) return;
        throw new GraphQLError(`The operation costs more than ${limit}. Ask for fewer records at a time.`, {
          extensions: { code: 'COST_LIMIT_EXCEEDED', http: { status: 400 } },
        });
      },
    }),
  };
}
