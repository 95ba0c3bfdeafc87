import { RequestRefused } from '../request-refused.js';

/** The operations of a request body. Throws `RequestRefused` when they are more than the limit. */
export function operationsIn(body: unknown, limit: number): readonly unknown[] {
  if (!Array.isArray(body)) return [body];
  if (limit === 1) throw new RequestRefused(400, 'BATCH_LIMIT_EXCEEDED', 'Send one operation in a request.');
  if (body.length > limit) {
    throw new RequestRefused(400, 'BATCH_LIMIT_EXCEEDED', `Send at most ${limit} operations in a request.`);
  }
  return body;
}
