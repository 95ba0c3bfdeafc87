import type { World } from '../kit/world.js';
import type { OrdergrooveStore } from './store.js';
import type { switches } from './switches.js';

export type OrdergrooveWorld = World<OrdergrooveStore, typeof switches>;
