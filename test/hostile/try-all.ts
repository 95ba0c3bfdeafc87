import { afterAll } from '@jest/globals';
import * as fc from 'fast-check';

/**
 * `UPSELL_GRAPH_FUZZ=20` tries twenty times as many inputs, `UPSELL_GRAPH_FUZZ_SEED` others. What fails is printed with its seed,
 * path and smallest example.
 */
const factor = Number(process.env['UPSELL_GRAPH_FUZZ'] ?? 1);
const seed = Number(process.env['UPSELL_GRAPH_FUZZ_SEED'] ?? 20_260_301);

const HOUR_MS = 3_600_000;

/** Of a test that tries many inputs. */
export const LONG_ENOUGH_MS = factor > 1 ? HOUR_MS : 300_000;

const tried = new Map<string, number>();

/** `holds` throws for an input it does not hold for. */
export async function tryAll<Input>(
  what: string,
  count: number,
  inputs: fc.Arbitrary<Input>,
  holds: (input: Input) => void | Promise<void>,
): Promise<void> {
  const property = fc.asyncProperty(inputs, async (input) => {
    tried.set(what, (tried.get(what) ?? 0) + 1);
    await holds(input);
  });
  await fc.assert(property, { seed, numRuns: Math.ceil(count * factor) });
}

/** Ends a suite with what it tried, for whoever reads the run. */
export function printWhatWasTried(): void {
  afterAll(() => {
    const counts = Array.from(tried, ([what, count]) => `${count} ${what}`);
    process.stdout.write(`Hostile input: ${counts.join(', ')} (seed ${seed})\n`);
  });
}
