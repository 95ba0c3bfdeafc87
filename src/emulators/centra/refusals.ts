/** An answer other than success, thrown from wherever it becomes clear. The error body is `{token, errors: {field: text}}`. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly errors: Readonly<Record<string, string>>,
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(`Centra answers ${status}`);
  }
}

export function notFound(what: string, text = 'not found'): Refusal {
  return new Refusal(404, { [what]: text });
}

export function accessDenied(): Refusal {
  return new Refusal(403, { accessRight: 'denied' });
}

export function malformed(field: string, text: string): Refusal {
  return new Refusal(400, { [field]: text });
}
