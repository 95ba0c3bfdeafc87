import type { EmulatorContext } from '../kit/context.js';
import type { SureCartStore } from './store.js';
import type { switches } from './switches.js';

export type SureCartContext = EmulatorContext<SureCartStore, typeof switches>;

/** Returns emulator time in Unix seconds. */
export function nowOf({ clock }: Pick<SureCartContext, 'clock'>): number {
  return Math.floor(clock.now().getTime() / 1000);
}
