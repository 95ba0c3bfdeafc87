import type { World } from '../kit/world.js';
import type { CentraStore } from './store.js';
import type { switches } from './switches.js';

export type CentraWorld = World<CentraStore, typeof switches>;
