import type { ApolloServerPlugin } from '@apollo/server';
import {
  type DocumentNode,
  type FormattedExecutionResult,
  getOperationAST,
  GraphQLError,
  type OperationDefinitionNode,
} from 'graphql';
import type { GraphOperation, GraphOutcome } from '../domain/observer.js';
import { recordOperationOutcome } from './current-request.js';

/** Records the operation and outcome of each request, without hooks on single fields. */
export function recordOutcome(): ApolloServerPlugin {
  return {
    requestDidStart: async () => ({
      async willSendResponse({ operation, document, request: { operationName }, response: { body } }) {
        const result = body.kind === 'single' ? body.singleResult : body.initialResult;
        recordOperationOutcome({
          operation: describeOperation(operation ?? operationIn(document, operationName)),
          outcome: outcomeOf(result),
          errorCode: textOf(result.errors?.[0]?.extensions?.['code']),
        });
      },
    }),
    contextCreationDidFail: async ({ error }) => recordRefusal(error),
    invalidRequestWasReceived: async ({ error }) => recordRefusal(error),
  };
}

/** Finds the operation of a document that was refused before it ran. */
function operationIn(
  document: DocumentNode | undefined,
  name: string | undefined,
): OperationDefinitionNode | null | undefined {
  return document && getOperationAST(document, name);
}

function describeOperation(operation: OperationDefinitionNode | null | undefined): GraphOperation | null {
  return operation ? { type: operation.operation, name: operation.name?.value ?? null } : null;
}

/** Records a request that failed before its operation was known. */
function recordRefusal(error: Error): void {
  const code = error instanceof GraphQLError ? error.extensions['code'] : null;
  recordOperationOutcome({ operation: null, outcome: 'refused', errorCode: textOf(code) });
}

function textOf(code: unknown): string | null {
  return typeof code === 'string' ? code : null;
}

function outcomeOf({ data, errors }: FormattedExecutionResult): GraphOutcome {
  if (!errors) return 'ok';
  if (data === undefined) return 'refused';
  return data === null ? 'failed' : 'partial';
}
