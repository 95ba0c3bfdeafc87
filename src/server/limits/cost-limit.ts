import { GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { DecidedOperation } from '../executor/decided-operation.js';
import { type Cost, costIn } from './cost.js';
import { costOf } from './operation-cost.js';

/** Refuses an operation that costs more. It is priced once; what its variables say of list sizes is then filled in. */
export function limitCost(limit: number) {
  const prices = new WeakMap<OperationDefinitionNode, Cost>();
  return (schema: GraphQLSchema, { document, operation, variables }: DecidedOperation): void => {
    const price = prices.get(operation) ?? costOf(schema, document, operation);
    prices.set(operation, price);
    if (costIn(variables, price) <= limit) return;
    throw new GraphQLError(`The operation costs more than ${limit}. Ask for fewer records at a time.`, {
      extensions: { code: 'COST_LIMIT_EXCEEDED', http: { status: 400 } },
    });
  };
}
