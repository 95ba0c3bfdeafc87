import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type SubscriptionEvent, SubscriptionEvents } from '../../src/server/streams/subscription-events.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** Lets everything happen that needs no time. */
const settle = () => jest.advanceTimersByTimeAsync(0);

interface Executing {
  finish(event: SubscriptionEvent): void;
}

/** A stream whose executions end when the test says so. */
class Stream {
  readonly sent: string[] = [];
  readonly executions: Executing[] = [];
  private readonly ended: Promise<string>;
  private wake: (() => void) | null = null;
  private isDirty = false;
  private readonly events = new SubscriptionEvents(
    () => new Promise((resolve) => this.executions.push({ finish: resolve })),
    () => this.random,
  );

  /** `take` resolves once the client took an event. */
  constructor(
    take: () => Promise<void> = async () => {},
    private readonly random = 1,
  ) {
    const source = { next: () => this.nextHint() };
    const sink = {
      next: (json: string) => {
        this.sent.push(json);
        return take();
      },
    };
    this.ended = this.events.run(state('now'), source, sink);
  }

  hint(): void {
    this.isDirty = true;
    this.wake?.();
  }

  async finish(event: SubscriptionEvent): Promise<void> {
    this.executions.at(-1)?.finish(event);
    await settle();
  }

  stop(): Promise<string> {
    this.events.stop();
    this.hint();
    return this.ended;
  }

  private async nextHint(): Promise<IteratorResult<undefined>> {
    if (!this.isDirty) await new Promise<void>((resolve) => (this.wake = resolve));
    this.isDirty = false;
    return { value: undefined, done: false };
  }
}

function state(text: string): SubscriptionEvent {
  return { json: JSON.stringify({ data: text }), isFailed: false };
}

/** Names the time to try again, as failures of providers do, so that no two are equal. */
function failure(): SubscriptionEvent {
  return { json: JSON.stringify({ data: null, errors: [{ retryAt: new Date() }] }), isFailed: true };
}

describe('a storm of hints', () => {
  test.each([
    ['at once', 0, 0],
    ['within a second', 0.9, 0],
    ['within a second, while reads take their time', 0.9, 700],
    ['within a second, while reads take longer than that', 0.9, 2_500],
  ])('is at most two events: the state in its midst and the state after it (%s)', async (_when, everyMs, readMs) => {
    const stream = new Stream();
    // The last event was long ago.
    await jest.advanceTimersByTimeAsync(60_000);
    let answered = 0;
    const answer = async () => {
      if (stream.executions.length === answered) return;
      answered += 1;
      setTimeout(() => void stream.finish(state(`state ${answered}`)), readMs);
    };
    for (let count = 0; count < 1_000; count += 1) {
      stream.hint();
      await jest.advanceTimersByTimeAsync(everyMs);
      await answer();
    }
    for (let second = 0; second < 60; second += 1) {
      await answer();
      await jest.advanceTimersByTimeAsync(1_000);
    }
    expect(stream.executions.length).toBeLessThanOrEqual(2);
    expect(stream.sent).toEqual(
      [state('now'), ...stream.executions.map((_, index) => state(`state ${index + 1}`))].map(({ json }) => json),
    );
    expect(await stream.stop()).toBe('stopped');
  });

  test.each([
    ['in its midst', [true, false]],
    ['after it', [false, true]],
  ])('is at most two events also when the provider fails once %s', async (_when, fails) => {
    const stream = new Stream();
    await jest.advanceTimersByTimeAsync(60_000);
    for (const isFailing of fails) {
      for (let count = 0; count < 500; count += 1) stream.hint();
      await jest.advanceTimersByTimeAsync(1_000);
      await stream.finish(isFailing ? failure() : state(`state ${stream.executions.length}`));
    }
    for (let second = 0; second < 60; second += 1) {
      await jest.advanceTimersByTimeAsync(1_000);
      await stream.finish(state('at last'));
    }
    const events = stream.sent.slice(1);
    expect(events.length).toBeLessThanOrEqual(2);
    expect(events.filter((json) => json.includes('errors'))).toEqual([]);
    expect(events.length).toBeGreaterThan(0);
    expect(await stream.stop()).toBe('stopped');
  });

  test('that goes on is an event each second, and none runs beside another', async () => {
    const stream = new Stream();
    for (let ms = 0; ms < 5_000; ms += 10) {
      stream.hint();
      await jest.advanceTimersByTimeAsync(10);
      await stream.finish(state(`at ${ms}`));
    }
    expect(stream.executions.length).toBeLessThanOrEqual(5);
    expect(await stream.stop()).toBe('stopped');
  });
});

describe('an event', () => {
  test('is not executed before the client took the one before, however many hints come', async () => {
    let take = () => {};
    const stream = new Stream(() => new Promise((resolve) => (take = resolve)));
    for (let count = 0; count < 1_000; count += 1) {
      stream.hint();
      await jest.advanceTimersByTimeAsync(100);
    }
    expect(stream.executions).toHaveLength(0);
    take();
    await settle();
    expect(stream.executions).toHaveLength(1);
    await stream.finish(state('after'));
    take();
    expect(await stream.stop()).toBe('stopped');
  });

  test('that says the same as the one before is not sent', async () => {
    const stream = new Stream();
    await jest.advanceTimersByTimeAsync(1_000);
    stream.hint();
    await settle();
    await stream.finish(state('now'));
    expect(stream.executions).toHaveLength(1);
    expect(stream.sent).toEqual([state('now').json]);
    expect(await stream.stop()).toBe('stopped');
  });

  test('that fails once is no news: the next one is', async () => {
    const stream = new Stream();
    await jest.advanceTimersByTimeAsync(1_000);
    stream.hint();
    await settle();
    await stream.finish(failure());
    await jest.advanceTimersByTimeAsync(5_000);
    await stream.finish(state('after'));
    expect(stream.sent).toEqual([state('now').json, state('after').json]);
    expect(await stream.stop()).toBe('stopped');
  });

  test('that fails at many streams together is repeated at each in a time of its own', async () => {
    const streams = [0, 0.25, 0.5, 0.75].map((random) => new Stream(undefined, random));
    await jest.advanceTimersByTimeAsync(1_000);
    for (const stream of streams) stream.hint();
    await settle();
    for (const stream of streams) await stream.finish(failure());
    const repeated = [];
    for (let ms = 0; ms < 5_000; ms += 625) {
      await jest.advanceTimersByTimeAsync(625);
      repeated.push(streams.filter(({ executions }) => executions.length > 1).length);
    }
    expect(repeated).toEqual([0, 0, 0, 1, 2, 3, 4, 4]);
    for (const stream of streams) {
      await stream.finish(state('after'));
      await stream.stop();
    }
  });

  test('of a record that cannot be read is sent once, and again what it is when it can be', async () => {
    const stream = new Stream();
    await jest.advanceTimersByTimeAsync(1_000);
    stream.hint();
    await settle();
    for (const waitMs of [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]) {
      await stream.finish(failure());
      const before = stream.executions.length;
      await jest.advanceTimersByTimeAsync(waitMs - 1);
      expect(stream.executions).toHaveLength(before);
      await jest.advanceTimersByTimeAsync(1);
      expect(stream.executions).toHaveLength(before + 1);
    }
    await stream.finish(state('now'));
    expect(stream.sent).toHaveLength(3);
    expect(stream.sent.map((json) => json.includes('errors'))).toEqual([false, true, false]);
    await jest.advanceTimersByTimeAsync(120_000);
    expect(stream.executions).toHaveLength(7);
    expect(await stream.stop()).toBe('stopped');
  });
});
