import { type ErrorFormat, Refusal } from '../kit/refusal.js';

/** Text is sent as it is, anything else as a problem document. */
export const errorFormat: ErrorFormat = {
  notFound: () => new Refusal(404, { title: 'Not Found', status: 404 }),
  malformedBody: () => new Refusal(400, { title: 'Bad Request', status: 400, detail: 'Failed to read request' }),
  send(reply, { status, body }) {
    reply.code(status);
    if (typeof body === 'string') return reply.send(body);
    return reply.type('application/problem+json').send(JSON.stringify(body));
  },
};

const TITLES: Readonly<Record<number, string>> = { 400: 'Bad Request', 404: 'Not Found', 500: 'Internal Server Error' };

/** Creates a refusal in problem style, as Spring writes it. */
export function problem(status: number, detail: string): Refusal {
  return new Refusal(status, { type: 'about:blank', title: TITLES[status] ?? 'Error', status, detail });
}

export function badRequest(detail: string): Refusal {
  return problem(400, detail);
}

export function missingParameter(name: string): Refusal {
  return badRequest(`Required request parameter '${name}' for method parameter type is not present`);
}

/** Creates a refusal in JHipster style: what the shop's customer may be told. */
export function userError(text: string, errorKey = 'badRequest'): Refusal {
  return new Refusal(400, {
    entityName: 'subscriptionContractDetails',
    errorKey,
    status: 400,
    message: `UserGeneratedError:${text}`,
  });
}

/** Creates the refusal of an edit that met another one and did not land. */
export function contractChanged(): Refusal {
  return userError('An unexpected error occurred: The subscription contract has changed.', '10001');
}

export function rateLimited(): Refusal {
  return new Refusal(429, { error: 'Rate limit exceeded. Try again later.' });
}

export function tooManyWrites(): Refusal {
  return new Refusal(429, {
    error: 'Too many concurrent mutation requests. Please wait for existing requests to complete.',
  });
}
