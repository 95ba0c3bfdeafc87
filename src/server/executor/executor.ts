import {
  type DocumentNode,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
  getVariableValues,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import { compilableOperation } from './compilable.js';
import { guardSchema } from './guarded-schema.js';

/** Answers like `execute` of graphql-js. */
export type Execute = (request: Omit<ExecutionArgs, 'schema'>) => ExecutionResult | Promise<ExecutionResult>;

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
    const interpret = () => execute({ ...request, schema });
    const { document, operationName, rootValue, contextValue, variableValues } = request;
    const compiled = compiledOperation(document);
    if (!compiled || (operationName && operationName !== compiled.operation.name?.value)) return interpret();
    // Compiled operations know no defaults inside inputs and word refusals differently: variables come to them read.
    const variables = readVariables(schema, compiled.operation, variableValues);
    if (variables.errors) return { errors: variables.errors };
    const result = compiled.query(rootValue, contextValue, variables.coerced);
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
}

function compile(schema: GraphQLSchema, document: DocumentNode): CompiledOperation | null {
  const operation = compilableOperation(document);
  if (!operation) return null;
  const result = compileQuery(schema, document, '', {
    useExperimentalPathBasedSkipInclude: true,
    disableLeafSerialization: true,
  });
  return isCompiledQuery(result) ? { operation, query: result.query } : null;
}

function readVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  values: ExecutionArgs['variableValues'],
) {
  return getVariableValues(schema, variableDefinitions, values ?? {}, { maxErrors: 50 });
}
