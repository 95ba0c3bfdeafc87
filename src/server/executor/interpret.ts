import { execute, type ExecutionResult, GraphQLError, type GraphQLSchema, isValueNode } from 'graphql';
import type { DecidedOperation } from './decided-operation.js';

export interface ExecutionRequest extends DecidedOperation {
  readonly contextValue?: unknown;
}

/** Runs an operation with graphql-js. */
export function interpret(
  schema: GraphQLSchema,
  { document, operation, variables, contextValue }: ExecutionRequest,
): ExecutionResult | Promise<ExecutionResult> {
  const operationName = operation.name?.value ?? null;
  const result = execute({ schema, document, operationName, variableValues: variables, contextValue });
  return result instanceof Promise ? result.then(blameDocument) : blameDocument(result);
}

/**
 * Calls what graphql-js finds wrong with the values of a document the client's mistake: a null where the schema wants none,
 * which it finds only while it executes.
 */
function blameDocument(result: ExecutionResult): ExecutionResult {
  if (!result.errors?.some(isOfDocument)) return result;
  return { ...result, errors: result.errors.map((error) => (isOfDocument(error) ? asBadInput(error) : error)) };
}

/** Errors of values point to them in the text; those of resolvers and of their results point to a field, or nowhere. */
function isOfDocument(error: GraphQLError): boolean {
  const origin = error.originalError ?? error;
  const [node] = origin instanceof GraphQLError ? (origin.nodes ?? []) : [];
  return node !== undefined && isValueNode(node);
}

function asBadInput(error: GraphQLError): GraphQLError {
  const { message, nodes, source, positions, path, extensions } = error;
  return new GraphQLError(message, {
    ...(nodes && { nodes }),
    ...(source && { source }),
    ...(positions && { positions }),
    ...(path && { path }),
    extensions: { ...extensions, code: 'BAD_USER_INPUT' },
  });
}
