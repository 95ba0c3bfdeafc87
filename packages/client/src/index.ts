export {
  type ClientOptions,
  createUpsellClient,
  type Decision,
  type Document,
  type DocumentOf,
  type Execute,
  type InputOf,
  type PayloadOf,
  type State,
  type Subscribe,
  type UpsellClient,
} from './client.js';
export { type Clocks, type Countdown, countdown, type WindowFacts } from './countdown.js';
export { type Cases, match } from './match.js';
export type { ExecutionResult, OperationFacts, Problem, Result } from './outcome.js';
export type { DecisionInput, DecisionStorage } from './storage.js';
