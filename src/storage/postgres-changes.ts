import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { EndingClient } from './postgres.js';
import type { ChangeStore } from './shared-changes.js';
import type { Tables } from './tables.js';

/** Payloads: `probe <sender>`, and `changed <sender> <time> <topic> <topic> …`. */
const CHANNEL = 'upsell_graph_changes';
/** Time for a notification of our own to come back. */
const PROBE_MS = 2_000;
const MIN_RECONNECT_MS = 500;
const MAX_RECONNECT_MS = 30_000;

const NOW = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

export interface ListeningTiming {
  /** Longest wait for the connection, and for each answer over it. */
  readonly timeoutMs: number;
  /** Between two looks whether the connection still leads anywhere: nothing else is sent over it. */
  readonly lookMs: number;
}

const defaultTiming: ListeningTiming = { timeoutMs: 5_000, lookMs: 30_000 };

/**
 * Exchanges changes by a table, and by notifications over a connection of its own. Notifications do not pass a pooler in
 * transaction mode: whether they arrive is tried, and where they do not, the table is all there is.
 */
export function createPostgresChanges(
  database: Kysely<Tables>,
  listenUrl: string,
  report: (message: string, cause?: unknown) => void,
  { timeoutMs, lookMs }: ListeningTiming = defaultTiming,
): ChangeStore {
  const self = randomUUID();

  async function notify(payload: string): Promise<void> {
    await sql`select pg_notify(${CHANNEL}, ${payload})`.execute(database);
  }

  return {
    async announce(topics) {
      const sorted = topics.toSorted();
      const { rows } = await sql<{ readonly changed_at: string }>`
        with moment as (select ${NOW} as at),
        changed as (
          insert into changes (topic, changed_at)
          select topic, at from unnest(${sorted}::text[]) as topic, moment
          on conflict (topic) do update set changed_at = greatest(changes.changed_at + 1, excluded.changed_at)
          returning topic, changed_at
        )
        select max(changed_at) as changed_at,
               pg_notify(${CHANNEL}, 'changed ' || ${self}::text || ' ' || max(changed_at) || ' ' || string_agg(topic, ' ')) from changed
      `.execute(database);
      return Number(rows[0]?.changed_at);
    },

    async changedSince(since) {
      const rows = await database.selectFrom('changes').selectAll().where('changed_at', '>', since).execute();
      return rows.map(({ topic, changed_at: changedAt }) => ({ topic, changedAt: Number(changedAt) }));
    },

    async latest() {
      const row = await database
        .selectFrom('changes')
        .select(({ fn }) => fn.max('changed_at').as('latest'))
        .executeTakeFirst();
      return Number(row?.latest ?? 0);
    },

    async prune(olderThanMs) {
      await sql`delete from changes where changed_at < ${NOW} - ${olderThanMs}`.execute(database);
    },

    listen(onChange, onConnect) {
      const stopped = new AbortController();
      let client: EndingClient | null = null;

      /** Listens until the connection ends; false when notifications do not arrive over it. */
      async function listenOnce(): Promise<boolean> {
        const own = new EndingClient({
          connectionString: listenUrl,
          connectionTimeoutMillis: timeoutMs,
          query_timeout: timeoutMs,
        });
        client = own;
        const ended = new Promise<void>((resolve) => {
          own.on('error', () => resolve());
          own.on('end', resolve);
        });
        let looking: NodeJS.Timeout | undefined;
        try {
          // What is ended while it connects tells only by the event.
          await Promise.race([own.connect(), ended.then(() => Promise.reject(new Error('the connection ended')))]);
          const arrived = new Promise<boolean>((resolve) => {
            own.on('notification', ({ payload = '' }) => {
              const [kind, sender, time, ...topics] = payload.split(' ');
              if (kind === 'probe' && sender === self) resolve(true);
              if (kind === 'changed' && sender !== self) {
                onChange(topics.map((topic) => ({ topic, changedAt: Number(time) })));
              }
            });
            void ended.then(() => resolve(true));
            setTimeout(() => resolve(false), PROBE_MS).unref();
          });
          await own.query(`listen ${CHANNEL}`);
          await notify(`probe ${self}`);
          if (!(await arrived)) return false;
          onConnect();
          const look = async () => {
            await own.query('select 1');
            lookLater();
          };
          const lookLater = () => {
            looking = setTimeout(() => void look().catch(() => own.end()), lookMs).unref();
          };
          lookLater();
          await ended;
          return true;
        } finally {
          clearTimeout(looking);
          client = null;
          await own.end().catch(() => {});
        }
      }

      async function keepListening(): Promise<void> {
        let waitMs = MIN_RECONNECT_MS;
        while (!stopped.signal.aborted) {
          const begunAt = performance.now();
          try {
            if (!(await listenOnce()) && !stopped.signal.aborted) {
              report(
                'notifications of PostgreSQL do not arrive, as behind a pooler: changes of other replicas show within 5 s. Set storage.listenUrl to a URL that bypasses it',
              );
              return;
            }
          } catch (error) {
            if (!stopped.signal.aborted) report('notifications of PostgreSQL cannot be listened to', error);
          }
          if (performance.now() - begunAt > MAX_RECONNECT_MS) waitMs = MIN_RECONNECT_MS;
          // Replicas that lost the same server do not come back at the same instant.
          await sleep(waitMs * (0.5 + Math.random()), undefined, { ref: false, signal: stopped.signal }).catch(
            () => {},
          );
          waitMs = Math.min(waitMs * 2, MAX_RECONNECT_MS);
        }
      }

      const listening = keepListening();
      return {
        async close() {
          stopped.abort();
          await client?.end().catch(() => {});
          await listening;
        },
      };
    },
  };
}
