import type { OutboundResponse, Throttling } from '../domain/transport.js';

/** Statuses that a wait may go with: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
const MAY_NAME_A_WAIT: ReadonlySet<number> = new Set([403, 429, 500, 502, 503, 504]);

/** Statuses an edge in front of an API answers with a page for people to whom it keeps out; 404 and 5xx have other causes. */
const PAGE_KEEPS_OUT: ReadonlySet<number> = new Set([200, 403, 429]);

/** Whether a response is a web page, whatever media type it is sent with. */
export function isWebPage({ text }: OutboundResponse): boolean {
  return /^\s*<(?:!doctype\s+html|html|head|body|h1)\b/i.test(text.slice(0, 200));
}

/** Whether a web page came in place of data, as an edge in front of an API keeps callers out. */
export function isBan(response: OutboundResponse): boolean {
  return PAGE_KEEPS_OUT.has(response.status) && isWebPage(response);
}

/** Reads from a response that the provider was asked too often; null when the response is about something else. */
export function throttlingIn(response: OutboundResponse, retryAfterMs: number | null): Throttling | null {
  const { status, headers } = response;
  const isNamed = headers['retry-after'] !== undefined && retryAfterMs !== null && MAY_NAME_A_WAIT.has(status);
  // A page comes from the edge, which counts all calls of the host alike.
  if (isBan(response)) return { concerns: 'host', retryAfterMs };
  return status === 429 || isNamed ? { concerns: 'budget', retryAfterMs } : null;
}
