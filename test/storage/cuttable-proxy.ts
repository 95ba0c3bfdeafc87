import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy in front of a database that can lose it and find it again. */
export interface CuttableProxy {
  /** The database's URL, through the proxy. */
  readonly url: string;
  /** Resets every connection; new ones are dropped until `restore`. */
  cut(): void;
  /** Loses every byte from now on, in both directions, without closing anything. */
  silence(): void;
  restore(): void;
  /** Those of clients that are open. */
  connections(): number;
  close(): Promise<void>;
}

export async function cuttableProxy(databaseUrl: string): Promise<CuttableProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const clients = new Set<Socket>();
  let isCut = false;
  let isSilent = false;

  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    clients.add(client);
    client.once('close', () => clients.delete(client));
    if (isCut) {
      client.resetAndDestroy();
      return;
    }
    const database = connect({ host: target.hostname, port: Number(target.port || 5432) });
    keep(database);
    client.on('data', (bytes) => isSilent || database.write(bytes));
    database.on('data', (bytes) => isSilent || client.write(bytes));
    client.once('close', () => database.destroy());
    database.once('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the proxy has no port');
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${address.port}`;

  return {
    url: url.href,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.resetAndDestroy();
    },
    silence() {
      isSilent = true;
    },
    restore() {
      isCut = false;
      isSilent = false;
    },
    connections: () => clients.size,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
