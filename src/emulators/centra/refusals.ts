import { type ErrorFormat, Refusal } from '../kit/refusal.js';

/** The error body is `{errors: {field: text}}`, beside what else an endpoint says. */
export class CentraRefusal extends Refusal {
  constructor(
    status: number,
    readonly errors: Readonly<Record<string, string>>,
    more: Readonly<Record<string, unknown>> = {},
  ) {
    super(status, { ...more, errors });
  }
}

export const errorFormat: ErrorFormat = {
  notFound: () => notFound('uri'),
  malformedBody: () => malformed('body', 'malformed'),
};

export function notFound(what: string, text = 'not found'): CentraRefusal {
  return new CentraRefusal(404, { [what]: text });
}

export function accessDenied(): CentraRefusal {
  return new CentraRefusal(403, { accessRight: 'denied' });
}

export function malformed(field: string, text: string): CentraRefusal {
  return new CentraRefusal(400, { [field]: text });
}
