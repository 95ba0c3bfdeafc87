import type { World } from '../kit/world.js';
import type { AppstleStore } from './store.js';
import type { switches } from './switches.js';

export type AppstleWorld = World<AppstleStore, typeof switches>;
