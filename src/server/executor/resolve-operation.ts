import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';

/** The operation a request runs. Resolved once before execution; nothing else ever runs. */
export interface ResolvedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Variables as sent. */
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface RequestedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  /** Operation named by the request, or the only one of the document. */
  readonly operation?: OperationDefinitionNode;
  readonly request: {
    readonly operationName?: string;
    readonly variables?: Readonly<Record<string, unknown>>;
  };
}

/**
 * Resolves the operation of a request. Throws a `GraphQLError` for an unknown or unsupported one, and for a subscription unless
 * its events can be streamed.
 */
export function resolveOperation(
  { schema, document, operation, request }: RequestedOperation,
  isStreamed: boolean,
): ResolvedOperation {
  if (!operation) throw unresolved(whyUnresolved(document, request.operationName));
  const kind = operation.operation;
  if (!schema.getRootType(kind)) throw unresolved(`This server does not support a ${kind}.`);
  // graphql-js would run a subscription like a query.
  if (kind === OperationTypeNode.SUBSCRIPTION && !isStreamed)
    throw unresolved('A subscription is sent as text/event-stream, and the request does not prefer that type.');
  return { document, operation, variables: request.variables ?? {} };
}

function whyUnresolved({ definitions }: DocumentNode, name: string | undefined): string {
  if (typeof name === 'string') return 'The document has no operation of the requested name.';
  return definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION)
    ? 'Must provide operation name if query contains multiple operations.'
    : 'Must provide an operation.';
}

function unresolved(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } } });
}
