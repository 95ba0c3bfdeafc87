import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { demoOrders } from '../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { Admission } from '../../src/server/limits/admission.js';
import { orderId, startFullStack, until } from '../support/full-stack.js';

const REQUESTS = 1_000;
const WAITING = 256;

async function connected(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const client = connect(Number(port), hostname);
  await once(client, 'connect');
  return client;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('requests that come faster than they can be begun', () => {
  test('begin four in a turn and in their order; no more than may wait do, the others are refused at once', async () => {
    const admission = new Admission(WAITING);
    const begun: number[] = [];
    const refusals: unknown[] = [];
    for (let count = 0; count < 3_000; count += 1) {
      try {
        const later = admission.enter();
        if (later) void later.then(() => begun.push(count));
        else begun.push(count);
      } catch (error) {
        refusals.push(error);
      }
    }
    expect(begun).toEqual([0, 1, 2, 3]);
    expect(refusals).toHaveLength(3_000 - 4 - WAITING);
    expect(refusals[0]).toMatchObject({ statusCode: 503, code: 'OVERLOADED' });
    let turns = 0;
    while (begun.length < 4 + WAITING) {
      await turn();
      turns += 1;
      expect(begun.length).toBeLessThanOrEqual(4 * (turns + 2));
    }
    expect(turns).toBeLessThanOrEqual(70);
    expect(begun).toEqual(Array.from({ length: 4 + WAITING }, (_, index) => index));
    // Back to normal.
    await turn();
    await turn();
    expect(Array.from({ length: 4 }, () => admission.enter())).toEqual([null, null, null, null]);
  });

  test('are answered, or refused before most of the others are; afterwards all are answered', async () => {
    const stack = await startFullStack({
      only: ['ordergroove'],
      groups: { server: { limits: { rate: { shopper: 0 }, waiting: WAITING } } },
    });
    const authorization = await stack.bearer();
    const clients = await Promise.all(Array.from({ length: REQUESTS }, () => connected(stack.url)));
    const answers: string[] = [];
    const post = (client: Socket) =>
      new Promise<void>((resolve) => {
        let text = '';
        const read = (chunk: Buffer) => {
          text += String(chunk);
          if (!/\r\n\r\n.*\}\s*$/s.test(text)) return;
          client.off('data', read);
          answers.push(text);
          resolve();
        };
        client.on('data', read);
        const body = JSON.stringify({ query: '{ __typename }' });
        client.write(
          `POST /graphql HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\nauthorization: ${authorization}\r\n` +
            `content-length: ${body.length}\r\n\r\n${body}`,
        );
      });
    await Promise.all(clients.map(post));
    const isRefused = (answer: string) => answer.startsWith('HTTP/1.1 503 ');
    const refused = answers.filter(isRefused);
    process.stdout.write(`${REQUESTS} requests at once: ${refused.length} refused\n`);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) {
      expect(answer).toContain('"code":"OVERLOADED"');
      expect(answer).toMatch(/\r\nretry-after: 1\r\n/);
    }
    expect(answers.slice(-200).filter(isRefused)).toEqual([]);
    expect(answers.every((answer) => isRefused(answer) || answer.startsWith('HTTP/1.1 200 '))).toBe(true);
    // Back to normal: as many as may begin and wait.
    answers.splice(0);
    await Promise.all(clients.slice(0, 200).map(post));
    expect(answers.filter(isRefused)).toEqual([]);
    for (const client of clients) client.destroy();
    await stack.close();
  });

  test('of a slow account take no place of others', async () => {
    let reads = 0;
    let open = () => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    const stack = await startFullStack({
      only: ['ordergroove', 'recharge'],
      groups: { server: { limits: { rate: { shopper: 0 }, waiting: WAITING } } },
      between: (transport, account) => async (request) => {
        if (account.key === stack.fixture('ordergroove').account) {
          reads += 1;
          await gate;
        }
        return transport(request);
      },
    });
    const authorization = await stack.bearer();
    const { account } = stack.fixture('ordergroove');
    const post = async (query: string, variables: object = {}) => {
      const response = await fetch(`${stack.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, body: await response.text() };
    };
    const slow: Promise<unknown>[] = [];
    // More than may wait to be begun, a few at a time.
    for (let count = 0; count < 300; count += 1) {
      slow.push(post('query ($id: ID!) { order(id: $id) { id } }', { id: orderId(account, demoOrders.next) }));
      if (count % 50 === 49) await turn();
    }
    await until(() => reads > 0, 'the slow account was asked');
    const answer = await post(
      'query ($keys: [String!]) { upcomingOrders(first: 1, accountKeys: $keys) { nodes { id } } }',
      {
        keys: [stack.fixture('recharge').account],
      },
    );
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body).data.upcomingOrders.nodes).toHaveLength(1);
    open();
    await Promise.all(slow);
    await stack.close();
  });
});
