import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';

/** What a request runs. It is decided once, before anything runs, and nothing else is ever run. */
export interface DecidedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As sent. */
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface RequestedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  /** The operation of the document that the request names, or its only one. */
  readonly operation?: OperationDefinitionNode;
  readonly request: {
    readonly operationName?: string;
    readonly variables?: Readonly<Record<string, unknown>>;
  };
}

/** Throws a `GraphQLError` for the client when the request names no operation, or one that is not answered here. */
export function decideOperation({ schema, document, operation, request }: RequestedOperation): DecidedOperation {
  if (!operation) throw unresolved(whyUnresolved(document, request.operationName));
  const kind = operation.operation;
  // graphql-js would run a subscription as if it were a query.
  if (kind === OperationTypeNode.SUBSCRIPTION || !schema.getRootType(kind))
    throw unresolved(`There is no ${kind} to answer here.`);
  return { document, operation, variables: request.variables ?? {} };
}

function whyUnresolved({ definitions }: DocumentNode, name: string | undefined): string {
  if (typeof name === 'string') return `Unknown operation named "${name}".`;
  return definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION)
    ? 'Must provide operation name if query contains multiple operations.'
    : 'Must provide an operation.';
}

function unresolved(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } } });
}
