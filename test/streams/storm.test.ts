import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { orderTopic } from '../../src/domain/changes.js';
import { demoOrders } from '../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { memoryStorage } from '../../src/server/storage.js';
import { type FullStack, orderId, startFullStack, until } from '../support/full-stack.js';
import { openStream, type RawStream } from './raw-stream.js';

const STREAMS = 60;
const HINTS = 1_000;
/** Each event of it differs. */
const QUERY = 'subscription ($id: ID!) { orderUpdated(orderId: $id) { window { asOf } lineItems { nodes { id } } } }';

const storage = memoryStorage();
let stack: FullStack;
let streams: readonly RawStream[];
/** Calls to the provider for events. */
let calls = 0;
let open = (): void => {};
const gate = new Promise<void>((resolve) => (open = resolve));

beforeAll(async () => {
  stack = await startFullStack({
    only: ['ordergroove'],
    parts: { storage },
    between: (send) => async (request) => {
      if (request.caller.background) {
        calls += 1;
        await gate;
      }
      return send(request);
    },
  });
});

afterAll(async () => {
  for (const stream of streams) stream.close();
  await stack.close();
});

test('a storm of hints on one order is at most two events at each of its streams, for the calls of a few reads', async () => {
  const { account } = stack.fixture('ordergroove');
  const authorization = await stack.bearer({ sub: 'a-service', kind: 'service', customers: {} });
  const variables = { id: orderId(account, demoOrders.next) };
  streams = await Promise.all(
    Array.from({ length: STREAMS }, () =>
      openStream(stack.url, { query: QUERY, variables, headers: { authorization } }),
    ),
  );
  for (const stream of streams) await stream.wait(1);
  for (let count = 0; count < HINTS; count += 1) storage.changes.publish([orderTopic(`${account}:${demoOrders.next}`)]);
  // The first read is under way, and the one that the other streams share.
  await until(() => calls >= 2, 'the order was read for events');
  open();
  for (const stream of streams) await stream.wait(2);
  // A third event would come a second after the second one.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  for (const stream of streams) {
    const events = stream.results().slice(1);
    expect(events.length).toBeLessThanOrEqual(2);
    for (const { data } of events) expect(data.orderUpdated.lineItems.nodes.length).toBeGreaterThan(0);
  }
  process.stdout.write(`${HINTS} hints on the order of ${STREAMS} streams cost ${calls} calls.\n`);
  expect(calls).toBeLessThan(STREAMS);
});
