import { beforeEach, describe, expect, test } from '@jest/globals';
import { guardSource, guardWriter } from '../../src/auth/guarded-source.js';
import type { Actor } from '../../src/domain/actor.js';
import { Money } from '../../src/domain/money.js';
import { notEligible } from '../../src/domain/refusal.js';
import { createMemoryLedger } from '../../src/operations/memory-ledger.js';
import { systemTimers } from '../../src/operations/timers.js';
import type { Ledger } from '../../src/operations/ledger.js';
import type { WriteCommand, WriteResult } from '../../src/operations/write-command.js';
import { createWriteService, type WriteService } from '../../src/operations/write-service.js';
import type { SendResult } from '../../src/domain/write.js';
import { addOne, lost, ScriptedProvider, shopper, throttled, usd } from './scripted-provider.js';

const guest: Actor = { ...shopper, id: 'guest-1', kind: 'GUEST', customers: {}, orders: { 'og-us': ['order-1'] } };
const otherGuest: Actor = { ...guest, id: 'guest-2', orders: { 'og-us': ['order-7'] } };

let provider: ScriptedProvider;
let ledger: Ledger;
let service: WriteService;
let now: Date;
const reports: string[] = [];

beforeEach(() => {
  provider = new ScriptedProvider();
  ledger = createMemoryLedger(systemTimers, () => now);
  now = new Date('2026-01-01T12:00:00Z');
  reports.length = 0;
  service = serviceWith();
});

function serviceWith(more: { deadlineMs?: number; giveUpMs?: number } = {}): WriteService {
  const accounts = new Map([['og-us', provider.connected()]]);
  return createWriteService({
    ledger,
    accounts,
    clock: () => now,
    guard: guardSource,
    guardWriter,
    report: (message) => reports.push(message),
    deadlineMs: 2_000,
    recoveryIntervalMs: 10,
    ...more,
  });
}

function command(more: Partial<WriteCommand> = {}): WriteCommand {
  return {
    actor: shopper,
    account: 'og-us',
    idempotencyKey: 'key-0123456789abcdef',
    request: addOne,
    guards: { preview: null, maxIncrease: null },
    ...more,
  };
}

async function recoveredOperation(id: string) {
  now = new Date(now.getTime() + 11 * 60_000);
  service.start();
  await service.stop();
  return ledger.byId(id);
}

describe('one write', () => {
  test('is confirmed, read back and settled', async () => {
    const { operation, errors, replayed } = await service.run(command());
    expect(errors).toEqual([]);
    expect(replayed).toBe(false);
    expect(operation).toMatchObject({
      status: 'SUCCEEDED',
      lineItemRef: { key: 'line-1' },
      orderRef: { key: 'order-1' },
      differences: [],
      effect: 'CHANGED',
      settledAt: expect.any(Date),
    });
    expect(operation?.history.map(({ status, effect, cause }) => [status, effect, cause])).toEqual([
      ['PENDING', 'NOT_SENT', 'REQUEST'],
      ['SUCCEEDED', 'CHANGED', 'REQUEST'],
    ]);
    expect(operation?.steps.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['add_item', 'DONE'],
      ['read_back', 'DONE'],
    ]);
  });

  test('that is to be answered early is answered as it stands, goes on, and is waited for when the process stops', async () => {
    let answer = () => {};
    provider.whileSending = () => new Promise((resolve) => (answer = resolve));
    const early = await service.run(command({ answerWithinMs: 30 }));
    expect(early).toMatchObject({ operation: { status: 'PENDING', settledAt: null }, errors: [], replayed: false });
    expect(await service.run(command())).toMatchObject({ errors: [{ code: 'IDEMPOTENCY_CONFLICT', inFlight: true }] });
    const stopped = service.stop();
    answer();
    await stopped;
    expect(await service.byKey(shopper, 'key-0123456789abcdef')).toMatchObject({ status: 'SUCCEEDED' });
    expect(reports).toEqual([]);
  });

  test('that is settled in time is answered with its outcome, however early it might have been', async () => {
    expect(await service.run(command({ answerWithinMs: 1_500 }))).toMatchObject({ operation: { status: 'SUCCEEDED' } });
  });

  test('is on record with the whole order before it leaves', async () => {
    let recorded: unknown;
    provider.whileSending = async () => {
      const operation = await ledger.byKey(shopper.id, 'key-0123456789abcdef');
      recorded = [operation?.status, operation?.inFlightStep?.name, operation?.progress?.before];
    };
    await service.run(command());
    expect(recorded).toEqual([
      'PENDING',
      'add_item',
      expect.objectContaining({
        status: 'SCHEDULED',
        lines: [],
        totals: expect.objectContaining({ total: usd(7794) }),
      }),
    ]);
  });

  test('of an order the actor may not change is answered like a missing one, and nothing is sent', async () => {
    provider.customerId = 'somebody-else';
    const { operation, errors } = await service.run(command());
    expect(errors).toEqual([expect.objectContaining({ code: 'NOT_FOUND', path: ['orderId'] })]);
    expect(operation?.status).toBe('REJECTED');
    expect(provider.sent).toEqual([]);
  });

  test('a guest may not change tells nothing about it, whatever the provider would refuse', async () => {
    provider.refusal = notEligible([]);
    const own = await service.run(command({ actor: guest }));
    expect(own.errors).toEqual([{ ...provider.refusal, effect: 'NOT_SENT' }]);
    const foreign = await service.run(command({ actor: otherGuest }));
    expect(foreign.errors).toEqual([expect.objectContaining({ code: 'NOT_FOUND', path: ['orderId'] })]);
  });

  test('the provider cannot do is refused before a key is claimed', async () => {
    const decline = { kind: 'DECLINE_UPSELL_OFFER', orderKey: 'order-1', offerKey: 'offer-1' } as const;
    const { operation, errors } = await service.run(command({ request: decline }));
    expect(operation).toBeNull();
    expect(errors).toEqual([
      expect.objectContaining({
        code: 'CAPABILITY_MISSING',
        capability: expect.objectContaining({ key: 'OFFER_FUNNEL' }),
      }),
    ]);
  });
});

describe('a lost answer', () => {
  test('of a write that was applied ends in one item and SUCCEEDED', async () => {
    provider.script.push({ applies: true, answer: lost });
    const { operation } = await service.run(command());
    expect(operation).toMatchObject({ status: 'SUCCEEDED', lineItemRef: { key: 'line-1' } });
    expect(provider.sent).toEqual(['add_item']);
    expect(provider.lines).toHaveLength(1);
  });

  test('without a trace is no failure yet: it may come late', async () => {
    provider.script.push({ applies: false, answer: lost });
    const { operation, errors } = await service.run(command());
    expect(operation).toMatchObject({ status: 'INDETERMINATE', effect: 'UNKNOWN' });
    expect(errors).toEqual([expect.objectContaining({ code: 'OUTCOME_UNKNOWN', retry: 'CHECK_OPERATION' })]);
    const other = await service.run(command({ idempotencyKey: 'other-0123456789abcdef' }));
    expect(other.errors).toEqual([
      expect.objectContaining({ code: 'OUTCOME_UNKNOWN', retry: 'CHECK_OPERATION', operationId: operation?.id }),
    ]);
    expect(other.operation).toMatchObject({ status: 'FAILED', effect: 'NOT_SENT' });
    expect(provider.sent).toHaveLength(1);
    provider.comesLate();
    now = new Date(now.getTime() + 60_000);
    expect(await recoveredOperation(operation?.id ?? '')).toMatchObject({ status: 'SUCCEEDED', effect: 'CHANGED' });
    expect(provider.lines).toHaveLength(1);
  });

  test('without a trace for ten minutes is a failure, and the next request may be made', async () => {
    provider.script.push({ applies: false, answer: lost });
    const { operation } = await service.run(command());
    expect(await recoveredOperation(operation?.id ?? '')).toMatchObject({
      status: 'FAILED',
      effect: 'UNCHANGED',
      errors: [{ code: 'PROVIDER', retry: 'NEW_REQUEST', effect: 'UNCHANGED' }],
    });
    const again = await service.run(command());
    expect(again).toMatchObject({ replayed: true, operation: { id: operation?.id, status: 'FAILED' } });
    expect(provider.sent).toHaveLength(1);
    const other = await service.run(command({ idempotencyKey: 'other-0123456789abcdef' }));
    expect(other.operation).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('leaves an order that changed otherwise unsettled', async () => {
    provider.script.push({ applies: false, answer: lost });
    provider.whileSending = async () => provider.raiseTotal(usd(100));
    const { operation } = await service.run(command());
    expect(await recoveredOperation(operation?.id ?? '')).toMatchObject({ status: 'INDETERMINATE', effect: 'UNKNOWN' });
  });

  test('that reads cannot settle is INDETERMINATE within the deadline, and settled by recovery once reads work', async () => {
    service = serviceWith({ deadlineMs: 300 });
    provider.script.push({ applies: true, answer: lost });
    provider.whileSending = async () => {
      provider.isReadable = false;
    };
    const { operation, errors } = await service.run(command());
    expect(operation?.status).toBe('INDETERMINATE');
    expect(errors).toEqual([
      expect.objectContaining({ code: 'OUTCOME_UNKNOWN', operationId: operation?.id, retry: 'CHECK_OPERATION' }),
    ]);
    const meanwhile = await service.run(command());
    expect(meanwhile).toMatchObject({ replayed: true, errors: [{ code: 'OUTCOME_UNKNOWN' }] });

    provider.isReadable = true;
    expect(await recoveredOperation(operation?.id ?? '')).toMatchObject({
      status: 'SUCCEEDED',
      lineItemRef: { key: 'line-1' },
    });
    expect(provider.sent).toHaveLength(1);
  });

  test('stays INDETERMINATE as long as the provider cannot be read', async () => {
    service = serviceWith({ deadlineMs: 200 });
    provider.script.push({ applies: false, answer: lost });
    provider.whileSending = async () => {
      provider.isReadable = false;
    };
    const { operation } = await service.run(command());
    expect(await recoveredOperation(operation?.id ?? '')).toMatchObject({ status: 'INDETERMINATE', settledAt: null });
  });

  test('of a writer that throws is treated like any other, and reported', async () => {
    provider.whileSending = async () => {
      throw new TypeError('a bug');
    };
    const { operation } = await service.run(command());
    expect(operation?.status).toBe('INDETERMINATE');
    expect(reports).toEqual(['a write ended without a classified answer']);
  });
});

describe('an outcome that stays unknown', () => {
  test('is left for a person after its time, and said so, never guessed', async () => {
    service = serviceWith({ deadlineMs: 200, giveUpMs: 60_000 });
    provider.script.push({ applies: true, answer: lost });
    provider.whileSending = async () => {
      provider.isReadable = false;
    };
    const { operation } = await service.run(command());
    expect(await ledger.countUnsettled()).toEqual({ pending: 0, indeterminate: 1, givenUp: 0 });
    await recoveredOperation(operation?.id ?? '');
    expect(await ledger.countUnsettled()).toEqual({ pending: 0, indeterminate: 0, givenUp: 1 });
    provider.isReadable = true;
    expect(await recoveredOperation(operation?.id ?? '')).toMatchObject({ status: 'INDETERMINATE' });
  });
});

describe('an idempotency key', () => {
  test('pressed 20 times at once makes one item', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => service.run(command())));
    expect(provider.lines).toHaveLength(1);
    expect(results.filter(({ operation }) => operation?.status === 'SUCCEEDED')).toHaveLength(1);
    const conflicts = results.flatMap(({ errors }) => errors);
    expect(conflicts).toHaveLength(19);
    for (const conflict of conflicts)
      expect(conflict).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT', inFlight: true, retry: 'SAME_KEY' });
  });

  test('replays the stored answer', async () => {
    const first = await service.run(command());
    const second = await service.run(command());
    expect(second).toMatchObject({ replayed: true, operation: first.operation });
    expect(provider.sent).toHaveLength(1);
  });

  test('cannot be used for another input, however small the change', async () => {
    await service.run(command());
    const other = await service.run(command({ request: { ...addOne, quantity: 2 } }));
    expect(other.errors).toEqual([
      expect.objectContaining({ code: 'IDEMPOTENCY_CONFLICT', inFlight: false, path: ['idempotencyKey'] }),
    ]);
    expect(other.errors).toEqual([expect.objectContaining({ retry: 'CHECK_OPERATION' })]);
    expect(provider.sent).toHaveLength(1);
  });

  test('is one decision, whatever guards it', async () => {
    const first = await service.run(command());
    const guarded = await service.run(command({ guards: { preview: null, maxIncrease: usd(500) } }));
    expect(guarded).toMatchObject({ replayed: true, errors: [], operation: { id: first.operation?.id } });
    expect(provider.sent).toHaveLength(1);
  });

  test('belongs to its actor', async () => {
    await service.run(command());
    const neighbour = { ...shopper, id: 'shopper-2' };
    const { operation, replayed } = await service.run(command({ actor: neighbour }));
    expect(replayed).toBe(false);
    expect(await service.byId(shopper, operation?.id ?? '')).toBeNull();
    expect(await service.byId(neighbour, operation?.id ?? '')).toMatchObject({ status: 'SUCCEEDED' });
    expect(await service.byKey(neighbour, 'another-key-0123456789')).toBeNull();
  });

  test('runs again when nothing was sent or applied', async () => {
    provider.script.push({ applies: false, answer: throttled });
    const first = await service.run(command());
    expect(first.operation?.status).toBe('FAILED');
    expect(first.errors).toEqual([
      expect.objectContaining({
        code: 'PROVIDER',
        retry: 'SAME_KEY',
        problem: throttled.outcome === 'not_applied' ? throttled.problem : null,
      }),
    ]);
    const second = await service.run(command());
    expect(second).toMatchObject({ replayed: false, operation: { status: 'SUCCEEDED' } });
    expect(provider.lines).toHaveLength(1);
  });
});

describe('a write in two steps', () => {
  const asSubscription = command({ request: { ...addOne, subscribe: { every: 8, unit: 'WEEK' } } });
  const refusal = { code: 'NOT_ELIGIBLE', message: 'No plan.', path: null, retry: 'NEW_REQUEST', reasons: [] } as const;

  beforeEach(() => {
    provider.twoSteps = true;
  });

  test('succeeds with both records', async () => {
    const { operation } = await service.run(asSubscription);
    expect(operation).toMatchObject({
      status: 'SUCCEEDED',
      lineItemRef: { key: 'line-1' },
      subscriptionRef: { key: 'subscription-1' },
    });
    expect(provider.sent).toEqual(['add_item', 'create_subscription']);
  });

  test('whose second step is refused is PARTIAL with both results, and undoes nothing', async () => {
    provider.script.push({ applies: true }, { applies: false, answer: { outcome: 'refused', attempts: 1, refusal } });
    const { operation, errors } = await service.run(asSubscription);
    expect(operation).toMatchObject({ status: 'PARTIAL', lineItemRef: { key: 'line-1' }, subscriptionRef: null });
    expect(operation?.steps.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['add_item', 'DONE'],
      ['create_subscription', 'FAILED'],
    ]);
    expect(errors).toEqual([{ ...refusal, retry: 'NEW_REQUEST', effect: 'PARTLY_CHANGED' }]);
    expect(provider.lines).toHaveLength(1);
  });

  test('whose second answer is lost is settled by reading', async () => {
    provider.script.push({ applies: true }, { applies: true, answer: lost });
    const { operation } = await service.run(asSubscription);
    expect(operation?.status).toBe('SUCCEEDED');
    expect(provider.sent).toEqual(['add_item', 'create_subscription']);
  });

  test('that stopped between its steps is PARTIAL after recovery, which sends nothing', async () => {
    provider.whileSending = async (step) => {
      if (step === 'create_subscription') await new Promise(() => {});
    };
    void service.run(asSubscription);
    await until(async () => provider.sent.length === 2);
    const running = await ledger.byKey(shopper.id, asSubscription.idempotencyKey);
    expect(running).toMatchObject({ status: 'PENDING', inFlightStep: { name: 'create_subscription' } });
    expect(await recoveredOperation(running?.id ?? '')).toMatchObject({
      status: 'PARTIAL',
      lineItemRef: { key: 'line-1' },
    });
    expect(provider.sent).toHaveLength(2);
  });
});

describe('an item that was asked for on another order, and is put on this one', () => {
  test('is not taken for one whose answer was lost', async () => {
    let other: WriteResult | null = null;
    provider.whileSending = async () => {
      provider.whileSending = async () => {};
      provider.movesTo = 'order-1';
      const request = { ...addOne, orderKey: 'order-2', ifTargetMoved: 'ACCEPT' } as const;
      other = await service.run(command({ idempotencyKey: 'another-key-0123456789', request }));
      provider.movesTo = null;
      provider.script.push({ applies: false, answer: lost });
    };
    const { operation } = await service.run(command());
    expect(other).toMatchObject({ operation: { status: 'SUCCEEDED', lineItemRef: { key: 'line-1' } } });
    expect(operation).toMatchObject({ status: 'INDETERMINATE', effect: 'UNKNOWN', lineItemRef: null });
  });
});

describe('an item the provider silently puts on another order', () => {
  const confirmed: SendResult = { outcome: 'confirmed', attempts: 1, result: {} };

  beforeEach(() => {
    provider.movesTo = 'order-2';
  });

  test('is taken back off, and the shopper told where it was', async () => {
    provider.takesBack = confirmed;
    const { operation, errors } = await service.run(command());
    expect(operation?.status).toBe('FAILED');
    expect(errors).toEqual([
      expect.objectContaining({
        code: 'TARGET_MOVED',
        effect: 'RESTORED',
        actualOrderRef: expect.objectContaining({ key: 'order-2' }),
      }),
    ]);
    expect(operation?.steps.at(-1)).toMatchObject({ name: 'take_back', outcome: 'COMPENSATED' });
    expect(provider.lines).toEqual([]);
  });

  test('stays there when it cannot be taken back, and nobody says otherwise', async () => {
    const { operation, errors } = await service.run(command());
    expect(operation?.status).toBe('PARTIAL');
    expect(errors).toEqual([expect.objectContaining({ code: 'TARGET_MOVED', effect: 'PARTLY_CHANGED' })]);
  });

  test('is looked after by recovery when taking it back had no answer', async () => {
    provider.takesBack = lost;
    const { operation } = await service.run(command());
    expect(operation?.status).toBe('INDETERMINATE');
    provider.takesBack = confirmed;
    expect(await recoveredOperation(operation?.id ?? '')).toMatchObject({
      status: 'FAILED',
      effect: 'RESTORED',
      errors: [{ code: 'TARGET_MOVED' }],
    });
  });

  test('is reported and kept when the shopper accepts another order', async () => {
    provider.takesBack = confirmed;
    const { operation } = await service.run(command({ request: { ...addOne, ifTargetMoved: 'ACCEPT' } }));
    expect(operation?.status).toBe('SUCCEEDED');
    expect(provider.sent).toEqual(['add_item']);
  });
});

describe('recovery', () => {
  test('leaves a running operation to its process', async () => {
    provider.whileSending = async () => {
      service.start();
      await service.stop();
    };
    const { operation } = await service.run(command());
    expect(operation).toMatchObject({ status: 'SUCCEEDED', steps: [{ name: 'add_item' }, { name: 'read_back' }] });
  });

  test('takes an operation over when its process is silent for too long, and that process stops when it wakes and answers alike', async () => {
    let wake = () => {};
    provider.script.push({ applies: true });
    provider.whileSending = () => new Promise<void>((resolve) => (wake = resolve));
    const first = service.run(command());
    await until(async () => provider.sent.length === 1);
    const operation = await ledger.byKey(shopper.id, 'key-0123456789abcdef');
    expect(await recoveredOperation(operation?.id ?? '')).toMatchObject({ status: 'FAILED' });
    wake();
    expect(await first).toMatchObject({ operation: { status: 'FAILED' }, replayed: true });
    expect((await ledger.byId(operation?.id ?? ''))?.status).toBe('FAILED');
  });

  test('gives the key back when the process died before anything was sent', async () => {
    const draft = { ...(await service.run(command({ idempotencyKey: 'another-key-01234567' }))).operation };
    const claimed = {
      ...draft,
      id: 'op-died',
      idempotencyKey: 'key-0123456789abcdef',
      status: 'PENDING',
      progress: null,
      inFlightStep: null,
    } as NonNullable<Parameters<Ledger['claim']>[0]>;
    await ledger.claim(claimed, { forMs: 1000 });
    expect(await recoveredOperation('op-died')).toMatchObject({ status: 'FAILED', errors: [{ retry: 'SAME_KEY' }] });
    expect(await service.run(command())).toMatchObject({ replayed: false, operation: { status: 'SUCCEEDED' } });
  });
});

describe('guards', () => {
  const preview = {
    orderKey: 'order-1',
    productId: 'product-1',
    quantity: 1,
    subscribe: false,
    increase: usd(400),
    basis: null,
    expiresAt: new Date('2026-01-01T12:10:00Z'),
  };

  test('let a write through that costs what was agreed', async () => {
    const { operation } = await service.run(command({ guards: { preview, maxIncrease: usd(400) } }));
    expect(operation?.status).toBe('SUCCEEDED');
  });

  test.each([
    ['above the limit', { preview: null, maxIncrease: usd(399) }, { code: 'PRICE_GUARD', found: usd(400) }],
    [
      'above what the preview showed',
      { preview: { ...preview, increase: usd(300) }, maxIncrease: null },
      { code: 'PRICE_GUARD' },
    ],
    [
      'in another currency than the limit',
      { preview: null, maxIncrease: new Money(10_000n, 'EUR', 'PROVIDER') },
      { code: 'PRICE_GUARD' },
    ],
    [
      'with a preview of another quantity',
      { preview: { ...preview, quantity: 2 }, maxIncrease: null },
      { code: 'VALIDATION', rule: 'PREVIEW_MATCHES' },
    ],
    [
      'with an expired preview',
      { preview: { ...preview, expiresAt: new Date('2026-01-01T12:00:00Z') }, maxIncrease: null },
      { rule: 'PREVIEW_EXPIRED' },
    ],
  ])('refuse a write %s before anything is sent', async (_name, guards, expected) => {
    const { operation, errors } = await service.run(command({ guards }));
    expect(operation?.status).toBe('REJECTED');
    expect(errors).toEqual([expect.objectContaining(expected)]);
    expect(provider.sent).toEqual([]);
  });
});

describe('reading back', () => {
  test('reports what the provider did otherwise than asked', async () => {
    provider.script.push({ applies: true, quantity: 3 });
    const { operation } = await service.run(command());
    expect(operation?.status).toBe('SUCCEEDED');
    expect(operation?.differences).toEqual([
      { field: 'quantity', requested: '1', applied: '3', critical: true },
      { field: 'increase', requested: '4.00 USD', applied: '12.00 USD', critical: true },
    ]);
  });

  test('does not call a confirmed write a success before a read shows it', async () => {
    service = serviceWith({ deadlineMs: 250 });
    provider.script.push({
      applies: false,
      answer: { outcome: 'confirmed', attempts: 1, result: { lineItemKey: 'line-9' } },
    });
    const { operation } = await service.run(command());
    expect(operation).toMatchObject({
      status: 'PARTIAL',
      effect: 'UNKNOWN',
      differences: [{ field: 'lines', requested: '1', applied: '0', critical: true }],
      errors: [{ code: 'PROVIDER', retry: 'CHECK_OPERATION' }],
    });
  });
});

describe('what a write looks at', () => {
  test('is its own: an order that comes back as another shopper’s does not count as what was written', async () => {
    service = serviceWith({ deadlineMs: 400 });
    provider.whileSending = async () => {
      provider.customerId = 'somebody-else';
      provider.price = usd(90_000);
    };
    const { operation } = await service.run(command());
    expect(operation).toMatchObject({ status: 'INDETERMINATE', differences: [] });
    expect(await recoveredOperation(operation?.id ?? '')).toMatchObject({ status: 'INDETERMINATE', differences: [] });
    provider.customerId = 'customer-1';
    expect(await recoveredOperation(operation?.id ?? '')).toMatchObject({ status: 'SUCCEEDED' });
  });

  test.each<Actor>([
    shopper,
    { ...shopper, kind: 'RECOGNISED_CUSTOMER' },
    guest,
    { ...shopper, kind: 'SERVICE', customers: {} },
  ])('is looked at after a crash as for a $kind', async (actor) => {
    service = serviceWith({ deadlineMs: 300 });
    provider.script.push({ applies: true, answer: lost });
    provider.whileSending = async () => {
      provider.isReadable = false;
    };
    const { operation } = await service.run(command({ actor }));
    expect(operation?.status).toBe('INDETERMINATE');
    provider.isReadable = true;
    expect(await recoveredOperation(operation?.id ?? '')).toMatchObject({
      status: 'SUCCEEDED',
      lineItemRef: { key: 'line-1' },
    });
  });
});

describe('writes on one order', () => {
  test('take turns', async () => {
    let inside = 0;
    let most = 0;
    provider.whileSending = async () => {
      most = Math.max(most, (inside += 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside -= 1;
    };
    const keys = Array.from({ length: 8 }, (_, index) => `key-number-${index}-abcdef`);
    const results = await Promise.all(keys.map((idempotencyKey) => service.run(command({ idempotencyKey }))));
    expect(results.every(({ operation }) => operation?.status === 'SUCCEEDED')).toBe(true);
    expect(provider.lines).toHaveLength(8);
    expect(most).toBe(1);
  });

  test('do not wait for ever: the one that cannot have its turn may try again, and others are told of no order', async () => {
    service = serviceWith({ deadlineMs: 200 });
    let finish = () => {};
    provider.whileSending = () => new Promise<void>((resolve) => (finish = resolve));
    const first = service.run(command());
    await until(async () => provider.sent.length === 1);
    const second = await service.run(command({ idempotencyKey: 'second-key-012345678' }));
    expect(second.operation?.status).toBe('FAILED');
    expect(second.errors).toEqual([
      expect.objectContaining({
        code: 'PROVIDER',
        retry: 'SAME_KEY',
        problem: expect.objectContaining({ kind: 'CONFLICT' }),
      }),
    ]);
    const foreign = await service.run(command({ actor: otherGuest }));
    expect(foreign).toMatchObject({ operation: { status: 'REJECTED' }, errors: [{ code: 'NOT_FOUND' }] });
    finish();
    await first;
    expect(provider.sent).toHaveLength(1);
  });

  test('wait for one whose outcome is unknown, so that its lost answer is not taken for what another added', async () => {
    service = serviceWith({ deadlineMs: 300 });
    provider.script.push({ applies: false, answer: lost });
    provider.whileSending = async () => {
      provider.isReadable = false;
    };
    const first = await service.run(command());
    expect(first.operation?.status).toBe('INDETERMINATE');
    provider.isReadable = true;
    const second = command({ idempotencyKey: 'second-key-012345678' });
    expect(await service.run(second)).toMatchObject({
      operation: { status: 'FAILED', effect: 'NOT_SENT' },
      errors: [{ code: 'OUTCOME_UNKNOWN', retry: 'CHECK_OPERATION' }],
    });
    expect(await recoveredOperation(first.operation?.id ?? '')).toMatchObject({ status: 'FAILED' });
    provider.whileSending = async () => {};
    expect(await service.run(second)).toMatchObject({ operation: { status: 'SUCCEEDED' } });
    expect(provider.lines).toHaveLength(1);
  });
});

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 1));
}
