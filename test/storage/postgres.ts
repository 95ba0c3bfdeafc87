import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { describe, test } from '@jest/globals';
import { Client } from 'pg';

/** A server on which the tests may make databases. CI has one; elsewhere UPSELL_GRAPH_TEST_DATABASE_URL may name one. */
const postgresUrl = process.env['UPSELL_GRAPH_TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test';

export const whenPostgres = await whenThere('PostgreSQL', postgresUrl, 5432);

/** Creates what runs suites that need a server. A missing one fails the run in CI and is said in one line elsewhere. */
export async function whenThere(server: string, url: string, usualPort: number) {
  const { host } = new URL(url);
  const isThere = await answers(new URL(url), usualPort);
  return (name: string, suite: () => void): void => {
    if (isThere) {
      describe(name, suite);
    } else if (process.env['CI']) {
      test(`${name}: ${server} must run on ${host} in CI`, () => {
        throw new Error(`there is no ${server} server`);
      });
    } else {
      test.skip(`${name}: left out, no ${server} on ${host}`, suite);
    }
  };
}

const OWN = 'upsell_graph_test';
const ABANDONED_MS = 3_600_000;

/** A database of its own, so that suites that run at the same time do not meet. */
export async function freshDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  await dropAbandoned();
  const name = `${OWN}_${Date.now()}_${randomUUID().slice(0, 8)}`;
  await onServer(`create database ${name}`);
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: async () => void (await onServer(`drop database ${name} with (force)`)) };
}

/** Of runs that were killed before they could tidy up. */
async function dropAbandoned(): Promise<void> {
  const names = await onServer<{ readonly datname: string }>('select datname from pg_database');
  for (const { datname } of names) {
    const [, made] = new RegExp(`^${OWN}_(\\d+)_[0-9a-f]+$`).exec(datname) ?? [];
    if (Number(made) < Date.now() - ABANDONED_MS) await onServer(`drop database if exists ${datname} with (force)`);
  }
}

async function onServer<Row extends object>(statement: string): Promise<readonly Row[]> {
  const client = new Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

function answers({ hostname, port }: URL, usualPort: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port || usualPort) });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    // A busy machine takes its time to tell of a connection; where nothing listens, the refusal comes at once.
    socket.setTimeout(20_000, () => resolve(false));
    socket.once('connect', () => socket.end());
  });
}
