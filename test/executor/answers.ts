import { type DocumentNode, type ExecutionResult, getOperationAST, GraphQLError } from 'graphql';
import type { ResolvedOperation } from '../../src/server/executor/resolve-operation.js';

/** The only operation of a document, as a request asks for it. */
export function decided(document: DocumentNode, variables: ResolvedOperation['variables'] = {}): ResolvedOperation {
  const operation = getOperationAST(document);
  if (!operation) throw new TypeError('the document has no operation of its own');
  return { document, operation, variables };
}

export interface WireAnswer {
  readonly data: unknown;
  readonly errors: readonly string[];
}

/**
 * As it goes over the wire, with errors in an order of their own: siblings fail in no promised order. Where null took the
 * place of a record, it is a matter of time which and how many of the errors behind it were seen: one stands for all.
 */
export function onTheWire({ data, errors = [] }: ExecutionResult): WireAnswer {
  const wireData: unknown = JSON.parse(JSON.stringify(data ?? null));
  const seen = errors.map((error) => {
    const { path = [] } = error;
    const end = path.findIndex((_, length) => at(wireData, path.slice(0, length)) === null);
    return end === -1 ? JSON.stringify(error) : `something below ${JSON.stringify(path.slice(0, end))}`;
  });
  return { data: wireData, errors: [...new Set(seen)].sort() };
}

/** graphql-js does not say of an error whose mistake it is. */
export function withoutBlame(result: ExecutionResult): ExecutionResult {
  if (!result.errors) return result;
  return { ...result, errors: result.errors.map((error) => (isBlamed(error) ? unblame(error) : error)) };
}

function isBlamed({ extensions, originalError }: GraphQLError): boolean {
  return extensions['code'] === 'BAD_USER_INPUT' && originalError === undefined;
}

function unblame({ message, nodes, path }: GraphQLError): GraphQLError {
  return new GraphQLError(message, { ...(nodes && { nodes }), ...(path && { path }) });
}

function at(data: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, key) => (value === null ? null : Object(value)[key]), data);
}
