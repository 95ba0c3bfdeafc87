import { toHash, type TrustedDocuments } from '../../config/trusted-documents.js';
import { RequestRefused } from '../request-refused.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Fills in the text of the trusted document that a POSTed operation names by `documentId`, or by `sha256Hash` of the
 * extension `persistedQuery`. Throws `RequestRefused`.
 */
export function resolveTrustedDocument(operation: unknown, trusted: TrustedDocuments): unknown {
  if (!isFields(operation)) return operation;
  const { documentId, extensions, ...rest } = operation;
  const { persistedQuery, ...others } = isFields(extensions) ? extensions : {};
  const hash = documentId ?? (isFields(persistedQuery) ? persistedQuery['sha256Hash'] : undefined);
  const query = textFor(hash, rest['query'], trusted);
  return { ...rest, ...(isFields(extensions) && { extensions: others }), ...(query !== null && { query }) };
}

/** Fills in the text of the trusted document that the URL of a GET request names. */
export function resolveTrustedDocumentInUrl(url: string, trusted: TrustedDocuments): string {
  const [path = '', search] = url.split(/\?(.*)/s);
  const parameters = new URLSearchParams(search);
  const operation = resolveTrustedDocument(
    {
      query: parameters.get('query') ?? undefined,
      documentId: parameters.get('documentId') ?? undefined,
      extensions: parse(parameters.get('extensions')),
    },
    trusted,
  );
  if (!isFields(operation)) return url;
  if (typeof operation['query'] === 'string') parameters.set('query', operation['query']);
  parameters.delete('documentId');
  parameters.delete('extensions');
  return `${path}?${parameters.toString()}`;
}

/** Returns the text to run; null when the operation neither names a known document nor holds a text. */
function textFor(hash: unknown, sent: unknown, { texts, only }: TrustedDocuments): string | null {
  const known = typeof hash === 'string' ? texts.get(toHash(hash)) : undefined;
  if (known !== undefined) return known;
  if (only && hash === undefined) {
    throw new RequestRefused(
      400,
      'PERSISTED_QUERY_ID_REQUIRED',
      'Send the hash of a trusted document instead of its text.',
    );
  }
  if (only) throw new RequestRefused(400, 'PERSISTED_QUERY_NOT_IN_LIST', 'No trusted document has this hash.');
  if (typeof sent === 'string') return sent;
  // Clients send the text after this exact message.
  if (hash !== undefined) throw new RequestRefused(400, 'PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
  return null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(json: string | null): unknown {
  try {
    return json === null ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}
