import { beforeEach, expect, test } from '@jest/globals';
import type { Account } from '../../src/domain/account.js';
import { type OutboundRequest, type Transport, TransportFailure } from '../../src/domain/transport.js';
import { type AccountNotices, createAccountNotices } from '../../src/server/account-notices.js';
import { createLog } from '../../src/server/log.js';

const account = { key: 'og-us', provider: 'ORDERGROOVE' } as Account;
const request = {
  method: 'GET',
  url: 'https://og.example/orders/42/',
  urlTemplate: '/orders/{order}/',
} as OutboundRequest;

let lines: { msg: string; level: string }[] = [];
let now = 0;
let next: () => Promise<number> = async () => 200;
let notices: AccountNotices;
let send: Transport;

beforeEach(() => {
  lines = [];
  now = 0;
  const log = createLog('info', { write: (line: string) => void lines.push(JSON.parse(line)) });
  notices = createAccountNotices(log, () => now);
  send = notices.watch(async () => ({ status: await next(), headers: {}, text: '' }), account);
});

async function answer(status: number, times = 1): Promise<void> {
  next = async () => status;
  for (let sent = 0; sent < times; sent += 1) await send(request);
}

const messages = () => lines.map(({ msg }) => msg);

test('the first refused credentials of an account are a line and a warning, and their acceptance ends both', async () => {
  await answer(401, 30);
  expect(lines).toEqual([
    expect.objectContaining({
      level: 'warn',
      msg: 'a provider refuses the credentials of an account',
      account: 'og-us',
      status: 401,
      endpoint: '/orders/{order}/',
    }),
  ]);
  expect(notices.warnings()).toEqual(['ORDERGROOVE refuses the credentials of account og-us.']);
  await answer(404);
  expect(notices.warnings()).toHaveLength(1);
  await answer(200);
  expect(notices.warnings()).toEqual([]);
  expect(messages().at(-1)).toBe('a provider accepts the credentials of an account again');
});

test('what lasts is said again after a minute', async () => {
  await answer(403);
  now = 59_999;
  await answer(403);
  expect(lines).toHaveLength(1);
  now = 60_000;
  await answer(403);
  expect(lines).toHaveLength(2);
});

test('a circuit that opens and closes is a line each', async () => {
  next = async () => {
    throw new TransportFailure('CIRCUIT_OPEN', false, 'open');
  };
  for (let sent = 0; sent < 5; sent += 1) await expect(send(request)).rejects.toThrow('open');
  expect(notices.warnings()).toEqual(['ORDERGROOVE was found down and is not asked for account og-us.']);
  await answer(200);
  expect(messages()).toEqual([
    'the circuit of an account opened: its provider is not asked',
    'the circuit of an account closed',
  ]);
  expect(notices.warnings()).toEqual([]);
});

test('other responses and failures are nothing to say', async () => {
  for (const status of [200, 404, 409, 422, 429, 500]) await answer(status);
  next = async () => {
    throw new TransportFailure('TIMEOUT', true, 'late');
  };
  await expect(send(request)).rejects.toThrow('late');
  expect(lines).toEqual([]);
});
