import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import { LedgerUnavailable } from '../operations/ledger.js';
import type { Logger } from './log.js';
import { currentRequestId } from './request-id.js';

/** Longer messages repeat what the client sent. */
const MAX_MESSAGE_LENGTH = 500;

/** What a client may read of an error. What nobody raised on purpose is logged with its cause and shown without it. */
export function createErrorMask(log: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    if (formatted.extensions?.['code'] !== 'INTERNAL_SERVER_ERROR') {
      return { ...formatted, message: shorten(formatted.message) };
    }
    const requestId = currentRequestId();
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

function shorten(message: string): string {
  return message.length <= MAX_MESSAGE_LENGTH ? message : `${message.slice(0, MAX_MESSAGE_LENGTH)}…`;
}
