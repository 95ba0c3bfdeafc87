import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/** How long a database is out of order at a time. */
const FAULT_MS = [1_000, 8_000];
const CALM_MS = [4_000, 12_000];

/** A way to a database that can be cut, left hanging, and a database that can be made to take no writes. */
export async function openFaultyDatabase(url) {
  const target = new URL(url);
  const pairs = new Set();
  let isCut = false;
  const proxy = createServer((near) => {
    if (isCut) return near.destroy();
    const far = connect(Number(target.port || 5432), target.hostname);
    const pair = [near, far];
    pairs.add(pair);
    near.pipe(far).pipe(near);
    for (const socket of pair) {
      socket.on('error', () => {});
      socket.on('close', () => {
        pairs.delete(pair);
        for (const each of pair) each.destroy();
      });
    }
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');

  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String(proxy.address().port);

  const faults = {
    /** Connections end, and new ones are refused. */
    async cut(ms) {
      isCut = true;
      for (const sockets of pairs) for (const socket of sockets) socket.destroy();
      await sleep(ms);
      isCut = false;
    },
    /** Connections stay, and nothing comes through. */
    async hung(ms) {
      const held = [...pairs].flat();
      for (const socket of held) socket.pause();
      await sleep(ms);
      for (const socket of held) socket.resume();
    },
    /** As after a failover to a standby. */
    async 'read-only'(ms) {
      await onDatabase(`alter database ${nameOf(url)} set default_transaction_read_only = on`);
      await endSessions(url);
      await sleep(ms);
      await onDatabase(`alter database ${nameOf(url)} set default_transaction_read_only = off`);
      await endSessions(url);
    },
  };

  /** On a session that may write whatever the database is set to. */
  async function onDatabase(...statements) {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      await client.query('set session characteristics as transaction read write');
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  }

  function endSessions() {
    return onDatabase(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${nameOf(url)}' and pid <> pg_backend_pid()`,
    );
  }

  return {
    url: through.href,
    /** One fault after the other, in turn, until it is over. */
    async trouble(random, isOver, count) {
      const names = Object.keys(faults);
      for (let turn = 0; ; turn += 1) {
        await sleep(CALM_MS[0] + random() * (CALM_MS[1] - CALM_MS[0]));
        if (isOver()) return;
        count();
        await faults[names[turn % names.length]](FAULT_MS[0] + random() * (FAULT_MS[1] - FAULT_MS[0]));
      }
    },
    close: () => proxy.close(),
  };
}

function nameOf(url) {
  return new URL(url).pathname.slice(1);
}
