import type { EmulatorContext } from '../kit/context.js';
import type { RechargeStore } from './store.js';
import type { switches } from './switches.js';

export type RechargeContext = EmulatorContext<RechargeStore, typeof switches>;
