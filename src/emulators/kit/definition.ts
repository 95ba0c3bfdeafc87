import type { FastifyInstance } from 'fastify';
import type { ClockSetting } from './clock.js';
import type { EmulatorContext } from './context.js';
import type { FaultMatch } from './faults.js';
import type { SwitchDefinitions, Switches } from './switches.js';

export interface ScenarioStart<Definitions extends SwitchDefinitions> {
  readonly now: Date;
  readonly switches: Switches<Definitions>;
}

export interface ClockStart extends ClockSetting {
  readonly at: Date;
}

/** Data to start from. */
export interface Scenario<Store, Definitions extends SwitchDefinitions = SwitchDefinitions> {
  readonly description: string;
  /** Where the clock starts; real time when absent. */
  readonly clock?: ClockStart;
  create(start: ScenarioStart<Definitions>): Store;
}

/** What the server's sandbox mode needs to know of a running emulator. */
export interface SandboxEntry {
  readonly account: Readonly<Record<'key' | 'provider' | 'label' | 'baseUrl' | 'currency' | 'timeZone', string>> &
    Readonly<Record<string, string>>;
  readonly shopper: { readonly customerId: string };
  /** The request that adds an item, and those that read: what a fault is to match to be noticed. */
  readonly targets: { readonly addition: FaultMatch; readonly reads: FaultMatch };
}

/** All that makes one provider's emulator; everything else is the kit's. */
export interface EmulatorDefinition<Store, Definitions extends SwitchDefinitions = SwitchDefinitions> {
  readonly title: string;
  readonly description: string;
  /** Names of headers and query parameters that carry credentials, besides `authorization` and `cookie`. */
  readonly credentials: readonly string[];
  readonly switches: Definitions;
  readonly scenarios: Readonly<Record<string, Scenario<Store, Definitions>>>;
  readonly defaultScenario: string;
  /** Provider endpoints. A handler that sends text of type `application/json` is passed on byte for byte. */
  routes(app: FastifyInstance, context: EmulatorContext<Store, Definitions>): void;
  /** Further control endpoints, registered below `/__emulator`. */
  controls?(app: FastifyInstance, context: EmulatorContext<Store, Definitions>): void;
  /** Reads a request body that is JSON; `JSON.parse` when absent. */
  parseBody?(text: string): unknown;
  /** Brings the store up to the clock; called before each request and whenever the clock was moved. */
  tick?(context: EmulatorContext<Store, Definitions>): void;
  /** The store as plain JSON. */
  state(store: Store): unknown;
  sandbox(url: string): SandboxEntry;
}
