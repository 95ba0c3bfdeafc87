import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyInstance } from 'fastify';

/** Longest drain: above the longest write, below the usual kill timeout of orchestrators. */
const DRAIN_LIMIT_MS = 25_000;

/** Drains the app when Apollo Server stops: running requests finish, new ones are rejected. */
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

/** Time for incomplete requests to arrive before they are dropped. */
const ARRIVAL_GRACE_MS = 1_000;

/**
 * Closes connections that Node leaves open, which would delay the shutdown until their clients disconnect, and keeps it from closing
 * those whose client has not taken all of its answer yet, which Node counts as idle.
 */
export function releaseConnections(app: FastifyInstance): void {
  /** Connections without a request: browsers preconnect, and Node does not count those as idle. */
  const unused = new Set<Socket>();
  const running = new Map<IncomingMessage, ServerResponse>();
  let isClosing = false;

  app.server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.addHook('onRequest', async ({ raw }, reply) => {
    unused.delete(raw.socket);
    running.set(raw, reply.raw);
    reply.raw.once('close', () => running.delete(raw));
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) void reply.header('connection', 'close');
  });
  app.addHook('preClose', async () => {
    isClosing = true;
    for (const socket of unused) socket.destroy();
    setTimeout(() => {
      for (const [request] of running) if (!request.complete) request.socket.destroy();
    }, ARRIVAL_GRACE_MS).unref();
    const untaken = [...running.values()].filter(
      ({ writableEnded, writableFinished }) => writableEnded && !writableFinished,
    );
    await Promise.all(untaken.map((response) => new Promise((resolve) => response.once('close', resolve))));
  });
}
