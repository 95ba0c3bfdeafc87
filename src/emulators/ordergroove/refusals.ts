/** An answer other than success, thrown from wherever it becomes clear. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: Readonly<Record<string, unknown>>,
  ) {
    super(`Ordergroove answers ${status}`);
  }
}

/** Field errors are a map of field to text. https://developer.ordergroove.com/reference/items-iu */
export function badField(field: string, text: string, status = 400): Refusal {
  return new Refusal(status, { [field]: text });
}

export function badRequest(detail: string): Refusal {
  return new Refusal(400, { detail });
}

export function authenticationFailed(): Refusal {
  return new Refusal(403, { detail: 'Authentication Failed' });
}

export function notFound(): Refusal {
  return new Refusal(404, { detail: 'Unable to find requested asset.' });
}
