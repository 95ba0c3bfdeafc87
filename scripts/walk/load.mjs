import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { toGlobalId } from '../../dist/domain/reference.js';

const READ = '{ upcomingOrders(first: 2) { nodes { id lineItems { nodes { quantity } } } } }';
const WRITE = `mutation ($input: AddUpsellItemInput!) {
  addUpsellItem(input: $input) { operation { status lineItem { providerId } } errors { code message } }
}`;
/** One request in ten writes. */
const WRITE_EVERY = 10;
/** Shoppers who wait for an answer before they ask again: on a machine that is too busy, the rate falls and no queue grows. */
const SHOPPERS = 30;

/** Sends requests at a steady rate until it is stopped. */
export function startLoad({ url, token, perSecond, shop, orders }) {
  const refused = [];
  const added = [];
  const running = new Set();
  /** Two writes to one order would wait for each other. */
  const free = [...orders];
  let sent = 0;
  let writes = 0;
  let longestMs = 0;
  const over = new AbortController();

  async function ask(query, variables) {
    const begun = performance.now();
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    longestMs = Math.max(longestMs, performance.now() - begun);
    if (response.status !== 200) throw new Error(`${response.status} ${text}`);
    const { data, errors } = JSON.parse(text);
    if (errors) throw new Error(JSON.stringify(errors.map(({ message }) => message)));
    return data;
  }

  async function write(order) {
    const { addUpsellItem } = await ask(WRITE, {
      input: {
        idempotencyKey: randomUUID(),
        orderId: toGlobalId({ type: 'Order', account: shop.account.key, key: order }),
        item: { providerProduct: { providerId: shop.products[0] } },
        ifPresent: 'ADD',
      },
    });
    const { operation, errors } = addUpsellItem;
    if (operation?.status !== 'SUCCEEDED') throw new Error(`a write is ${operation?.status} ${JSON.stringify(errors)}`);
    added.push(operation.lineItem.providerId);
    free.push(order);
  }

  async function run() {
    const begun = performance.now();
    let due = begun;
    while (!over.signal.aborted) {
      const order = sent % WRITE_EVERY === 0 ? free.shift() : undefined;
      if (order !== undefined) writes += 1;
      sent += 1;
      const work = (order === undefined ? ask(READ) : write(order)).catch((error) =>
        refused.push(String(error.cause ?? error)),
      );
      running.add(work);
      void work.finally(() => running.delete(work));
      if (running.size >= SHOPPERS) await Promise.race(running);
      // What a busy moment held up is made up for, within a second.
      due = Math.max(due + 1_000 / perSecond, performance.now() - 1_000);
      await sleep(Math.max(0, due - performance.now()));
    }
    await Promise.all(running);
    return { sent, writes, refused, added, longestMs, perSecond: sent / ((performance.now() - begun) / 1_000) };
  }

  const finished = run();
  return {
    sent: () => sent,
    stop() {
      over.abort();
      return finished;
    },
  };
}
