import { beforeEach, describe, expect, test } from '@jest/globals';
import { guardSource, guardWriter } from '../../src/auth/guarded-source.js';
import type { Operation } from '../../src/domain/operation.js';
import { reason } from '../../src/domain/eligibility.js';
import { notEligible } from '../../src/domain/refusal.js';
import type { SendResult } from '../../src/domain/write.js';
import type { Ledger } from '../../src/operations/ledger.js';
import { createMemoryLedger } from '../../src/operations/memory-ledger.js';
import { systemTimers } from '../../src/operations/timers.js';
import { createWriteService, type WriteService } from '../../src/operations/write-service.js';
import { addOne, lost, ScriptedProvider, throttled, usd, shopper } from './scripted-provider.js';

const SETTLING_MS = 5_000;
const MINUTE_MS = 60_000;
/** A run goes by its own clock, which goes on while it works. */
const SLACK_MS = 30_000;

let provider: ScriptedProvider;
let ledger: Ledger;
let service: WriteService;
let now: Date;

beforeEach(() => {
  provider = new ScriptedProvider();
  now = new Date('2026-01-01T12:00:00Z');
  ledger = createMemoryLedger(systemTimers, () => now);
  service = serviceOf(SETTLING_MS);
});

function serviceOf(settlingMs: number): WriteService {
  provider.settlingMs = settlingMs;
  return createWriteService({
    ledger,
    accounts: new Map([['og-us', provider.connected()]]),
    clock: () => now,
    guard: guardSource,
    guardWriter,
    report: (message) => {
      throw new Error(message);
    },
    deadlineMs: 1_500,
    recoveryIntervalMs: 10,
  });
}

function add(idempotencyKey = 'key-0123456789abcdef', request = addOne) {
  return service.run({
    actor: shopper,
    account: 'og-us',
    idempotencyKey,
    request,
    guards: { preview: null, maxIncrease: null },
  });
}

/** Loses a write on its way. */
async function loseAdd(): Promise<Operation> {
  provider.script.push({ applies: false, answer: lost });
  const { operation } = await add();
  if (operation?.status !== 'INDETERMINATE') throw new Error('the write is not open');
  return operation;
}

/** Lets recovery look at it that much later. */
async function lookAfter({ id }: Operation, ms: number): Promise<Operation | null> {
  now = new Date(now.getTime() + ms);
  service.start();
  await service.stop();
  return ledger.byId(id);
}

describe('an item that may be on an order which nobody asked for', () => {
  test('is told to be so in the end, and the same is not sent again on that', async () => {
    provider.saysItStays = true;
    provider.movesTo = 'order-2';
    provider.script.push({ applies: true, answer: lost });
    const { operation } = await add();
    if (!operation) throw new Error('nothing is on record');
    expect(operation).toMatchObject({ status: 'INDETERMINATE', errors: [{ code: 'OUTCOME_UNKNOWN' }] });
    expect(operation.errors[0]).not.toHaveProperty('mayBeOn');
    expect(await lookAfter(operation, 10 * MINUTE_MS + SLACK_MS)).toMatchObject({
      status: 'PARTIAL',
      effect: 'UNKNOWN',
      lineItemRef: null,
      errors: [{ code: 'OUTCOME_UNKNOWN', retry: 'CHECK_OPERATION', effect: 'UNKNOWN', mayBeOn: [{ key: 'order-2' }] }],
    });
    const again = await add('key-0123456789abcdeg');
    expect(again.errors).toMatchObject([{ code: 'OUTCOME_UNKNOWN', operationId: operation.id }]);
    expect(provider.sent).toHaveLength(1);
  });

  test('which the provider uses once the order is over, comes late: its end is not the end', async () => {
    provider.movesTo = 'order-2';
    const operation = await loseAdd();
    provider.status = 'PLACED';
    await lookAfter(operation, MINUTE_MS);
    expect(await lookAfter(operation, MINUTE_MS)).toMatchObject({ status: 'INDETERMINATE' });
    provider.comesLate();
    expect(await lookAfter(operation, MINUTE_MS)).toMatchObject({ status: 'PARTIAL', effect: 'PARTLY_CHANGED' });
  });
});

describe('an order that closes while the answer of a write is missing', () => {
  test('is looked at again once it shows for good what is on it: what was worked off as it closed shows late', async () => {
    const operation = await loseAdd();
    provider.status = 'PLACED';
    expect(await lookAfter(operation, MINUTE_MS)).toMatchObject({ status: 'INDETERMINATE', effect: 'UNKNOWN' });
    provider.comesLate();
    expect(await lookAfter(operation, SETTLING_MS + SLACK_MS)).toMatchObject({
      status: 'SUCCEEDED',
      lineItemRef: { key: 'line-1' },
    });
  });

  test('ends it by that second look, which does not wait for longer than the order takes to show', async () => {
    const operation = await loseAdd();
    provider.status = 'PLACED';
    await lookAfter(operation, 8 * MINUTE_MS);
    // By its age alone it would rest for two minutes.
    expect(await lookAfter(operation, SETTLING_MS + SLACK_MS)).toMatchObject({ status: 'FAILED' });
  });

  test('and opens again takes what comes', async () => {
    const operation = await loseAdd();
    provider.status = 'SKIPPED';
    await lookAfter(operation, MINUTE_MS);
    provider.status = 'SCHEDULED';
    expect(await lookAfter(operation, MINUTE_MS)).toMatchObject({ status: 'INDETERMINATE' });
    provider.status = 'SKIPPED';
    expect(await lookAfter(operation, 2 * MINUTE_MS)).toMatchObject({ status: 'INDETERMINATE' });
  });

  test('is not closed because our own margin keeps new writes from it', async () => {
    const operation = await loseAdd();
    provider.closesAt = new Date(now.getTime() + 2 * MINUTE_MS);
    expect(await lookAfter(operation, MINUTE_MS)).toMatchObject({ status: 'INDETERMINATE' });
    expect(await lookAfter(operation, MINUTE_MS)).toMatchObject({ status: 'INDETERMINATE' });
    provider.comesLate();
    expect(await lookAfter(operation, MINUTE_MS)).toMatchObject({
      status: 'SUCCEEDED',
      lineItemRef: { key: 'line-1' },
    });
  });
});

test('units that another write has put on lines of their own are all its own', async () => {
  provider.saysItStays = true;
  provider.movesTo = 'order-2';
  provider.price = usd(0);
  const operation = await loseAdd();
  provider.script.push({ applies: true, splits: true });
  expect(await add('other-0123456789abcdef', { ...addOne, orderKey: 'order-2', quantity: 2 })).toMatchObject({
    operation: { status: 'SUCCEEDED', differences: [] },
  });
  expect(provider.lines).toHaveLength(2);
  expect(await lookAfter(operation, 10 * MINUTE_MS + SLACK_MS)).toMatchObject({
    status: 'FAILED',
    effect: 'UNCHANGED',
  });
});

describe('an item that was taken back, of a request that was sent twice', () => {
  beforeEach(() => {
    service = serviceOf(30);
    provider.movesTo = 'order-2';
    provider.takesBack = { outcome: 'confirmed', attempts: 1, result: {} };
    const result = { orderKey: 'order-2', lineItemKey: 'line-1' };
    provider.script.push({ applies: true, answer: { outcome: 'confirmed', attempts: 2, result } });
  });

  test('may come once more by the first one: it is watched for', async () => {
    const { operation } = await add();
    expect(provider.sent).toEqual(['add_item', 'take_back']);
    expect(operation).toMatchObject({ status: 'INDETERMINATE', effect: 'UNKNOWN' });
    provider.movesTo = null;
    provider.comesLate();
    provider.movesTo = 'order-2';
    expect(await lookAfter(operation as Operation, MINUTE_MS)).toMatchObject({
      status: 'SUCCEEDED',
      effect: 'CHANGED',
    });
  });

  test('is taken back again where it comes to the other order again', async () => {
    const { operation } = await add();
    provider.comesLate();
    expect(await lookAfter(operation as Operation, MINUTE_MS)).toMatchObject({ status: 'INDETERMINATE' });
    expect(provider.sent).toEqual(['add_item', 'take_back', 'take_back']);
    expect(provider.lines).toEqual([]);
  });

  test('is gone for good once nothing has come', async () => {
    const { operation } = await add();
    expect(await lookAfter(operation as Operation, 10 * MINUTE_MS + SLACK_MS)).toMatchObject({
      status: 'FAILED',
      effect: 'UNCHANGED',
      errors: [{ retry: 'NEW_REQUEST' }],
    });
  });
});

test('a write that holds up another one is looked at then, and need not wait for its next look', async () => {
  const operation = await loseAdd();
  service.start();
  provider.comesLate();
  expect(await add('other-0123456789abcdef')).toMatchObject({
    errors: [{ code: 'OUTCOME_UNKNOWN', operationId: operation.id }],
  });
  await service.stop();
  expect(await ledger.byId(operation.id)).toMatchObject({ status: 'SUCCEEDED', lineItemRef: { key: 'line-1' } });
});

describe('a write that was confirmed and does not show', () => {
  beforeEach(() => {
    service = serviceOf(30);
    const answer = { outcome: 'confirmed', attempts: 1, result: { lineItemKey: 'line-1' } } as const;
    provider.script.push({ applies: false, answer });
  });

  test('may show yet: for ten minutes nobody adds the same again', async () => {
    const { operation } = await add();
    expect(operation).toMatchObject({ status: 'PARTIAL', effect: 'UNKNOWN' });
    now = new Date(now.getTime() + 9 * MINUTE_MS);
    expect(await add('other-0123456789abcdef')).toMatchObject({
      operation: { status: 'FAILED', effect: 'NOT_SENT' },
      errors: [{ code: 'OUTCOME_UNKNOWN', retry: 'CHECK_OPERATION', operationId: operation?.id }],
    });
    expect(provider.sent).toEqual(['add_item']);
    now = new Date(now.getTime() + 2 * MINUTE_MS);
    expect(await add('other-0123456789abcdef')).toMatchObject({ operation: { status: 'SUCCEEDED' } });
  });
});

describe('a no whose order cannot be read', () => {
  const soldOut = notEligible([reason('OUT_OF_STOCK', 'This product is out of stock.')]);
  const refused: SendResult = { outcome: 'refused', attempts: 1, refusal: soldOut };

  beforeEach(() => {
    service = serviceOf(30);
    provider.whileSending = async () => {
      provider.isReadable = false;
    };
  });

  const readable = () => {
    provider.isReadable = true;
    provider.whileSending = async () => {};
  };

  test('is not believed before: a gateway that sends twice hears of its own first request', async () => {
    provider.script.push({ applies: true, answer: refused });
    const { operation } = await add();
    expect(operation).toMatchObject({ status: 'INDETERMINATE', effect: 'UNKNOWN' });
    readable();
    expect(await lookAfter(operation as Operation, MINUTE_MS)).toMatchObject({
      status: 'SUCCEEDED',
      effect: 'CHANGED',
    });
  });

  test('is believed at the first look that shows nothing, in its own words', async () => {
    provider.script.push({ applies: false, answer: refused });
    const { operation } = await add();
    readable();
    expect(await lookAfter(operation as Operation, 2_000)).toMatchObject({
      status: 'REJECTED',
      effect: 'UNCHANGED',
      errors: [{ code: 'NOT_ELIGIBLE', retry: 'NEW_REQUEST', effect: 'UNCHANGED' }],
    });
  });

  test('of a provider that was asked too often lets the same key run again once nothing is seen', async () => {
    provider.script.push({ applies: false, answer: throttled });
    const { operation } = await add();
    expect(operation).toMatchObject({ status: 'INDETERMINATE' });
    readable();
    expect(await lookAfter(operation as Operation, 2_000)).toMatchObject({
      status: 'FAILED',
      effect: 'UNCHANGED',
      errors: [{ code: 'PROVIDER', retry: 'SAME_KEY' }],
    });
    expect(await add()).toMatchObject({ replayed: false, operation: { status: 'SUCCEEDED' } });
    expect(provider.lines).toHaveLength(1);
  });

  test('is over once the order is seen to hold it, though the no is documented', async () => {
    provider.whileSending = async () => {};
    provider.script.push({ applies: true, answer: refused });
    expect(await add()).toMatchObject({ operation: { status: 'SUCCEEDED', lineItemRef: { key: 'line-1' } } });
  });
});
