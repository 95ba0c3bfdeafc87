import { once } from 'node:events';
import { createServer } from 'node:http';

export interface KeyAnswer {
  readonly status: number;
  readonly body: string;
}

export interface KeyServer {
  readonly url: string;
  close(): Promise<void>;
}

/** A login service that publishes its keys: `answer` is asked for each fetch. */
export async function startKeyServer(answer: () => KeyAnswer): Promise<KeyServer> {
  const server = createServer((_request, response) => {
    const { status, body } = answer();
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the key server does not listen');
  return {
    url: `http://127.0.0.1:${address.port}/keys`,
    async close() {
      server.close();
      await once(server, 'close');
    },
  };
}
