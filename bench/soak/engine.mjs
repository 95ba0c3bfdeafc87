import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { toGlobalId } from '../../dist/domain/reference.js';
import { tokenFor, writeConfig } from '../configured.mjs';
import { createClient } from './client.mjs';
import { randomFaults } from './faults.mjs';
import { between, pick, seededRandom, uuid } from './random.mjs';
import { startReplicas } from './replicas.mjs';
import { openShop } from './shop.mjs';

const KEYS = 20;
const ORDERS = 5;
const REQUESTS = 200;
/** A key that has no final answer after this is stuck. */
const PATIENCE_MS = 120_000;
const MAX_NOTES = 20;

/** The faults of the run open circuits, and a server says so. */
function isCircuitNotice(line) {
  return /"msg":"the circuit of an account (opened|closed)/.test(line);
}

/** Two replicas on one ledger, a shop with faults, and shoppers who press the button again and again. */
export async function startSoak({ seed, storage, kills, subscriptions }) {
  const random = seededRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-soak-'));
  const shop = await openShop();
  const counts = noCounts();
  const notes = [];
  const note = (text) => notes.length < MAX_NOTES && notes.push(text);
  const account = { ...shop.account, addAsSubscription: 'two-step', settlingSeconds: 1, timeoutMs: 1_000 };
  const place = storage.url === undefined ? { file: join(folder, 'ledger.db') } : { url: storage.url };
  const replicas = await startReplicas(2, writeConfig(folder, [account], place), (line) => {
    const [, taken] = /^takeovers (\d+)$/.exec(line) ?? [];
    if (taken !== undefined) counts.takeovers += Number(taken);
    else if (!isCircuitNotice(line)) note(line);
  });
  const client = createClient({ replicas, token: await tokenFor({ [account.key]: shop.customerId }), counts, note });

  async function round() {
    const orders = shop.takeOrders(ORDERS);
    const before = shop.itemsOn(orders);
    const wishes = Array.from({ length: KEYS }, (_, index) =>
      wish(random, shop, orders[index % ORDERS], subscriptions),
    );
    for (const fault of randomFaults(random, KEYS)) shop.faults.add(fault);

    let isOver = false;
    const killing = kills ? killNowAndThen(() => isOver) : Promise.resolve();
    const deadline = performance.now() + PATIENCE_MS;
    const answers = await Promise.all(
      Array.from({ length: REQUESTS }, async (_, index) => {
        const input = wishes[index % KEYS];
        const status = await client.submit(seededRandom(between(random, 1, 2 ** 31)), input, deadline);
        return { key: input.idempotencyKey, status };
      }),
    );
    isOver = true;
    shop.faults.clear();
    await killing;
    await judge({ orders, before, wishes, answers });
  }

  async function killNowAndThen(isOver) {
    for (;;) {
      await sleep(between(random, 500, 3_000));
      if (isOver()) return;
      counts.kills += 1;
      await replicas.killOne(random);
    }
  }

  /** Compares what shoppers were told, what the ledger says, and what the provider holds. */
  async function judge({ orders, before, wishes, answers }) {
    const deadline = performance.now() + PATIENCE_MS / 4;
    const operations = await Promise.all(
      wishes.map(async ({ idempotencyKey: key }) => ({ key, operation: await client.settled(random, key, deadline) })),
    );
    const added = [...shop.itemsOn(orders)].filter((id) => !before.has(id));
    const owned = new Set();
    for (const { key, operation } of operations) {
      const status = operation?.status ?? 'STUCK';
      const told = new Set(answers.filter((answer) => answer.key === key).map((answer) => answer.status));
      counts.keys += 1;
      counts.succeeded += status === 'SUCCEEDED';
      counts.failed += status === 'FAILED' || status === 'REJECTED';
      counts.partial += status === 'PARTIAL';
      counts.indeterminate += status === 'STUCK';
      counts.stuck += status === 'STUCK' || told.has(null);
      counts.contradicted += [...told].some((answer) => answer !== null && answer !== status);
      if (status !== 'SUCCEEDED' && status !== 'PARTIAL') continue;
      const line = operation.lineItem?.providerId;
      if (!added.includes(line) || owned.has(line)) {
        counts.lost += 1;
        note(`lost: key ${key} is ${status} with item ${line}`);
      }
      owned.add(line);
    }
    const unowned = added.filter((id) => !owned.has(id));
    for (const id of unowned) note(`duplicate: nobody was told of item ${id}`);
    counts.items += added.length;
    counts.duplicates += unowned.length;
    counts.rounds += 1;
  }

  return {
    counts,
    /** What was out of the ordinary, for whoever looks into it. */
    notes,
    round,
    async stop() {
      await replicas.stop();
      await shop.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function noCounts() {
  return {
    rounds: 0,
    requests: 0,
    keys: 0,
    items: 0,
    succeeded: 0,
    failed: 0,
    partial: 0,
    indeterminate: 0,
    duplicates: 0,
    lost: 0,
    stuck: 0,
    contradicted: 0,
    errors: 0,
    unanswered: 0,
    cutOff: 0,
    kills: 0,
    takeovers: 0,
  };
}

/** Keys on one order ask for few products, so that an item of one could be taken for that of another. */
function wish(random, { account, products }, order, subscriptions) {
  const isSubscription = subscriptions && random() < 0.25;
  return {
    idempotencyKey: uuid(random),
    orderId: toGlobalId({ type: 'Order', account: account.key, key: order }),
    item: { providerProduct: { providerId: pick(random, products) } },
    ifPresent: 'ADD',
    ...(isSubscription && { subscribe: { frequency: { every: 8, unit: 'WEEK' } } }),
  };
}
