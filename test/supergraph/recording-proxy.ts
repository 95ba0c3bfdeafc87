import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { Json } from '../emulators/calls.js';

/** A request a gateway sent to a subgraph. */
export interface SubgraphCall {
  readonly headers: IncomingHttpHeaders;
  /** `query` and `variables`. */
  readonly body: Json;
}

/** Stands between a gateway and a subgraph: passes everything on, and keeps what came by. */
export interface RecordingProxy {
  readonly url: string;
  /** What came by since the last time this was asked. */
  calls(): readonly SubgraphCall[];
  close(): Promise<void>;
}

/** `answerHeaders` come back with every answer, as if the subgraph had set them. */
export async function startRecordingProxy(
  target: string,
  answerHeaders: Readonly<Record<string, string>> = {},
): Promise<RecordingProxy> {
  let calls: SubgraphCall[] = [];
  const server = createServer((request, response) => {
    void passOn().catch((error: unknown) => response.writeHead(502).end(String(error)));

    async function passOn(): Promise<void> {
      const { headers } = request;
      const body = await text(request);
      calls.push({ headers, body: new Json(JSON.parse(body)) });
      const { host: _host, connection: _connection, 'content-length': _length, ...passed } = headers;
      const answer = await fetch(target, { method: 'POST', headers: toHeaders(passed), body });
      const type = answer.headers.get('content-type') ?? 'application/json';
      response.writeHead(answer.status, { 'content-type': type, ...answerHeaders }).end(await answer.text());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');

  return {
    url: `http://127.0.0.1:${address.port}/`,
    calls() {
      const seen = calls;
      calls = [];
      return seen;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function toHeaders(headers: IncomingHttpHeaders): Headers {
  return new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
