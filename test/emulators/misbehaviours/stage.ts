import { type RunningEmulator, startEmulator } from '../../../src/emulators/index.js';
import type { EmulatorDefinition } from '../../../src/emulators/kit/definition.js';
import type { Misbehaviour } from '../../../src/emulators/kit/misbehaviours.js';
import type { SwitchDefinitions } from '../../../src/emulators/kit/switches.js';
import { type Answer, Json } from '../calls.js';

export interface Line {
  readonly id: string;
  readonly product: string;
  readonly quantity: number;
}

/** What the provider holds, whatever it said. */
export interface Books {
  /** Of the order the item was asked for. */
  readonly lines: readonly Line[];
  /** How many units of the product are on the customer's other orders. */
  readonly elsewhere: number;
  /** In the smallest unit. */
  readonly total: number;
  /** `upcoming` takes items; `processing` takes none and is not through; `billed` and `failed` are its ends. */
  readonly order: 'open' | 'processing' | 'billed' | 'failed';
  /** One word for each subscription of the customer, in the order they were made. */
  readonly subscriptions: readonly string[];
  /** Of one unit of the product, in the smallest unit. */
  readonly price: number;
}

/** One provider's part in the tests: the same few things are done at each, and its books are looked into. */
export interface Stage {
  readonly emulator: RunningEmulator;
  readonly product: string;
  startAgain(): void;
  /** Adds units of the product to the order. */
  add(quantity?: number): Promise<Answer>;
  /** A call that states a quantity, and how many units it led to. */
  readonly counted: { ask(quantity: number): Promise<Answer>; units(): number };
  /** Adds units in a way that could be split over lines. */
  addToSplit(quantity: number): Promise<Answer>;
  /** Brings about a line that an addition could be merged into. */
  havePresentLine(): Promise<void>;
  /** Null where nothing is started. */
  readonly subscribe: ((quantity?: number) => Promise<Answer>) | null;
  /** The two calls of a composed write. */
  composed(): Promise<readonly [first: Call, second: Call]>;
  /** How many lines of the order a read shows. */
  look(): Promise<number>;
  books(): Books;
  /** Of the order as it is told, shipping included. */
  total(): Promise<number>;
  /** A GET of one record, and what of it is an object or can be left out. */
  readonly read: { call(): Promise<Answer>; readonly optional: string; readonly object: string | null };
}

type Call = () => Promise<Answer>;

/** Starts the emulator of a provider for these tests. */
export type StageSubject = () => Promise<Stage>;

export async function startStage<Store, Definitions extends SwitchDefinitions>(
  definition: EmulatorDefinition<Store, Definitions>,
  scenario: string,
) {
  const emulator = await startEmulator(definition, { scenario });
  const state = () => new Json(JSON.parse(JSON.stringify(emulator.state())));
  return { emulator, state, startAgain: () => emulator.reset(scenario) };
}

export function script(stage: Stage, action: Misbehaviour): void {
  stage.emulator.faults.add({ action });
}

export function unitsOf({ lines }: Books, product: string): number {
  return lines.filter((line) => line.product === product).reduce((sum, { quantity }) => sum + quantity, 0);
}

export function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}
