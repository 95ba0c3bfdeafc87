import 'reflect-metadata';
import type { ProviderKey } from '../../../src/domain/account.js';
import { providers } from '../../../src/providers/index.js';
import { loadPart } from '../../subjects/parts.js';
import type { PlanShape } from './plan-shapes.js';

/** A write as one provider plans it. */
export interface Plan extends PlanShape {
  readonly provider: ProviderKey;
}

/** Every shape of plan that the providers' writers make. */
export const plans: readonly Plan[] = Array.from(await loadPart('plans'), ([name, shapes]) => {
  const { key } = providers[name as keyof typeof providers];
  return shapes.map((shape): Plan => ({ provider: key, ...shape }));
}).flat();
