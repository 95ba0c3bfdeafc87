import { describe, expect, test } from '@jest/globals';
import { assert, constantFrom, integer, property } from 'fast-check';
import { OutageJudge } from '../../src/http/outage-judge.js';

const RUNS = Number(process.env['RUNS'] ?? 300);

interface Load {
  readonly parallel: number;
  /** From 0 to 1. */
  readonly failing: number;
  readonly failureMs: number;
  readonly answerMs: number;
  readonly seed: number;
  readonly calls: number;
}

/** Callers who ask one call after the other, in a time of their own; those who are refused wait as long as an answer takes. */
function refusedShare({ parallel, failing, failureMs, answerMs, seed, calls }: Load): number {
  const judge = new OutageJudge();
  const random = randomFrom(seed);
  let now = 0;
  let asked = 0;
  let refused = 0;
  /** What happens next, by time. */
  const agenda: { at: number; run(): void }[] = Array.from({ length: parallel }, (_, each) => ({ at: each, run: ask }));

  function later(ms: number, run: () => void): void {
    const at = now + ms * (0.8 + 0.4 * random());
    let place = agenda.length;
    while (place > 0 && (agenda[place - 1]?.at ?? 0) > at) place -= 1;
    agenda.splice(place, 0, { at, run });
  }

  function ask(): void {
    asked += 1;
    if (!judge.admits('read', now)) {
      refused += 1;
      return later(answerMs, ask);
    }
    const call = judge.begin(now);
    const isFailure = random() < failing;
    return later(isFailure ? failureMs : answerMs, () => {
      judge.end(call, isFailure ? 'failed' : 'answered', now);
      ask();
    });
  }

  const isOver = () => asked >= calls;
  for (let next = agenda.shift(); next && !isOver(); next = agenda.shift()) {
    now = next.at;
    next.run();
  }
  return refused / asked;
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 8) / 2 ** 24;
  };
}

const load = {
  parallel: integer({ min: 1, max: 128 }),
  failureMs: integer({ min: 1, max: 400 }),
  answerMs: integer({ min: 20, max: 400 }),
  seed: integer(),
};

describe('a host that fails now and then', () => {
  test('at any load loses little more than it fails', () => {
    let worst = 0;
    const shares = constantFrom(0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5);
    assert(
      property(
        load.parallel,
        shares,
        load.failureMs,
        load.answerMs,
        load.seed,
        (parallel, failing, failureMs, answerMs, seed) => {
          const share = refusedShare({ parallel, failing, failureMs, answerMs, seed, calls: 3_000 });
          worst = Math.max(worst, share / failing);
          expect(share).toBeLessThan(1.5 * failing);
        },
      ),
      { seed: Number(process.env['SEED'] ?? 1), numRuns: RUNS },
    );
    process.stdout.write(
      `circuit: at worst ${worst.toFixed(2)} times the failing share was refused, in ${RUNS} loads\n`,
    );
  });

  test('and fails always is not asked any more', () => {
    assert(
      property(load.parallel, load.failureMs, load.answerMs, load.seed, (parallel, failureMs, answerMs, seed) => {
        const share = refusedShare({ parallel, failing: 1, failureMs, answerMs, seed, calls: 3_000 });
        expect(share).toBeGreaterThan(0.7);
      }),
      { seed: 1, numRuns: 50 },
    );
  });
});

describe('a host that was out', () => {
  test('is asked by ever more at a time', () => {
    const judge = new OutageJudge();
    const first = Array.from({ length: 6 }, () => judge.begin(0));
    for (const call of first) judge.end(call, 'failed', 10);
    expect([judge.admits('read', 500), judge.admits('read', 1_010), judge.admits('write', 1_010)]).toEqual([
      false,
      true,
      false,
    ]);
    let running = [judge.begin(1_010)];
    const atOnce: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      for (const call of running.splice(0)) judge.end(call, 'answered', 1_100 + round);
      while (running.length < 200 && judge.admits('read', 1_100 + round)) running.push(judge.begin(1_100 + round));
      atOnce.push(running.length);
      running = running.slice(0, 1);
    }
    expect(atOnce[0]).toBe(8);
    expect(atOnce.at(-1)).toBe(200);
    expect(atOnce).toEqual(atOnce.toSorted((one, other) => one - other));
  });
});
