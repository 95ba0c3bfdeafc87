import type { FaultMatch } from './fault-match.js';

/**
 * What a provider may do besides what it was asked to: kinds of fault whose effect is in the books or in a well-formed
 * answer. They are scripted like faults of the connection.
 */
export type Misbehaviour =
  | { readonly kind: 'capQuantity'; readonly to: number }
  | { readonly kind: 'moveItem' | 'mergeLine' | 'splitUnits' | 'replaceOthers' }
  | { readonly kind: 'closeOrder'; readonly outcome?: 'processing' | 'billed'; readonly afterSeconds?: number }
  | { readonly kind: 'failPayment'; readonly afterSeconds?: number }
  | { readonly kind: 'startSubscription'; readonly status: 'past_due' | 'paused' | 'canceled' }
  | { readonly kind: 'changePrice'; readonly percent: number }
  | { readonly kind: 'answerErrors'; readonly applies: boolean; readonly errors?: unknown }
  | { readonly kind: 'applyLate'; readonly seconds: number; readonly answer?: 'reset' | 'hang' | 'gatewayTimeout' }
  | { readonly kind: 'unreadableAnswer'; readonly as: 'html' | 'half' | 'text' | 'empty' }
  | { readonly kind: 'refuseFirst' | 'refuseSecond'; readonly status: number; readonly body?: unknown }
  | { readonly kind: 'staleReads'; readonly seconds: number }
  | { readonly kind: 'omitField'; readonly field: string; readonly of?: string | number }
  | { readonly kind: 'bareId'; readonly field: string }
  | { readonly kind: 'partialPage'; readonly list?: string };

export type MisbehaviourKind = Misbehaviour['kind'];
export type MisbehaviourOf<Kind extends MisbehaviourKind> = Extract<Misbehaviour, { readonly kind: Kind }>;

export const descriptions: Readonly<Record<MisbehaviourKind, string>> = {
  capQuantity: 'Takes at most `to` units of those asked for, and answers as for a success.',
  moveItem: 'Puts the item on another order of the customer than the one asked for, and says so in its answer.',
  mergeLine: 'Raises the quantity of a line of the same product instead of adding one.',
  splitUnits: 'Puts each unit on a line of its own.',
  replaceOthers: 'Takes the other lines off the order while it adds the item.',
  closeOrder: 'The order leaves its open state right after the write, or `afterSeconds` later, for `outcome`.',
  failPayment: 'The payment fails after the success was answered, or `afterSeconds` later; the item stays.',
  startSubscription: 'What was started is not in force: its subscription is `status` once it is looked at.',
  changePrice: 'The price of the product changes by `percent` before the write is applied.',
  answerErrors: 'Answers 200 with an `errors` object, whether or not the write is applied (`applies`).',
  applyLate: 'Loses the answer (`answer`) and applies the write `seconds` later, by the rules that hold then.',
  unreadableAnswer: 'Applies the write and answers 200 with what is no JSON: `as`.',
  refuseFirst: 'Refuses the first call of a composed write with `status`; the second finds it undone.',
  refuseSecond: 'Refuses the second call of a composed write with `status`; the first is in force.',
  staleReads: 'For `seconds` after the write, reads show everything as it was before.',
  omitField: 'Leaves `field` out of the answer: of all its objects, or of those that have the value `of`.',
  bareId: 'Shows the object at `field` by its id alone.',
  partialPage: 'Leaves the last row out of the outermost lists of the answer, or of those at `list`; counts stay.',
};

export function isMisbehaviour<Action extends { readonly kind: string }>(
  action: Action,
): action is Action & Misbehaviour {
  return Object.hasOwn(descriptions, action.kind);
}

/** Which requests of a provider a kind is about, or why it does not happen there. */
export type Occurrence =
  | {
      readonly on: readonly FaultMatch[];
      /** How many of them pass before the first one is due. */
      readonly skip?: number;
      /** The values of parameters that can occur, where not all of them can. */
      readonly only?: Readonly<Record<string, readonly unknown[]>>;
    }
  | { readonly never: string };

export type Occurrences = Readonly<Record<MisbehaviourKind, Occurrence>>;

/** Returns the kinds the kit does by itself, which can occur at every provider. */
export function kitOccurrences({ writes, reads }: Readonly<Record<'writes' | 'reads', readonly FaultMatch[]>>) {
  const [onWrites, onReads] = [{ on: writes }, { on: reads }];
  return {
    answerErrors: onWrites,
    applyLate: onWrites,
    unreadableAnswer: onWrites,
    staleReads: onWrites,
    omitField: onReads,
    partialPage: onReads,
  };
}

/** Returns what a table of all providers says, and beneath it why some kinds do not happen somewhere. */
export function misbehaviourRows(
  emulators: Readonly<Record<string, { readonly title: string; readonly misbehaviours?: Occurrences }>>,
) {
  const columns = Object.values(emulators).map(({ title, misbehaviours }) => ({
    name: title.replace(/ emulator$/u, ''),
    occurrences: new Map(Object.entries(misbehaviours ?? {})),
  }));
  const kinds = Object.entries(descriptions);
  return {
    head: ['kind', ...columns.map(({ name }) => name), 'what happens'],
    rows: kinds.map(([kind, description]) => [
      `\`${kind}\``,
      ...columns.map(({ occurrences }) => ('on' in (occurrences.get(kind) ?? {}) ? 'yes' : 'no')),
      description,
    ]),
    reasons: kinds.flatMap(([kind]) =>
      columns.flatMap(({ name, occurrences }) => {
        const occurrence = occurrences.get(kind);
        return occurrence && 'never' in occurrence ? [`\`${kind}\` at ${name}: ${occurrence.never}`] : [];
      }),
    ),
  };
}

/** Changes the books before a write is applied; what it returns is done after. */
export type Deed<Exchange, Kind extends MisbehaviourKind> = (
  exchange: Exchange,
  misbehaviour: MisbehaviourOf<Kind>,
) => (() => void) | undefined;

export type Deeds<Exchange> = { readonly [Kind in MisbehaviourKind]?: Deed<Exchange, Kind> };
