import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Responds to connections that Node rejects before a request exists, in the shape of all other errors. */
export function refuseConnection({ code }: NodeJS.ErrnoException, socket: Socket): void {
  if (code !== 'ECONNRESET' && socket.writable) socket.write(toResponse(refusalOf(code)));
  socket.destroy();
}

function refusalOf(code = ''): Refusal {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, code: 'REQUEST_TIMEOUT', message: 'The request did not arrive in time.' };
    case 'HPE_HEADER_OVERFLOW':
      return { status: 431, code: 'HEADERS_TOO_LARGE', message: 'The URL and the headers are too long.' };
    default:
      return { status: 400, code: 'BAD_REQUEST', message: 'This is not an HTTP request.' };
  }
}

function toResponse({ status, code, message }: Refusal): string {
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
