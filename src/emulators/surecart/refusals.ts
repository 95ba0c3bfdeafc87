/** One entry of `validation_errors`. */
export interface ValidationError {
  readonly attribute: string;
  readonly type: string;
  readonly code: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** An answer other than success, thrown from wherever it becomes clear. https://developer.surecart.com/api-reference/errors */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    readonly code: string,
    message: string,
    /** Null for an error that is no validation error. */
    readonly validationErrors: readonly ValidationError[] | null = null,
  ) {
    super(message);
  }
}

/** A not-found error may carry the status of a validation error: `status` says which. */
export class NotFound extends Error {
  constructor(readonly object: string) {
    super(`${capitalised(object)} not found.`);
  }
}

/** `code` is `<object>.<attribute path>.<type>`. */
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

export function invalid(object: string, ...errors: readonly ValidationError[]): Refusal {
  return new Refusal(422, 'invalid', `${object}.invalid`, `Failed to save ${object.replace('_', ' ')}.`, errors);
}

export function refuse(code: string, message: string, options: Readonly<Record<string, unknown>> = {}): Refusal {
  return invalid(code.split('.')[0] ?? code, validationError(code, message, options));
}

export function missingParameter(name: string): Refusal {
  return new Refusal(400, 'bad_request', 'parameter.missing', `param is missing or the value is empty: ${name}`);
}

export function unauthorized(): Refusal {
  return new Refusal(401, 'unauthorized', 'unauthorized', 'Invalid token.');
}

export function tooManyRequests(): Refusal {
  return new Refusal(429, 'too_many_requests', 'too_many_requests', 'Too many requests.');
}

const words: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthorized',
  402: 'payment_required',
  404: 'not_found',
  409: 'conflict',
  422: 'unprocessable_entity',
  429: 'too_many_requests',
};

/** `http_status` is a word. */
export function statusWord(status: number): string {
  return words[status] ?? 'internal_server_error';
}

function capitalised(object: string): string {
  return object.charAt(0).toUpperCase() + object.slice(1).replaceAll('_', ' ');
}
