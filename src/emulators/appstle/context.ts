import type { EmulatorContext } from '../kit/context.js';
import type { AppstleStore } from './store.js';
import type { switches } from './switches.js';

export type AppstleContext = EmulatorContext<AppstleStore, typeof switches>;
