import type { Answer } from '../support/full-stack.js';

/** What no client may ever be told of the inside, nor of what a provider answered. */
const INSIDE =
  /TypeError|RangeError|ReferenceError|SyntaxError|Cannot (read|destructure|convert)|is not (a function|iterable)|\bat .+:\d+|node_modules|\.[jt]s\b|ECONN|SQLITE|constraint|<html|\[object |undefined/i;

interface GraphError {
  readonly message?: unknown;
  readonly extensions?: { readonly code?: unknown };
}

/** What is wrong with an answer, whatever was asked; nothing when it is civil. */
export function incivilitiesOf({ status, text }: Answer): readonly string[] {
  const body = parse(text);
  if (typeof body !== 'object' || body === null) return [`status ${status} without JSON: ${text.slice(0, 200)}`];
  const { data, errors = [] } = body as { data?: unknown; errors?: readonly GraphError[] };
  return [
    ...(status >= 500 ? [`status ${status}`] : []),
    ...(data === undefined && errors.length === 0 ? ['neither data nor errors'] : []),
    ...errors.flatMap((error) => wrongIn(error)),
  ];
}

function wrongIn({ message, extensions }: GraphError): readonly string[] {
  const code = extensions?.code;
  const text = String(message);
  return [
    ...(typeof code !== 'string' || code === 'INTERNAL_SERVER_ERROR' ? [`code ${String(code)}: ${text}`] : []),
    ...(INSIDE.test(text) || text.length > 600 ? [`message: ${text}`] : []),
  ];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
