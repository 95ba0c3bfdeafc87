import {
  execute,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  isValueNode,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { readVariables } from './read-variables.js';
import type { ResolvedOperation } from './resolve-operation.js';

export interface ExecutionRequest extends ResolvedOperation {
  readonly contextValue?: unknown;
}

/** Executes an operation like `execute` of graphql-js. */
export type Execute = (request: ExecutionRequest) => ExecutionResult | Promise<ExecutionResult>;

/** Executes an operation with graphql-js. */
export function interpret(
  schema: GraphQLSchema,
  { document, operation, variables, contextValue }: ExecutionRequest,
): ExecutionResult | Promise<ExecutionResult> {
  const operationName = operation.name?.value ?? null;
  const result = execute({ schema, document, operationName, variableValues: variables, contextValue });
  if (result instanceof Promise) return result.then(blameDocument);
  // Without data graphql-js refused the variables, and nothing ran.
  const errors = 'data' in result ? undefined : readVariables(schema, operation, variables).errors;
  return errors ? { errors } : blameDocument(result);
}

/**
 * Marks errors in the values of a document as client errors: graphql-js finds a null in a non-null position only during
 * execution.
 */
function blameDocument(result: ExecutionResult): ExecutionResult {
  if (!result.errors?.some(isOfDocument)) return result;
  return { ...result, errors: result.errors.map((error) => (isOfDocument(error) ? asBadInput(error) : error)) };
}

/** Returns whether an error points to a value in the document; errors of resolvers and results point to a field or nowhere. */
function isOfDocument(error: GraphQLError): boolean {
  const origin = error.originalError ?? error;
  const [node] = origin instanceof GraphQLError ? (origin.nodes ?? []) : [];
  return node !== undefined && isValueNode(node);
}

function asBadInput(error: GraphQLError): GraphQLError {
  const { message, nodes, source, positions, path, extensions } = error;
  return new GraphQLError(message.replace(/ has invalid value .*$/s, ' has an invalid value.'), {
    ...(nodes && { nodes }),
    ...(source && { source }),
    ...(positions && { positions }),
    ...(path && { path }),
    extensions: { ...extensions, code: 'BAD_USER_INPUT' },
  });
}

/**
 * Runs introspection against the API schema, which omits the fields for gateways, so that tools download the same schema as
 * the emitted file.
 */
export function introspectWith(apiSchema: GraphQLSchema, execute: Execute): Execute {
  return (request) => (asksAboutSchemaOnly(request.operation) ? interpret(apiSchema, request) : execute(request));
}

const ABOUT_SCHEMA: ReadonlySet<string> = new Set(['__schema', '__type']);

/** Detects operations that only introspect. Tools use no fragment on the root type, so one makes the operation ordinary. */
function asksAboutSchemaOnly({ selectionSet }: OperationDefinitionNode): boolean {
  return selectionSet.selections.every((each) => each.kind === Kind.FIELD && ABOUT_SCHEMA.has(each.name.value));
}
