import type { FastifyInstance } from 'fastify';
import type { ClockSetting } from './clock.js';
import type { EmulatorContext } from './context.js';
import type { FaultMatch } from './fault-match.js';
import type { Occurrences } from './misbehaviours.js';
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

/** A record of the scenario `sandbox` that people can try things on. */
export interface SandboxRecord {
  readonly type: 'ORDER' | 'CHECKOUT' | 'PRODUCT';
  readonly providerId: string;
  readonly title: string;
  /** Whose it is; null for products. */
  readonly owner: 'customer' | 'second' | 'guest' | null;
}

/** Something that a shop over the scenario `sandbox` sells beside what its orders hold. */
export interface SandboxGood {
  readonly providerId: string;
  /** The product's handle at a provider that asks for it. */
  readonly handle?: string;
  readonly title: string;
  readonly note: string;
}

/** Something to let happen at a provider: a request to a path below `/__emulator`. */
export interface SandboxControl {
  readonly purpose: string;
  /** What a storefront is to see afterwards. */
  readonly expect: string;
  readonly path: string;
  readonly body: unknown;
}

/** What the server's sandbox mode needs to know of a running emulator. */
export interface SandboxEntry {
  readonly account: Readonly<Record<'key' | 'provider' | 'label' | 'baseUrl' | 'currency' | 'timeZone', string>> &
    Readonly<Record<string, string>>;
  readonly shopper: { readonly customerId: string };
  /** Another customer; null in a shop with a single one. */
  readonly secondShopper: { readonly customerId: string } | null;
  readonly records: readonly SandboxRecord[];
  /** Absent where only what the provider itself offers is added. */
  readonly goods?: readonly SandboxGood[];
  /** How a payment is declined here. */
  readonly decline: SandboxControl;
  /** What `POST /__emulator/webhooks` takes besides a URL: the secret, under the emulator's own name for it. Absent when it sends none. */
  readonly webhooks?: { readonly secret: string; readonly settings: Readonly<Record<string, string>> };
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
  /** Which misbehaviours can be scripted, and why the others do not happen. */
  readonly misbehaviours?: Occurrences;
  readonly scenarios: Readonly<Record<string, Scenario<Store, Definitions>>>;
  readonly defaultScenario: string;
  /** Registers provider endpoints. Text of type `application/json` that a handler sends is passed on byte for byte. */
  routes(app: FastifyInstance, context: EmulatorContext<Store, Definitions>): void;
  /** Registers further control endpoints below `/__emulator`. */
  controls?(app: FastifyInstance, context: EmulatorContext<Store, Definitions>): void;
  /** Reads a request body that is JSON; `JSON.parse` when absent. */
  parseBody?(text: string): unknown;
  /** Brings the store up to the clock; called before each request and whenever the clock was moved. */
  tick?(context: EmulatorContext<Store, Definitions>): void;
  /** Returns the store as plain JSON. */
  state(store: Store): unknown;
  sandbox(url: string): SandboxEntry;
}
