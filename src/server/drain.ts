import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyInstance } from 'fastify';

/** Longer than the longest write, shorter than what orchestrators usually wait before they kill. */
const DRAIN_LIMIT_MS = 25_000;

/** Stopping the graph lets running requests end and takes no new ones. */
export function drainWith(app: FastifyInstance): ApolloServerPlugin {
  return {
    serverWillStart: async () => ({
      async drainServer() {
        const timer = setTimeout(() => app.server.closeAllConnections(), DRAIN_LIMIT_MS);
        await app.close();
        clearTimeout(timer);
      },
    }),
  };
}

/** A request that has not arrived by then is not waited for. */
const ARRIVAL_GRACE_MS = 1_000;

/** Ends the connections that Node leaves open: they would keep the server from closing until their clients let go. */
export function releaseConnections(app: FastifyInstance): void {
  /** Browsers open connections ahead of need, and Node does not count one without a request as idle. */
  const unused = new Set<Socket>();
  const running = new Set<IncomingMessage>();
  let isClosing = false;

  app.server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.addHook('onRequest', async ({ raw }, reply) => {
    unused.delete(raw.socket);
    running.add(raw);
    reply.raw.once('close', () => running.delete(raw));
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) void reply.header('connection', 'close');
  });
  app.addHook('preClose', async () => {
    isClosing = true;
    for (const socket of unused) socket.destroy();
    setTimeout(() => {
      for (const request of running) if (!request.complete) request.socket.destroy();
    }, ARRIVAL_GRACE_MS).unref();
  });
}
