import { type DestinationStream, pino, type Logger } from 'pino';
import { currentContext } from '../observability/async-context.js';
import { instance } from './instance.js';

export type { Logger } from 'pino';

/** Keys that are redacted, in case a credential is ever logged by mistake. */
const CREDENTIAL_KEYS = [
  'authorization',
  'apiKey',
  'storefrontKey',
  'secret',
  'token',
  'password',
  'cookie',
  'x-api-key',
];

/** Creates a logger that writes JSON lines to the standard output. */
export function createLog(level: 'info' | 'warn', destination?: DestinationStream): Logger {
  const options = {
    level,
    base: instance,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: CREDENTIAL_KEYS.flatMap((key) => [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`]),
    serializers: { err: describeError },
    mixin: contextFields,
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Adds the ids of request and trace to each line. */
function contextFields(): object {
  const { request, span } = currentContext();
  return { ...(request && { requestId: request.id }), ...span?.logFields };
}

interface ErrorDescription {
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly cause?: ErrorDescription;
}

/**
 * Describes an error without its other properties, which may hold requests with their headers, and without the message of a
 * SyntaxError: `JSON.parse` quotes there what it was given, such as a token or a provider's answer.
 */
function describeError(error: unknown): ErrorDescription {
  if (!isErrorLike(error)) return { type: typeof error, message: String(error), stack: undefined };
  const { name: type, cause } = error;
  const message = type === 'SyntaxError' ? 'not shown: it quotes the text' : error.message;
  const stack = error.stack?.replace(error.message, () => message);
  return { type, message, stack, ...(cause !== undefined && { cause: describeError(cause) }) };
}

/** Detects errors by shape, because one may come from another realm. */
function isErrorLike(value: unknown): value is Error {
  return typeof value === 'object' && value !== null && 'message' in value && 'stack' in value && 'name' in value;
}
