import { problemOf } from '../../../domain/problem.js';
import { providerFailed, type Refusal } from '../../../domain/refusal.js';
import type { Preparation, WriteTarget } from '../../../domain/write.js';

export function ready(target: WriteTarget): Preparation {
  return { outcome: 'ready', target };
}

export function refused(refusal: Refusal): Preparation {
  return { outcome: 'refused', refusal };
}

/** A provider that cannot be read refuses the write: nothing was sent. */
export async function refusedOnFailure(prepare: () => Promise<Preparation>): Promise<Preparation> {
  try {
    return await prepare();
  } catch (error) {
    return refused(providerFailed(problemOf(error), 'SAME_KEY'));
  }
}
