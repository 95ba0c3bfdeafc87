import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  getVariableValues,
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
import type { DecidedOperation } from './decided-operation.js';
import { guardSchema } from './guarded-schema.js';
import { type ExecutionRequest, interpret } from './interpret.js';

/** Answers like `execute` of graphql-js. */
export type Execute = (request: ExecutionRequest) => ExecutionResult | Promise<ExecutionResult>;

export interface ExecutorLimits {
  /** Documents remembered, and so operations kept compiled. */
  readonly documents: number;
  /** An operation is compiled when it is asked for the so-manieth time: for one that never comes back it does not pay. */
  readonly compiledFromUse: number;
}

const DEFAULTS: ExecutorLimits = { documents: 250, compiledFromUse: 2 };

/** Runs operations; those that come again are compiled to JavaScript, which costs a fraction of interpreting them. */
export function createExecutor(schema: GraphQLSchema, limits: Partial<ExecutorLimits> = {}): Execute {
  const { documents, compiledFromUse } = { ...DEFAULTS, ...limits };
  const guarded = guardSchema(schema);
  /** By identity: who parses keeps documents, so that the same text is the same document. */
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
    // Compiled operations know no defaults inside inputs and word refusals differently: variables come to them read.
    const variables = readVariables(schema, operation, sent);
    if (variables.errors) return { errors: variables.errors };
    if (compiled.neverNull.some((name) => variables.coerced[name] === null)) return interpret(schema, request);
    const result = compiled.query(undefined, contextValue, variables.coerced);
    return result instanceof Promise ? result.then(completeErrors) : completeErrors(result);
  };
}

/** Errors of compiled operations may lack extensions. Apollo Server counts on them, and fails before an error is masked and logged. */
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
  /** Variables that may be null by their own type and not where they stand: graphql-js refuses them there. */
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

/** A variable of a nullable type may stand where null is refused, when a default value stands beside one of the two. */
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

function readVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  values: DecidedOperation['variables'],
) {
  return getVariableValues(schema, variableDefinitions, values, { maxErrors: 50 });
}
