import type { Refusal } from '../../../domain/refusal.js';
import type { Preparation, WriteTarget } from '../../../domain/write.js';

export function ready(target: WriteTarget): Preparation {
  return { outcome: 'ready', target };
}

export function refused(refusal: Refusal): Preparation {
  return { outcome: 'refused', refusal };
}
