import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import { compilableOperation } from './compilable.js';
import { guardSchema } from './guarded-schema.js';
import { type Execute, interpret } from './interpret.js';
import { readVariables } from './read-variables.js';

export interface ExecutorLimits {
  /** Maximum number of cached documents, and so of compiled operations. */
  readonly documents: number;
  /** Number of requests after which an operation is compiled: compiling one that never returns does not pay. */
  readonly compiledFromUse: number;
}

const DEFAULTS: ExecutorLimits = { documents: 250, compiledFromUse: 2 };

/** Creates an executor that compiles repeated operations to JavaScript, at a fraction of the cost of interpreting them. */
export function createExecutor(schema: GraphQLSchema, limits: Partial<ExecutorLimits> = {}): Execute {
  const { documents, compiledFromUse } = { ...DEFAULTS, ...limits };
  const guarded = guardSchema(schema);
  /** Compiled operations by document identity: Apollo Server caches parsed documents. */
  const known = new LRUCache<DocumentNode, { uses: number; compiled: CompiledOperation | null }>({ max: documents });

  function compiledOperation(document: DocumentNode): CompiledOperation | null {
    const seen = known.get(document) ?? { uses: 0, compiled: null };
    seen.uses += 1;
    if (seen.uses === 1) known.set(document, seen);
    if (seen.uses === compiledFromUse) seen.compiled = compile(guarded, document);
    return seen.compiled;
  }

  return (request) => {
    const { document, operation, contextValue, variables: sent } = request;
    const compiled = compiledOperation(document);
    if (compiled?.operation !== operation) return interpret(schema, request);
    // Compiled operations ignore defaults inside inputs and format errors differently, so variables are coerced first.
    const variables = readVariables(schema, operation, sent);
    if (variables.errors) return variables;
    if (compiled.neverNull.some((name) => variables.coerced[name] === null)) return interpret(schema, request);
    const result = compiled.query(undefined, contextValue, variables.coerced);
    return result instanceof Promise ? result.then(completeErrors) : completeErrors(result);
  };
}

/** Adds the extensions that errors of compiled operations lack: without them Apollo Server fails before it masks an error. */
function completeErrors(result: ExecutionResult): ExecutionResult {
  return result.errors ? { ...result, errors: result.errors.map(withExtensions) } : result;
}

function withExtensions(error: GraphQLError): GraphQLError {
  const stated: unknown = error.extensions;
  if (stated !== undefined) return error;
  const completed: GraphQLError = Object.create(error, { extensions: { value: {} } });
  return completed;
}

interface CompiledOperation {
  readonly operation: OperationDefinitionNode;
  readonly query: CompiledQuery['query'];
  /** Variables that are nullable but used in non-null positions, where graphql-js rejects null. */
  readonly neverNull: readonly string[];
}

function compile(schema: GraphQLSchema, document: DocumentNode): CompiledOperation | null {
  const operation = compilableOperation(schema, document);
  if (!operation) return null;
  const result = compileQuery(schema, document, '', {
    useExperimentalPathBasedSkipInclude: true,
    disableLeafSerialization: true,
  });
  if (!isCompiledQuery(result)) return null;
  return { operation, query: result.query, neverNull: variablesThatMayNotBeNull(schema, document, operation) };
}

/** Detects nullable variables in non-null positions, which a default value on either side allows. */
function variablesThatMayNotBeNull(
  schema: GraphQLSchema,
  document: DocumentNode,
  { variableDefinitions = [] }: OperationDefinitionNode,
): readonly string[] {
  const nullable = variableDefinitions.filter(({ type }) => type.kind !== Kind.NON_NULL_TYPE);
  const names = new Set(nullable.map(({ variable }) => variable.name.value));
  const found = new Set<string>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      VariableDefinition: () => false,
      Variable({ name }) {
        if (names.has(name.value) && isNonNullType(types.getInputType())) found.add(name.value);
      },
    }),
  );
  return [...found];
}
