import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import { LedgerUnavailable } from '../operations/ledger.js';
import type { ErrorOrigins } from './error-origins.js';
import { withoutSuggestion } from './limits/schema-rule.js';
import type { Logger } from './log.js';

interface MaskParts {
  readonly suggests: boolean;
  readonly origins: ErrorOrigins;
}

/** Longer messages repeat what the client sent. */
const MAX_MESSAGE_LENGTH = 500;

/** As graphql words it; it has no code for it. */
const TOO_MANY_TOKENS = /^Syntax Error: Document contains more that \d+ tokens\./;

/** What a client may read of an error. What nobody raised on purpose is logged with its cause and shown without it. */
export function createErrorMask(log: Logger, { suggests, origins }: MaskParts) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    if (formatted.extensions?.['code'] !== 'INTERNAL_SERVER_ERROR') {
      const message = suggests ? formatted.message : withoutSuggestion(formatted.message);
      return withOneCode({ ...formatted, message: shorten(message) });
    }
    const requestId = origins.requestIdOf(error);
    const err = unwrapResolverError(error);
    const isLedgerGone = err instanceof LedgerUnavailable;
    log.error({ err, requestId, path: formatted.path }, isLedgerGone ? err.message : 'unexpected error');
    return { ...formatted, ...(isLedgerGone ? ledgerUnavailable(requestId) : unexpectedError(requestId)) };
  };
}

/** A write without a record is not sent; one that was sent is found by its key. */
function ledgerUnavailable(requestId: string | null) {
  return {
    message:
      'Writes cannot be looked up or recorded just now. Try again in a few seconds, a write with the same key: ' +
      'then nothing is done twice.',
    extensions: { code: 'LEDGER_UNAVAILABLE', retry: 'SAME_KEY', requestId },
  };
}

export function unexpectedError(requestId: string | null) {
  return {
    message: 'Something went wrong on our side. The request id helps to find out what.',
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
  };
}

/** Apollo Server has one code for all of validation, and one for all of parsing. */
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
