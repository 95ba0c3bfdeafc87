import type { World } from '../kit/world.js';
import type { SureCartStore } from './store.js';
import type { switches } from './switches.js';

export type SureCartWorld = World<SureCartStore, typeof switches>;

/** Emulator time in Unix seconds. */
export function nowOf({ clock }: Pick<SureCartWorld, 'clock'>): number {
  return Math.floor(clock.now().getTime() / 1000);
}
