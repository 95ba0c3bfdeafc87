import type { FastifyReply } from 'fastify';

export interface Question {
  /** The root field asked for. */
  readonly field: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly query: string;
}

/** Reads the first root field of a document: enough for an emulator that answers one question at a time. */
export function questionIn(body: unknown): Question | null {
  if (typeof body !== 'object' || body === null) return null;
  const query: unknown = Reflect.get(body, 'query');
  const variables: unknown = Reflect.get(body, 'variables') ?? {};
  if (typeof query !== 'string' || typeof variables !== 'object' || variables === null) return null;
  const [, field] = /^[^{]*\{\s*(?:[_A-Za-z]\w*\s*:\s*)?([_A-Za-z]\w*)/u.exec(query) ?? [];
  return field === undefined ? null : { field, query, variables: Object.fromEntries(Object.entries(variables)) };
}

export function answerJson(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  return reply.code(status).send(body);
}
