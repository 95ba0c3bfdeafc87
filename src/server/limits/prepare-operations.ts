import type { FastifyRequest } from 'fastify';
import type { ServerConfig } from '../../config/listen.js';
import { operationsIn } from './batch-limit.js';
import { withTrustedText, withTrustedTextInUrl } from './trusted-documents.js';

/** Bounds a batch, and puts the text of trusted documents where Apollo Server looks for it. */
export function prepareOperations({ limits, trustedDocuments }: Pick<ServerConfig, 'limits' | 'trustedDocuments'>) {
  return async (request: FastifyRequest): Promise<void> => {
    const operations = operationsIn(request.body, limits.batch);
    if (!trustedDocuments) return;
    if (request.method === 'GET') {
      request.raw.url = withTrustedTextInUrl(request.url, trustedDocuments);
      return;
    }
    const texts = operations.map((operation) => withTrustedText(operation, trustedDocuments));
    request.body = Array.isArray(request.body) ? texts : texts[0];
  };
}
