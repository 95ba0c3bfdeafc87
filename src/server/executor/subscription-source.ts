import { createSourceEventStream, GraphQLError, type GraphQLSchema, OperationTypeNode } from 'graphql';
import type { ExecutionRequest } from './interpret.js';
import type { ResolvedOperation } from './resolve-operation.js';

/** A request that prefers an event stream. Each event of a subscription is an execution of it. */
export interface StreamedRequest {
  readonly method: string;
  /** Reserves a stream before a source is opened. Throws a `GraphQLError` above the limits. */
  reserve(): void;
  /** Hints that an event is due, opened by the first execution of a subscription; null for other operations. */
  source: AsyncIterator<unknown> | null;
  /** Whether the last execution could not read its record. */
  isFailed: boolean;
}

/** Opens the source of a subscription, before its record is first read so that no change is missed. Returns errors, if any. */
export async function openSource(
  schema: GraphQLSchema,
  { document, operation, variables, contextValue }: ExecutionRequest,
  streamed: StreamedRequest,
): Promise<readonly GraphQLError[] | null> {
  if (streamed.source) return null;
  streamed.reserve();
  const operationName = operation.name?.value ?? null;
  const opened = await createSourceEventStream({
    schema,
    document,
    operationName,
    variableValues: variables,
    contextValue,
  });
  if (!(Symbol.asyncIterator in opened)) return opened.errors ?? [];
  streamed.source = opened[Symbol.asyncIterator]();
  // A source yields at once: that is the event under way.
  await streamed.source.next();
  return null;
}

/** Refuses what Apollo Server refuses by itself, had it been told of the GET. */
export function refuseMutationByGet({ operation }: ResolvedOperation, { method }: StreamedRequest): void {
  if (method !== 'GET' || operation.operation !== OperationTypeNode.MUTATION) return;
  throw new GraphQLError('A mutation cannot be sent by GET.', {
    extensions: { code: 'BAD_REQUEST', http: { status: 405 } },
  });
}
