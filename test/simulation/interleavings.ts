import type { KyselyPlugin } from 'kysely';

/** One replica's part of a scenario: what it asks of the ledger, statement by statement. */
export type Program = () => Promise<void>;

/** Stops a replica after each of its statements until it is let on. */
export class Gate {
  private release: (() => void) | null = null;
  private onStop = () => {};

  readonly plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      await this.stop();
      return result;
    },
  };

  private stop(): Promise<void> {
    return new Promise((resolve) => {
      this.release = resolve;
      this.onStop();
    });
  }

  /** Lets the replica go on to its next statement, or to its end. */
  step(ended: Promise<unknown>): Promise<unknown> {
    const stopped = new Promise<void>((resolve) => {
      this.onStop = resolve;
    });
    const go = this.release;
    this.release = null;
    go?.();
    return Promise.race([stopped, ended]);
  }

  /** Lets it run to its end. */
  open(): void {
    this.onStop = () => this.release?.();
    this.release?.();
  }
}

interface Running {
  readonly gate: Gate;
  readonly ended: Promise<void>;
  begin(): void;
  isOver: boolean;
}

/**
 * Runs the programs in every order in which their statements can follow each other, up to `limit` orders. `prepare` makes the
 * programs anew, on a ledger that is empty. Answers how many orders there were, and what `verdict` said of the first bad one.
 */
export async function everyInterleaving(
  gates: readonly Gate[],
  prepare: () => Promise<{ readonly programs: readonly Program[]; verdict(): Promise<string | null> }>,
  limit: number,
): Promise<{ readonly count: number; readonly violation: string | null }> {
  let prefix: readonly number[] = [];
  for (let count = 1; ; count += 1) {
    const { programs, verdict } = await prepare();
    const { taken, choices } = await runOnce(gates, programs, prefix);
    const found = await verdict();
    const order = taken.map((index) => 'AB'.charAt(index)).join('');
    if (found !== null) return { count, violation: `${order}: ${found}` };
    const next = nextPrefix(taken, choices);
    if (!next) return { count, violation: null };
    if (count === limit) throw new Error(`there are more than ${limit} orders`);
    prefix = next;
  }
}

/** Follows `prefix`, then always lets on the first program that has not ended. */
async function runOnce(gates: readonly Gate[], programs: readonly Program[], prefix: readonly number[]) {
  const running = programs.map((program, index) => start(program, gates[index]));
  const taken: number[] = [];
  const choices: (readonly number[])[] = [];
  for (;;) {
    const alive = running.flatMap(({ isOver }, index) => (isOver ? [] : [index]));
    const chosen = prefix[taken.length] ?? alive[0];
    const next = chosen === undefined ? undefined : running[chosen];
    if (chosen === undefined || !next) return { taken, choices };
    taken.push(chosen);
    choices.push(alive);
    next.begin();
    await next.gate.step(next.ended);
    // Its end is heard of in the turn after its last statement.
    await new Promise(setImmediate);
  }
}

function start(program: Program, gate: Gate | undefined): Running {
  if (!gate) throw new Error('each program needs a gate');
  let go = () => {};
  const begun = new Promise<void>((resolve) => {
    go = resolve;
  });
  const running: Running = {
    gate,
    isOver: false,
    begin: () => go(),
    ended: begun.then(program).finally(() => {
      running.isOver = true;
    }),
  };
  return running;
}

/** The next order in depth-first search; null after the last. */
function nextPrefix(taken: readonly number[], choices: readonly (readonly number[])[]): readonly number[] | null {
  for (let depth = taken.length - 1; depth >= 0; depth -= 1) {
    const later = choices[depth]?.find((choice) => choice > (taken[depth] ?? 0));
    if (later !== undefined) return [...taken.slice(0, depth), later];
  }
  return null;
}
