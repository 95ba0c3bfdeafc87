import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import { LedgerUnavailable } from '../operations/ledger.js';
import type { ErrorRequestIds } from './error-request-ids.js';
import { withoutSuggestion } from './limits/schema-rule.js';
import type { Logger } from './log.js';
import { messageWithoutValues } from './message-without-values.js';

interface MaskParts {
  readonly suggests: boolean;
  readonly requestIds: ErrorRequestIds;
}

/** Longest message shown: longer ones repeat names of the client's document. */
const MAX_MESSAGE_LENGTH = 500;

/** Message of graphql-js, which has no code for this error. */
const TOO_MANY_TOKENS = /^Syntax Error: Document contains more that \d+ tokens\./;

/** Creates the filter for errors sent to clients. Unexpected errors are logged with their cause and sent without it. */
export function createErrorMask(log: Logger, { suggests, requestIds }: MaskParts) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    if (formatted.extensions?.['code'] !== 'INTERNAL_SERVER_ERROR') {
      const message = messageWithoutValues(formatted, error);
      return withOneCode({ ...formatted, message: shorten(suggests ? message : withoutSuggestion(message)) });
    }
    const requestId = requestIds.requestIdOf(error);
    const err = unwrapResolverError(error);
    const isLedgerGone = err instanceof LedgerUnavailable;
    log.error({ err, requestId, path: formatted.path }, isLedgerGone ? err.message : 'unexpected error');
    return { ...formatted, ...(isLedgerGone ? ledgerUnavailable(requestId) : unexpectedError(requestId)) };
  };
}

/** Makes the error of an unavailable ledger. A write without a record is not sent; one that was is found by its key. */
function ledgerUnavailable(requestId: string | null) {
  return {
    message:
      'Writes cannot be looked up or recorded at the moment. Try again in a few seconds, and send a write with the ' +
      'same key, so that nothing is done twice.',
    extensions: { code: 'LEDGER_UNAVAILABLE', retry: 'SAME_KEY', requestId },
  };
}

export function unexpectedError(requestId: string | null) {
  return {
    message: 'Something went wrong on our side. Quote the request id to have it looked up.',
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
  };
}

/** Replaces Apollo Server's generic validation and parsing codes by specific ones. */
function withOneCode(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { validationErrorCode, ...extensions } = formatted.extensions ?? {};
  if (validationErrorCode !== undefined)
    return { ...formatted, extensions: { ...extensions, code: validationErrorCode } };
  return TOO_MANY_TOKENS.test(formatted.message)
    ? { ...formatted, extensions: { ...extensions, code: 'TOKEN_LIMIT_EXCEEDED' } }
    : formatted;
}

function shorten(message: string): string {
  return message.length <= MAX_MESSAGE_LENGTH ? message : `${message.slice(0, MAX_MESSAGE_LENGTH)}…`;
}
