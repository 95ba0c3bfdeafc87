import * as fc from 'fast-check';
import { type Judge, type Law } from './laws.js';
import type { PlanShape } from './plan-shapes.js';
import { evidenceOf, type World, worldsOf } from './worlds.js';

/** A world in which a judge breaks a law, and how to come to it again. */
export interface Breach {
  readonly text: string;
  readonly seed: number;
  readonly path: string | null;
}

/** Tries one law in worlds of one plan; null when it held in all of them. */
export function breachOf(law: Law, judging: Judge, plan: PlanShape, worlds: number, seed?: number): Breach | null {
  const broken = (world: World): string | null =>
    law(world, judging(evidenceOf(world)), (change) => judging(evidenceOf({ ...world, ...change })));
  const result = fc.check(
    fc.property(worldsOf(plan), (world) => broken(world) === null),
    { numRuns: worlds, ...(seed !== undefined && { seed }) },
  );
  const [world] = result.counterexample ?? [];
  if (!result.failed || !world) return null;
  const text = `${broken(world) ?? ''}: ${JSON.stringify({ ...world, plan: plan.name })}`;
  return { text, seed: result.seed, path: result.counterexamplePath };
}
