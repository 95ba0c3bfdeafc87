import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** An answer other than success, thrown from wherever it becomes clear. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {
    super(`The provider answers ${status}.`);
  }
}

/** A request body that cannot be read. */
export class MalformedBody extends Error {
  readonly statusCode = 400;

  constructor() {
    super('The body is not JSON.');
  }
}

/** How a provider words what is no success. */
export interface ErrorFormat {
  /** Creates the refusal of a path nobody serves. */
  notFound(request: FastifyRequest): Refusal;
  /** Creates the refusal of a body that cannot be read. The server's own words are sent when absent. */
  malformedBody?(): Refusal;
  /** Sends the body as JSON when absent. */
  send?(reply: FastifyReply, refusal: Refusal): unknown;
}

/** Sends refusals, unknown paths and unreadable bodies as the provider does. */
export function handleErrors(app: FastifyInstance, format: ErrorFormat): void {
  const send = (reply: FastifyReply, refusal: Refusal) =>
    format.send ? format.send(reply, refusal) : reply.code(refusal.status).send(refusal.body);

  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof Refusal) return send(reply, error);
    if (error instanceof MalformedBody && format.malformedBody) return send(reply, format.malformedBody());
    throw error;
  });
  app.setNotFoundHandler((request, reply) => send(reply, format.notFound(request)));
}
