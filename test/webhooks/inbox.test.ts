import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Kysely } from 'kysely';
import { embeddedFile } from '../../src/storage/embedded-file.js';
import type { Tables } from '../../src/storage/tables.js';
import { type FullStack, startFullStack, until } from '../support/full-stack.js';
import { openStream } from '../streams/raw-stream.js';
import { loadPart, ofProvider } from '../subjects/parts.js';
import type { SignedDelivery } from './webhook-subject.js';

/** Mixed deliveries for all providers together; `npm run bench:webhooks` sends 10,000. */
const DELIVERIES = Number(process.env['WEBHOOK_DELIVERIES'] ?? 160);
const AT_ONCE = 20;
const webhooks = await loadPart('webhooks');
const names = [...webhooks.keys()];
const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-webhooks-'));
const MARK = 'mark-of-a-body';

let stack: FullStack;
let log = '';

beforeAll(async () => {
  stack = await startFullStack({
    only: names,
    settings: Object.fromEntries(names.map((name) => [name, { webhookSecrets: webhooksOf(name).secrets }])),
    groups: { storage: { file: join(folder, 'ledger.db') }, observability: { metrics: true, requestLog: true } },
    log: { level: 'trace', write: (line) => (log += line) },
  });
});

afterAll(async () => {
  await stack.close();
  rmSync(folder, { recursive: true });
});

function webhooksOf(name: string) {
  return ofProvider(webhooks, name);
}

function accountOf(name: string): string {
  return stack.fixture(name).account;
}

async function send(account: string, { headers, body }: Pick<SignedDelivery, 'headers'> & { readonly body: string }) {
  const { status } = await fetch(`${stack.url}/webhooks/${account}`, { method: 'POST', headers: { ...headers }, body });
  return status;
}

/** By the clock that all emulators share. */
const now = () => Math.floor((stack.fixtures[0]?.emulator.clock.now().getTime() ?? 0) / 1_000);

interface Sent {
  readonly what: string;
  readonly account: string;
  readonly delivery: SignedDelivery;
  readonly status: number;
}

function mixed(index: number): Sent {
  const name = names[index % names.length] ?? '';
  const { secrets, toleranceSeconds, deliver } = webhooksOf(name);
  const [secret] = secrets;
  const account = accountOf(name);
  const id = String(100_000 + index);
  const valid = deliver(id, [secret], now(), `order`);
  const tampered = { ...valid, body: `${valid.body}${MARK}` };
  switch (Math.floor(index / names.length) % 8) {
    case 0:
      return { what: 'valid', account, status: 204, delivery: valid };
    case 1:
      return { what: 'signed with the older secret', account, status: 204, delivery: deliver(id, [secrets[1]], now()) };
    case 2:
      return { what: 'unknown type', account, status: 204, delivery: deliver(id, [secret], now(), MARK) };
    case 3:
      return { what: 'tampered', account, status: 401, delivery: tampered };
    case 4:
      return { what: 'stale', account, status: 401, delivery: deliver(id, [secret], now() - toleranceSeconds - 60) };
    case 5:
      return {
        what: "another account's secret",
        account,
        status: 401,
        delivery: deliver(id, ['whsec_b3RoZXI='], now()),
      };
    case 6:
      return {
        what: 'unsigned',
        account,
        status: 401,
        delivery: { ...valid, headers: { 'content-type': 'text/plain' } },
      };
    default:
      return {
        what: '2 MiB',
        account,
        status: 413,
        delivery: { ...valid, body: MARK.repeat(2 ** 21 / MARK.length + 1) },
      };
  }
}

describe('the inbox', () => {
  test(`accepts of ${DELIVERIES} mixed deliveries exactly those that are valid, once each`, async () => {
    const all = Array.from({ length: DELIVERIES }, (_, index) => mixed(index));
    const counted: Record<string, number> = {};
    let slowest = 0;
    for (let start = 0; start < all.length; start += AT_ONCE) {
      const some = all.slice(start, start + AT_ONCE);
      // Each arrives twice.
      await Promise.all(
        [...some, ...some].map(async ({ what, account, delivery, status }) => {
          const begunAt = performance.now();
          const answered = await send(account, delivery);
          if (status === 204) slowest = Math.max(slowest, performance.now() - begunAt);
          // Large ones of an address that sent much that was refused are not even read.
          const expected = status === 413 ? [413, 429] : [status];
          expect([what, expected.includes(answered)]).toEqual([what, true]);
          counted[what] = (counted[what] ?? 0) + 1;
        }),
      );
    }
    const valid = all.filter(({ status }) => status === 204);
    const rows = await inboxRows();
    expect(rows).toBe(valid.length);
    const metrics = await (await fetch(`${stack.url}/metrics`)).text();
    const total = (outcome: string) =>
      [...metrics.matchAll(new RegExp(`^upsell_webhooks_total\\{.*outcome="${outcome}".*\\} (\\d+)$`, 'gm'))]
        .map(([, count]) => Number(count))
        .reduce((sum, count) => sum + count, 0);
    expect([total('accepted'), total('duplicate')]).toEqual([valid.length, valid.length]);
    process.stdout.write(
      `${2 * DELIVERIES} deliveries, each twice: ${valid.length} accepted once, slowest of ${2 * AT_ONCE} at once ${slowest.toFixed(0)} ms; ` +
        Object.entries(counted)
          .map(([what, count]) => `${count} ${what}`)
          .join(', ') +
        '\n',
    );

    const kept = [log, metrics, ...readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'))];
    const secrets = names.flatMap((name) => webhooksOf(name).secrets);
    for (const text of kept) for (const word of [MARK, ...secrets]) expect(text.includes(word)).toBe(false);
  });

  test('is not there for an account that does not exist, nor by another method', async () => {
    for (const name of names) {
      expect(await send('nobody', webhooksOf(name).deliver('1', ['x'], now()))).toBe(404);
      expect((await fetch(`${stack.url}/webhooks/${accountOf(name)}`)).status).toBe(404);
    }
  });

  async function inboxRows(): Promise<number> {
    const database = new Kysely<Tables>({ dialect: embeddedFile(join(folder, 'ledger.db'), 5_000) });
    const rows = await database.selectFrom('webhook_inbox').selectAll().execute();
    await database.destroy();
    for (const row of rows) expect(row.event_id).toMatch(/^[\w-]{43}$/);
    return rows.length;
  }
});

describe('a webhook', () => {
  test('shows a change that was made at the provider on the stream of the order', async () => {
    const { emulator, account } = stack.fixture('ordergroove');
    const { secrets } = webhooksOf('ordergroove');
    await fetch(`${emulator.url}/__emulator/webhooks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        url: `${stack.url}/webhooks/${account}`,
        key: secrets[1],
        previousKey: secrets[0],
        duplicate: true,
        shuffle: true,
        repeatAfterMs: 50,
      }),
    });
    const upcoming = await stack.ask<
      {
        upcomingOrders: {
          nodes: { id: string; providerId: string; lineItems: { nodes: { providerId: string; quantity: number }[] } }[];
        };
      },
      object
    >(
      `{ upcomingOrders(accountKeys: ["${account}"]) { nodes { id providerId lineItems { nodes { providerId quantity } } } } }`,
    );
    const order = upcoming.data?.upcomingOrders.nodes.find(({ lineItems }) => lineItems.nodes.length > 0);
    const line = order?.lineItems.nodes[0];
    if (!order || !line) throw new Error('there is no order with a line');
    const stream = await openStream(stack.url, {
      query: 'subscription ($id: ID!) { orderUpdated(orderId: $id) { lineItems { nodes { providerId quantity } } } }',
      variables: { id: order.id },
      headers: { authorization: await stack.bearer() },
    });
    await stream.wait(1);
    await changeQuantityElsewhere(line.providerId, line.quantity + 1);
    const [, changed] = await stream.wait(2);
    expect(changed?.data.orderUpdated.lineItems.nodes).toContainEqual({
      providerId: line.providerId,
      quantity: line.quantity + 1,
    });
    stream.close();
    await until(() => stream.hasEnded(), 'the stream was closed');
  });

  /** By somebody who does not go through this layer. */
  async function changeQuantityElsewhere(item: string, quantity: number): Promise<void> {
    const { emulator } = stack.fixture('ordergroove');
    const changed = await fetch(`${emulator.url}/items/${item}/change_quantity/`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'x-api-key': 'demo-bulk-application-key-0001' },
      body: JSON.stringify({ quantity }),
    });
    expect([changed.status, await changed.text()]).toEqual([200, expect.anything()]);
  }
});
