import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type FullStack, startFullStack } from '../support/full-stack.js';

const query = '{ upcomingOrders(first: 5) { nodes { lineItems { nodes { quantity } } } } }';

const oddLines = (text: string) => text.replaceAll(/"locked":\s*(true|false)/g, '"locked":"ada@shop.example"');

describe('values of one of several accounts, without measurements', () => {
  const lines: string[] = [];
  let isOdd = false;
  let stack: FullStack;

  beforeAll(async () => {
    stack = await startFullStack({
      only: ['ordergroove', 'appstle'],
      log: { level: 'warn', write: (line) => void lines.push(line) },
      between: (send) => async (request) => {
        const response = await send(request);
        return isOdd ? { ...response, text: oddLines(response.text) } : response;
      },
    });
  });

  afterAll(() => stack.close());

  test('cost other reads no context, are told at once, and of the account that sent them when they come again', async () => {
    const contexts = jest.spyOn(AsyncLocalStorage.prototype, 'run');
    await stack.data(query);
    expect(contexts).not.toHaveBeenCalled();

    isOdd = true;
    await stack.data(query);
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      expect.not.objectContaining({ account: expect.anything() }),
    ]);
    expect(lines[0]).toContain('"field":"locked"');
    await stack.data(query);
    expect(lines.slice(1).map((line): unknown => JSON.parse(line))).toEqual([
      expect.objectContaining({ field: 'locked', account: stack.fixture('ordergroove').account }),
    ]);
  });
});

describe('values that are not understood', () => {
  const lines: string[] = [];
  let stack: FullStack;

  beforeAll(async () => {
    stack = await startFullStack({
      only: ['ordergroove'],
      log: { level: 'warn', write: (line) => void lines.push(line) },
      groups: { observability: { metrics: true } },
      between: (send) => async (request) => {
        const response = await send(request);
        return { ...response, text: oddLines(response.text) };
      },
    });
    for (let asked = 0; asked < 3; asked += 1) await stack.data(query);
  });

  afterAll(() => stack.close());

  test('are counted by provider and field, and their text is in no label', async () => {
    await fetch(`${stack.url}/readyz`);
    const page = await (await fetch(`${stack.url}/metrics`)).text();
    const [, count = '0'] =
      /upsell_decode_surprises_total\{provider="ORDERGROOVE",field="locked"\} (\d+)/.exec(page) ?? [];
    expect(Number(count)).toBeGreaterThan(2);
    expect(page).not.toContain('ada@shop.example');
    expect(page).toMatch(/upsell_ledger_call_duration_seconds_count\{call="ping"\} [1-9]/);
  });

  test('are one line of the log a field, and a warning of /readyz', async () => {
    const said = lines.map((line): Record<string, unknown> => JSON.parse(line));
    expect(said.filter(({ field }) => field === 'locked')).toEqual([
      expect.objectContaining({
        msg: 'a provider sent what its documentation does not have',
        account: stack.fixture('ordergroove').account,
      }),
    ]);
    const ready = await (await fetch(`${stack.url}/readyz`)).json();
    expect(ready).toMatchObject({
      status: 'ready',
      warnings: [expect.stringContaining('what its documentation does not have')],
    });
    expect(lines.join('')).not.toContain('ada@shop.example');
  });
});
