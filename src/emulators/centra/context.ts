import type { EmulatorContext } from '../kit/context.js';
import type { CentraStore } from './store.js';
import type { switches } from './switches.js';

export type CentraContext = EmulatorContext<CentraStore, typeof switches>;
