import { Refusal } from '../kit/refusal.js';

/** One entry of `validation_errors`. */
export interface ValidationError {
  readonly attribute: string;
  readonly type: string;
  readonly code: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** https://developer.surecart.com/api-reference/errors */
export interface SureCartError {
  readonly type: string;
  readonly code: string;
  readonly message: string;
  /** Absent for an error that is no validation error: its shape then varies. */
  readonly validation_errors?: readonly ValidationError[];
}

export class SureCartRefusal extends Refusal {
  constructor(
    status: number,
    readonly error: SureCartError,
  ) {
    super(status, error);
  }
}

/** Creates the refusal of an object that is not found. A not-found error may carry the status of a validation error. */
export function notFound(object: string): SureCartRefusal {
  const message = `${capitalised(object)} not found.`;
  return new SureCartRefusal(404, { type: 'not_found', code: `${object}.not_found`, message });
}

/** Creates a validation error. `code` is `<object>.<attribute path>.<type>`. */
export function validationError(
  code: string,
  message: string,
  options: Readonly<Record<string, unknown>> = {},
): ValidationError {
  const parts = code.split('.');
  return {
    attribute: parts.slice(1, -1).join('.') || 'base',
    type: parts.at(-1) ?? code,
    code,
    options,
    message,
  };
}

export function invalid(object: string, ...errors: readonly ValidationError[]): SureCartRefusal {
  const message = `Failed to save ${object.replace('_', ' ')}.`;
  return new SureCartRefusal(422, {
    type: 'invalid',
    code: `${object}.invalid`,
    message,
    validation_errors: errors,
  });
}

/** Creates the refusal of an invalid request that is no validation error. */
export function invalidRequest(code: string, message: string): SureCartRefusal {
  return new SureCartRefusal(422, { type: 'invalid', code, message });
}

export function refuse(
  code: string,
  message: string,
  options: Readonly<Record<string, unknown>> = {},
): SureCartRefusal {
  return invalid(code.split('.')[0] ?? code, validationError(code, message, options));
}

export function missingParameter(name: string): SureCartRefusal {
  const message = `param is missing or the value is empty: ${name}`;
  return new SureCartRefusal(400, { type: 'bad_request', code: 'parameter.missing', message });
}

export function unauthorized(): SureCartRefusal {
  return new SureCartRefusal(401, { type: 'unauthorized', code: 'unauthorized', message: 'Invalid token.' });
}

export function tooManyRequests(): SureCartRefusal {
  const code = 'too_many_requests';
  return new SureCartRefusal(429, { type: code, code, message: 'Too many requests.' });
}

/** Creates the answer of the network in front, which is no JSON. */
export function banned(): Refusal {
  return new Refusal(429, BAN_PAGE);
}

const BAN_PAGE =
  '<!DOCTYPE html><html><head><title>Access denied</title></head><body><h1>Error 1015</h1><p>You are being rate limited.</p></body></html>';

function capitalised(object: string): string {
  return object.charAt(0).toUpperCase() + object.slice(1).replaceAll('_', ' ');
}
