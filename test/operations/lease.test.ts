import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { keepLease } from '../../src/operations/lease.js';
import { createMemoryLedger } from '../../src/operations/memory-ledger.js';
import type { Timers } from '../../src/operations/timers.js';

const LEASE_MS = 10_000;

/** Timers whose time a test moves; what was scheduled runs when the process is awake again. */
class ManualTimers implements Timers {
  now = 0;
  private due: { at: number; callback: () => void }[] = [];

  monotonicMs = () => this.now;
  sleep = async () => {};
  timeoutSignal = () => new AbortController().signal;
  schedule = (ms: number, callback: () => void) => {
    const entry = { at: this.now + ms, callback };
    this.due.push(entry);
    return () => {
      this.due = this.due.filter((each) => each !== entry);
    };
  };

  async wake(ms: number): Promise<void> {
    this.now += ms;
    const ready = this.due.filter(({ at }) => at <= this.now);
    this.due = this.due.filter(({ at }) => at > this.now);
    for (const { callback } of ready) callback();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a lease', () => {
  test('lets nothing leave once another process may have taken over, however the process is frozen (law 8)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ pausedMs: fc.nat(20_000), isReachable: fc.boolean() }), { maxLength: 20 }),
        async (pauses) => {
          const timers = new ManualTimers();
          let leasedUntil = LEASE_MS;
          let isReachable = true;
          const renew = async () => {
            if (!isReachable) throw new Error('the database cannot be reached');
            // Another process took it over when it had ended.
            if (timers.now >= leasedUntil) return false;
            leasedUntil = timers.now + LEASE_MS;
            return true;
          };
          const lease = keepLease(
            { ledger: { ...createMemoryLedger(), renew }, timers, leaseMs: LEASE_MS, report: () => {} },
            new Date(0),
            0,
            () => ({ id: 'operation-1', version: 1 }),
          );
          const mistakes: boolean[] = [];
          for (const pause of pauses) {
            isReachable = pause.isReachable;
            timers.now += pause.pausedMs;
            // Asked before any timer of the process had its turn.
            mistakes.push(lease.mayStillSend() && timers.now >= leasedUntil);
            await timers.wake(0);
            mistakes.push(lease.mayStillSend() && timers.now >= leasedUntil);
          }
          lease.stop();
          expect(mistakes).not.toContain(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('is renewed before it ends while the process is awake', async () => {
    const timers = new ManualTimers();
    const renewals: number[] = [];
    const renew = async () => {
      renewals.push(timers.now);
      return true;
    };
    const lease = keepLease(
      { ledger: { ...createMemoryLedger(), renew }, timers, leaseMs: LEASE_MS, report: () => {} },
      new Date(0),
      0,
      () => ({ id: 'operation-1', version: 1 }),
    );
    for (let second = 0; second < 60; second += 1) {
      await timers.wake(1_000);
      expect(lease.mayStillSend()).toBe(true);
    }
    lease.stop();
    expect(renewals.length).toBeGreaterThan(10);
    expect(lease.now().getTime()).toBe(60_000);
  });

  test('is renewed by the next renewal in time, however long one hangs', async () => {
    const timers = new ManualTimers();
    const begun: number[] = [];
    const renew = () => {
      begun.push(timers.now);
      return begun.length === 1 ? new Promise<boolean>(() => {}) : Promise.resolve(true);
    };
    const lease = keepLease(
      { ledger: { ...createMemoryLedger(), renew }, timers, leaseMs: LEASE_MS, report: () => {} },
      new Date(0),
      0,
      () => ({ id: 'operation-1', version: 1 }),
    );
    for (let second = 0; second < 30; second += 1) {
      await timers.wake(1_000);
      expect(lease.mayStillSend()).toBe(true);
    }
    lease.stop();
    await timers.wake(LEASE_MS);
    expect(begun.filter((at) => at > 30_000)).toEqual([]);
  });
});
