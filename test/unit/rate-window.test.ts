import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { FairQueue } from '../../src/http/fair-queue.js';
import { type Purpose, purposes, RateWindow } from '../../src/http/rate-window.js';

describe('a window of calls', () => {
  test('keeps within the rate wherever it begins', () => {
    const window = new RateWindow({ calls: 3, seconds: 10 });
    const waitMs = (now: number) => window.waitMs(now, null, 'read');
    for (const now of [0, 4_000, 9_000]) {
      expect(waitMs(now)).toBe(0);
      window.record(now, null);
    }
    expect([waitMs(9_500), waitMs(10_000)]).toEqual([500, 0]);
    window.record(10_000, null);
    expect([waitMs(13_000), waitMs(14_000)]).toEqual([1_000, 0]);
    expect([window.nextMs(14_000), window.nextMs(30_000)]).toEqual([5_000, 0]);
  });

  /** Takes as many calls as it gets at one moment. */
  function takeAll(window: RateWindow, now: number, owner: string | null, purpose: Purpose): number {
    let taken = 0;
    for (; window.admits(now, owner, purpose); taken += 1) window.record(now, owner);
    return taken;
  }

  test.each([
    [6_000, 60, 1_200],
    [150, 10, 30],
    [10, 60, 6],
    [5, 60, 3],
    [2, 60, 2],
    [1, 1, 1],
  ])('of %i in %i s gives a lone shopper %i', (calls, seconds, share) => {
    expect(takeAll(new RateWindow({ calls, seconds }), 0, 'a', 'read-back')).toBe(share);
  });

  test('gives a shopper less the fuller it is, and a service as much as there is', () => {
    const window = new RateWindow({ calls: 1_000, seconds: 60 });
    const shares = ['a', 'b', 'c', 'd', 'e'].map((owner) => takeAll(window, 0, owner, 'read-back'));
    expect(shares).toEqual([200, 160, 128, 103, 82]);
    expect(takeAll(window, 0, null, 'read-back')).toBe(1_000 - 673);
    expect(window.waitMs(1_000, 'f', 'read')).toBe(59_000);
  });

  test('lets a lone shopper make two purchases of three calls in a window of ten', () => {
    const window = new RateWindow({ calls: 10, seconds: 60 });
    expect(takeAll(window, 0, 'a', 'write')).toBe(6);
  });

  test('keeps places for writes that reads cannot take, and some for the reads after them', () => {
    const window = new RateWindow({ calls: 200, seconds: 60 });
    expect(purposes.toReversed().map((purpose) => takeAll(window, 0, null, purpose))).toEqual([150, 30, 10, 10]);
  });

  test('that drains takes a burst, and then as many as drained, in one call after the other', () => {
    const bucket = new RateWindow({ calls: 36, seconds: 18, drains: true });
    expect(takeAll(bucket, 0, null, 'read-back')).toBe(36);
    expect(bucket.waitMs(0, null, 'read-back')).toBe(500);
    expect([499, 500, 1_500].map((now) => takeAll(bucket, now, null, 'read-back'))).toEqual([0, 1, 2]);
    expect(takeAll(bucket, 30_000, null, 'read-back')).toBe(36);
  });

  test('that drains never holds more than its size, whenever calls come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(900), { maxLength: 200 }), (waits) => {
        const bucket = new RateWindow({ calls: 8, seconds: 4, drains: true });
        let [now, level] = [0, 0];
        for (const wait of waits) {
          now += wait;
          level = Math.max(level - wait / 500, 0);
          if (bucket.admits(now, null, 'read-back')) {
            bucket.record(now, null);
            level += 1;
          }
          expect(level).toBeLessThanOrEqual(8 + 1e-9);
        }
      }),
    );
  });

  interface Step {
    readonly afterMs: number;
    readonly owner: string | null;
    readonly purpose: Purpose;
  }

  const steps: fc.Arbitrary<Step[]> = fc.array(
    fc.record({
      afterMs: fc.nat(900),
      owner: fc.constantFrom('a', 'b', 'c', null),
      purpose: fc.constantFrom(...purposes),
    }),
    { maxLength: 200 },
  );

  test('says exactly when a call may begin, and never exceeds rate, share and reserve', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), steps, (calls, all) => {
        const window = new RateWindow({ calls, seconds: 5 });
        const begun: { readonly at: number; readonly owner: string | null }[] = [];
        let now = 0;
        for (const { afterMs, owner, purpose } of all) {
          now += afterMs;
          const inWindow = begun.filter(({ at }) => at + 5_000 > now);
          const own = inWindow.filter((each) => each.owner === owner).length;
          const free = calls - inWindow.length;
          const waitMs = window.waitMs(now, owner, purpose);
          const mayBegin = window.admits(now, owner, purpose);
          const isWithinShare = owner === null || own < Math.max(free / 4, Math.min(free + 1, 6));
          // At that time it may begin, and a millisecond sooner it may not.
          expect([mayBegin, waitAt(now + waitMs), waitAt(now + waitMs - 1)]).toEqual([
            waitMs === 0,
            0,
            waitMs === 0 ? 0 : 1,
          ]);
          expect(!mayBegin || (free > 0 && isWithinShare)).toBe(true);
          if (mayBegin) {
            window.record(now, owner);
            begun.push({ at: now, owner });
          }

          function waitAt(time: number): number {
            const later = new RateWindow({ calls, seconds: 5 });
            for (const each of inWindow) later.record(each.at, each.owner);
            return later.waitMs(Math.max(time, now), owner, purpose);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the places of a queue', () => {
  function queueOf(...entries: readonly string[]): FairQueue<string> {
    const queue = new FairQueue<string>(['urgent', 'plain', 'last']);
    for (const entry of entries) push(queue, entry);
    return queue;
  }
  const laneOf = (entry: string) => (entry.endsWith('!') ? 'urgent' : entry.endsWith('…') ? 'last' : 'plain');
  const push = (queue: FairQueue<string>, entry: string) => queue.push(entry.charAt(0), laneOf(entry), entry);

  test('go round between the owners, and keep the order of each lane', () => {
    const queue = queueOf('a1', 'a2', 'a3', 'b1', 'c1', 'a4!', 'c2');
    queue.delete('a', 'plain', 'a2');
    expect([...queue]).toHaveLength(queue.size);
    const turns = Array.from({ length: 7 }, () => queue.shift());
    expect(turns).toEqual(['a4!', 'b1', 'c1', 'a1', 'c2', 'a3', undefined]);
    expect(queue.size).toBe(0);
  });

  test('come to the last lane when no other has an entry that may begin', () => {
    const queue = queueOf('a1…', 'a2…', 'b1…', 'b2', 'c1');
    expect(queue.shift((entry) => entry !== 'c1')).toBe('b2');
    expect(queue.shift((entry) => entry !== 'c1')).toBe('a1…');
    expect(Array.from({ length: 4 }, () => queue.shift())).toEqual(['c1', 'b1…', 'a2…', undefined]);
  });

  test('pass over who may not begin, who keeps the place in the round', () => {
    const queue = queueOf('a1', 'a2!', 'b1', 'c1');
    expect(queue.shift((entry) => !entry.startsWith('a'))).toBe('b1');
    expect(queue.shift((entry) => entry === 'a1')).toBe('a1');
    expect(queue.shift(() => false)).toBeUndefined();
    expect([queue.shift(), queue.shift()]).toEqual(['c1', 'a2!']);
  });

  test('are given up by whoever has most, to whoever has fewer', () => {
    const queue = queueOf('a1', 'a2', 'a3!', 'b1');
    expect(queue.leastOfLargest('b')).toBe('a2');
    expect(queue.leastOfLargest('new')).toBe('a2');
    expect(queue.leastOfLargest('a')).toBeNull();
    push(queue, 'b2');
    expect(queue.leastOfLargest('b')).toBeNull();
  });
});
