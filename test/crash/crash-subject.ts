import type { RunningEmulator } from '../../src/emulators/index.js';
import type { Json } from '../emulators/calls.js';

/** How one provider is written to in the crash matrix. */
export interface CrashSubject {
  readonly scenario: string;
  readonly switches?: Readonly<Record<string, unknown>>;
  /** Each over the settings of its sandbox account, by name; the first is what a write is traced with. */
  readonly settings: Readonly<Record<string, object>>;
  /** The writes that are stopped. */
  readonly writes: readonly CrashedWrite[];
  /** Those that are stopped once more where no other replica runs. */
  readonly alone?: readonly CrashedWrite[];
  /** Makes the scenarios to use up, one per point. */
  scenarios(account: CrashedAccount): WriteScenarios | Promise<WriteScenarios>;
}

/** An account whose writes are stopped, and its emulator. */
export interface CrashedAccount {
  readonly emulator: RunningEmulator;
  readonly account: string;
  readonly customerId: string;
  /** Asks a running replica with the shopper's token; the data of the answer. */
  ask(query: string, variables: object): Promise<Json>;
}

/** By what is made of them. */
export type WriteScenarios = Readonly<Record<string, WriteScenario[]>>;

/** One write that may be made once, and how often the provider's own books show what it makes. */
export interface WriteScenario {
  readonly mutation: 'addUpsellItem' | 'convertToSubscription' | 'completeCheckout';
  /** Without its idempotency key. */
  readonly input: object;
  count(): number;
}

export interface CrashedWrite {
  readonly title: string;
  /** The name of the scenarios to take. */
  readonly write: string;
  /** The name of the settings it is made with. */
  readonly settings: string;
  /** Which time the point is passed; 1 unless told. */
  readonly pass?: number;
  readonly rows: readonly Row[];
}

/** Where a write is stopped, what the client's repeated request must end in, and how many the provider's books show then. */
export type Row = readonly [at: string, status: string, made: number];

/** How many scenarios of one write suffice: one for each point, and some to spare. */
export const ENOUGH = 24;

export const ADDING = 'adding an item';

/** On record and perhaps not sent: that a read shows no trace proves nothing while the order is open. */
const unsent: Row = ['after recording the intent', 'INDETERMINATE', 0];

/** The points of one write as it passes them when nothing is in its way. */
export const inOrder: readonly Row[] = [
  ['before claim', 'SUCCEEDED', 1],
  ['after claim', 'SUCCEEDED', 1],
  ['before reading related writes', 'SUCCEEDED', 1],
  ['after reading related writes', 'SUCCEEDED', 1],
  ['while reading the target', 'SUCCEEDED', 1],
  ['before recording the intent', 'SUCCEEDED', 1],
  unsent,
  ['with the answer received', 'SUCCEEDED', 1],
  ['during read-back', 'SUCCEEDED', 1],
  ['before settling', 'SUCCEEDED', 1],
  ['after settling', 'SUCCEEDED', 1],
];

/** Those of a write whose line is to be located first: else the turn is taken with the key. It is given up with the outcome. */
export const locatedFirst: readonly Row[] = [
  ['before taking the turn', 'SUCCEEDED', 1],
  ['after taking the turn', 'SUCCEEDED', 1],
];

/** Those of a write that the provider is slow to do, or that is lost on its way there. */
const whenSlow: readonly Row[] = [
  ['while the provider works', 'SUCCEEDED', 1],
  ['before recording an open outcome', 'INDETERMINATE', 0],
  ['after recording an open outcome', 'INDETERMINATE', 0],
];

export const oneStep: readonly Row[] = [...inOrder, ...whenSlow];

export const firstOfTwo: readonly Row[] = [unsent, ['with the answer received', 'PARTIAL', 1]];

export const secondOfTwo: readonly Row[] = [
  ['before recording the intent', 'PARTIAL', 1],
  ['after recording the intent', 'INDETERMINATE', 1],
  ['with the answer received', 'SUCCEEDED', 1],
];

/** Where a write at the provider can be lost. */
export const atTheProvider = oneStep.filter(([at]) => /intent|works|received|read-back|open outcome/.test(at));

export const adding: CrashedWrite = {
  title: 'adding an item: another replica ends it, with one in the books of the provider or none',
  write: ADDING,
  settings: 'usual',
  rows: oneStep,
};

/** Stops a write of two steps in each of them; `made`: what its books show when both were done. */
export function twoSteps(write: string, made: number): readonly CrashedWrite[] {
  return [
    {
      title: `${write}: the step that was done is told, the other one is not made up for`,
      write,
      settings: 'usual',
      rows: [['with the answer received', 'PARTIAL', 1]],
    },
    {
      title: `${write}: an answer lost in the second step is found`,
      write,
      settings: 'usual',
      pass: 2,
      rows: [
        ['before recording the intent', 'PARTIAL', 1],
        ['with the answer received', 'SUCCEEDED', made],
      ],
    },
  ];
}

/** Limits under which many writes of one shopper are repeated again and again, at several replicas. */
export const unlimited = { limits: { all: { parallel: 64, calls: 0 } } };

/** Finds the one-time line of an order. Throws when it has none. */
export async function oneTimeLine({ ask }: CrashedAccount, order: string) {
  const query = 'query ($order: ID!) { order(id: $order) { lineItems { nodes { id providerId purchaseMode } } } }';
  const lines = (await ask(query, { order })).rows('order', 'lineItems', 'nodes');
  const line = lines.find((each) => each.at('purchaseMode') === 'ONE_TIME');
  if (!line) throw new Error(`order ${order} has no one-time line`);
  return { id: line.text('id'), providerId: line.text('providerId') };
}
