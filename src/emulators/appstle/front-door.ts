import type { FastifyInstance } from 'fastify';
import { isSafeNumber, parse } from 'lossless-json';
import { Refusal } from './refusals.js';

/** Bodies name 64-bit ids as numbers: those a double cannot hold are kept as their digits. */
export function acceptExactJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    const text = body.toString();
    if (text.trim() === '') return done(null, undefined);
    try {
      const parseNumber = (digits: string) => (isSafeNumber(digits) ? Number(digits) : digits);
      return done(null, parse(text, null, { parseNumber }));
    } catch {
      return done(new Refusal(400, { title: 'Bad Request', status: 400, detail: 'Failed to read request' }));
    }
  });
}

export function answerRefusals(app: FastifyInstance): void {
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof Refusal)) throw error;
    reply.code(error.status);
    if (typeof error.body === 'string') return reply.send(error.body);
    return reply.type('application/problem+json').send(JSON.stringify(error.body));
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).type('application/problem+json').send('{"title":"Not Found","status":404}'),
  );
}
