import { problemOf } from '../../../domain/problem.js';
import { providerFailed, type Refusal } from '../../../domain/refusal.js';
import type { InspectResult, Preparation, WriteTarget } from '../../../domain/write.js';

export function ready(target: WriteTarget): Preparation {
  return { outcome: 'ready', target };
}

export function refused(refusal: Refusal): Preparation {
  return { outcome: 'refused', refusal };
}

/** A provider that cannot be read refuses: nothing was sent, so the same key may try again. */
export async function preparing(prepare: () => Promise<Preparation>): Promise<Preparation> {
  try {
    return await prepare();
  } catch (error) {
    return refused(providerFailed(problemOf(error), 'SAME_KEY'));
  }
}

/** A look that cannot be taken tells nothing. */
export async function looking(look: () => Promise<InspectResult>): Promise<InspectResult> {
  try {
    return await look();
  } catch (error) {
    return { state: 'unclear', problem: problemOf(error) };
  }
}

export function isRefusal(value: object): value is Refusal {
  return 'code' in value && 'retry' in value;
}
