import type { FastifyRequest } from 'fastify';
import type { ServerConfig } from '../../config/listen.js';
import { RequestRefused } from '../request-refused.js';
import { resolveTrustedDocument, resolveTrustedDocumentInUrl } from './trusted-documents.js';

/** Limits the size of a batch, and replaces trusted documents by their text for Apollo Server. */
export function prepareOperations({ limits, trustedDocuments }: Pick<ServerConfig, 'limits' | 'trustedDocuments'>) {
  return async (request: FastifyRequest): Promise<void> => {
    const operations = operationsIn(request.body, limits.batch);
    if (!trustedDocuments) return;
    if (request.method === 'GET') {
      request.raw.url = resolveTrustedDocumentInUrl(request.url, trustedDocuments);
      return;
    }
    const texts = operations.map((operation) => resolveTrustedDocument(operation, trustedDocuments));
    request.body = Array.isArray(request.body) ? texts : texts[0];
  };
}

/** Returns the operations of a request body. Throws `RequestRefused` for more than the limit. */
function operationsIn(body: unknown, limit: number): readonly unknown[] {
  if (!Array.isArray(body)) return [body];
  if (limit === 1) throw new RequestRefused(400, 'BATCH_LIMIT_EXCEEDED', 'Send one operation in a request.');
  if (body.length > limit) {
    throw new RequestRefused(400, 'BATCH_LIMIT_EXCEEDED', `Send at most ${limit} operations in a request.`);
  }
  return body;
}
