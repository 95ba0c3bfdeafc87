import { beforeEach, expect, test } from '@jest/globals';
import type { Account } from '../../src/domain/account.js';
import { type OutboundRequest, type Transport, TransportFailure } from '../../src/domain/transport.js';
import { type Notices, createNotices } from '../../src/server/notices.js';
import { createLog } from '../../src/server/log.js';

const account = { key: 'og-us', provider: 'ORDERGROOVE' } as Account;
const request = {
  method: 'GET',
  url: 'https://og.example/orders/42/',
  urlTemplate: '/orders/{order}/',
} as OutboundRequest;

let lines: { msg: string; level: string }[] = [];
let now = 0;
let page = '';
let next: () => Promise<number> = async () => 200;
let notices: Notices;
let send: Transport;

beforeEach(() => {
  lines = [];
  now = 0;
  const log = createLog('info', { write: (line: string) => void lines.push(JSON.parse(line)) });
  notices = createNotices(log, () => now);
  send = notices.watch(async () => ({ status: await next(), headers: {}, text: page }), account);
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

test('a provider that was asked too often is a line a minute, and a warning until it has been quiet for one', async () => {
  for (const status of [429, 200, 429, 200, 404]) await answer(status);
  page = '<html>You have been blocked</html>';
  await answer(403);
  page = '';
  expect(messages()).toEqual([
    'a provider was asked too often for an account: calls wait for the end of the pause it wants',
  ]);
  now = 59_999;
  await answer(200);
  expect(notices.warnings()).toEqual(['ORDERGROOVE wants a pause from account og-us.']);
  now = 60_000;
  await answer(200);
  expect(messages().at(-1)).toBe('a provider answers the calls of an account again');
  expect(notices.warnings()).toEqual([]);
});

test('other responses and failures are nothing to say', async () => {
  for (const status of [200, 404, 409, 422, 500]) await answer(status);
  next = async () => {
    throw new TransportFailure('TIMEOUT', true, 'late');
  };
  await expect(send(request)).rejects.toThrow('late');
  expect(lines).toEqual([]);
});

test('a field that was not understood is a line and a warning, for ten minutes after it was last met', () => {
  for (let met = 0; met < 5; met += 1) notices.surprised(account, 'status');
  notices.surprised(account, 'quantity');
  expect(lines.map((line) => [line.msg, Reflect.get(line, 'field')])).toEqual([
    ['a provider sent what its documentation does not have', 'status'],
    ['a provider sent what its documentation does not have', 'quantity'],
  ]);
  const warning = 'ORDERGROOVE sent account og-us what its documentation does not have.';
  expect(notices.warnings()).toEqual([warning]);
  now = 599_999;
  expect(notices.warnings()).toEqual([warning]);
  now = 600_000;
  expect(notices.warnings()).toEqual([]);
});

test('keys that cannot be fetched are a line for each issuer, and another when they can', () => {
  for (const issuer of ['https://a.test', 'https://a.test', 'https://b.test'])
    notices.keysMissing(issuer, new Error('no route'));
  notices.keysFetched('https://a.test');
  notices.keysFetched('https://a.test');
  expect(lines.map((line) => [line.msg, Reflect.get(line, 'issuer')])).toEqual([
    ['the keys that tokens are signed with cannot be fetched', 'https://a.test'],
    ['the keys that tokens are signed with cannot be fetched', 'https://b.test'],
    ['the keys that tokens are signed with can be fetched again', 'https://a.test'],
  ]);
  expect(notices.warnings()).toEqual(['The keys of https://b.test cannot be fetched: its tokens get 503.']);
});

test('a slow ledger is a line, and a warning until it is quick again', () => {
  for (const ms of [5, 1_200, 3_000]) notices.ledgerTook('save', ms);
  expect(notices.warnings()).toEqual(['The ledger of operations is slow.']);
  notices.ledgerTook('claim', 5);
  expect(notices.warnings()).toHaveLength(1);
  notices.ledgerTook('save', 5);
  expect(notices.warnings()).toEqual([]);
  expect(messages()).toEqual(['the ledger is slow', 'the ledger is quick again']);
});

test('each write in doubt is a line, up to twenty a minute', () => {
  for (let write = 0; write < 30; write += 1) notices.leftInDoubt({ operationId: String(write) });
  expect(messages().filter((message) => message === 'a write was left in doubt')).toHaveLength(20);
  expect(messages()).toHaveLength(21);
  now = 60_000;
  notices.leftInDoubt({ operationId: '31' });
  expect(messages()).toHaveLength(22);
});

test('every line says which process wrote it', () => {
  notices.leftInDoubt({});
  expect(lines[0]).toMatchObject({
    'service.instance.id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'service.version': expect.stringMatching(/^\d+\.\d+/),
    'host.name': expect.any(String),
  });
});
