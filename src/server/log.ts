import { type DestinationStream, pino, type Logger } from 'pino';
import { activeSpan } from '../observability/active-span.js';
import { currentRequestId } from './current-request.js';

export type { Logger } from 'pino';

/** Keys under which a credential could stand, were one ever logged by mistake. */
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

/** JSON lines on the standard output. */
export function createLog(level: 'info' | 'warn', destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: CREDENTIAL_KEYS.flatMap((key) => [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`]),
    serializers: { err: describeError },
    mixin: belonging,
  };
  return destination ? pino(options, destination) : pino(options);
}

/** What each line belongs to. */
function belonging(): object {
  const requestId = currentRequestId();
  return { ...(requestId !== null && { requestId }), ...activeSpan()?.logFields };
}

interface ErrorDescription {
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly cause?: ErrorDescription;
}

/** What an error says of itself; its other properties may hold requests with their headers, so they stay out. */
function describeError(error: unknown): ErrorDescription {
  if (!isErrorLike(error)) return { type: typeof error, message: String(error), stack: undefined };
  const { name: type, message, stack, cause } = error;
  return { type, message, stack, ...(cause !== undefined && { cause: describeError(cause) }) };
}

/** By shape: an error may come from another realm. */
function isErrorLike(value: unknown): value is Error {
  return typeof value === 'object' && value !== null && 'message' in value && 'stack' in value && 'name' in value;
}
