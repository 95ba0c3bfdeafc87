import type { ApolloServerPlugin } from '@apollo/server';
import { type FormattedExecutionResult, GraphQLError } from 'graphql';
import type { GraphOutcome } from '../domain/observer.js';
import { noteAnswer } from './current-request.js';

/** Notes which operation was asked for and what came of it. It sees requests, never single fields. */
export function noteAnswers(): ApolloServerPlugin {
  return {
    requestDidStart: async () => ({
      async willSendResponse({ operation, response: { body } }) {
        const result = body.kind === 'single' ? body.singleResult : body.initialResult;
        noteAnswer({
          operation: operation ? { type: operation.operation, name: operation.name?.value ?? null } : null,
          outcome: outcomeOf(result),
          errorCode: textOf(result.errors?.[0]?.extensions?.['code']),
        });
      },
    }),
    contextCreationDidFail: async ({ error }) => noteRefusal(error),
    invalidRequestWasReceived: async ({ error }) => noteRefusal(error),
  };
}

/** A request that did not get as far as an operation. */
function noteRefusal(error: Error): void {
  const code = error instanceof GraphQLError ? error.extensions['code'] : null;
  noteAnswer({ operation: null, outcome: 'refused', errorCode: textOf(code) });
}

function textOf(code: unknown): string | null {
  return typeof code === 'string' ? code : null;
}

function outcomeOf({ data, errors }: FormattedExecutionResult): GraphOutcome {
  if (!errors) return 'ok';
  if (data === undefined) return 'refused';
  return data === null ? 'failed' : 'partial';
}
