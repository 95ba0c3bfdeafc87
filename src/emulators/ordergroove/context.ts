import type { EmulatorContext } from '../kit/context.js';
import type { OrdergrooveStore } from './store.js';
import type { switches } from './switches.js';

export type OrdergrooveContext = EmulatorContext<OrdergrooveStore, typeof switches>;
