import { describe, expect, test } from '@jest/globals';
import { createLocalChanges } from '../../src/storage/local-changes.js';
import { countTurns } from '../support/count-turns.js';

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('a storm of hints within a process', () => {
  test('calls each of two thousand subscribers once, with other work between them', async () => {
    const changes = createLocalChanges();
    let calls = 0;
    let latest: () => void = () => {};
    const isOver = new Promise<void>((resolve) => (latest = resolve));
    for (let count = 0; count < 2_000; count += 1) {
      changes.subscribe('order', () => {
        calls += 1;
        if (calls === 2_000) latest();
      });
    }
    const { turns: made } = await countTurns(async () => {
      for (let count = 0; count < 1_000; count += 1) expect(changes.publish(['order'])).toBe(2_000);
      expect(calls).toBe(0);
      await isOver;
    });
    expect(made).toBeGreaterThanOrEqual(7);
    await turns(20);
    expect(calls).toBe(2_000);
  });

  test('calls again those that were called before the latest hint, and nobody who left', async () => {
    const changes = createLocalChanges();
    const calls: string[] = [];
    const leave = changes.subscribe('order', () => calls.push('left'));
    changes.subscribe('order', () => {
      calls.push('stays');
      if (calls.length === 1) changes.publish(['order', 'other', 'nobody']);
    });
    changes.subscribe('other', () => calls.push('other'));
    changes.publish(['order']);
    leave();
    await turns(10);
    expect(calls.sort()).toEqual(['other', 'stays', 'stays']);
  });
});
