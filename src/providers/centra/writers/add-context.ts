import type { Snapshot, WriteProgress } from '../../../domain/write.js';
import { type Infer, optionalText, record, requireWhole, text } from '../../kit/decode.js';
import { toLineKey } from '../keys.js';
import type { WireLine, WireOrder } from '../wire.js';

/** Decodes all that sending and looking need besides the request, so that any process can go on with it. */
export const decodeAddContext = record('the context of a write', (fields) => ({
  orderNumber: text(fields, 'orderNumber'),
  item: text(fields, 'item'),
  /** Decimal text in major units; null when the order states none. */
  total: optionalText(fields, 'total'),
}));

export type AddContext = Infer<typeof decodeAddContext>;

export function snapshotOf({ order, lines, grandTotal }: WireOrder, item: string): Snapshot<AddContext> {
  return {
    lineItemKeys: requireWhole(lines).map(({ line }) => toLineKey({ order, line })),
    context: { orderNumber: order, item, total: grandTotal },
  };
}

/** The endpoint takes no quantity: several units are several calls. */
export function stepsFor(quantity: number): readonly string[] {
  return Array.from({ length: quantity }, (_, index) => (index === 0 ? 'add_item' : `add_item_${index + 1}`));
}

export interface AddedLines {
  /** Of this item, neither there before nor made by a step that is done. */
  readonly fresh: readonly WireLine[];
  /** Made by steps that are done. */
  readonly done: readonly WireLine[];
}

/** An item that is on the order already gets a line of its own. */
export function addedLines({ order, lines }: WireOrder, { snapshot, done }: WriteProgress<AddContext>): AddedLines {
  const before = new Set(snapshot.lineItemKeys);
  const finished = new Set(Object.values(done).map(({ lineItemKey }) => lineItemKey));
  const { item } = snapshot.context;
  const later = requireWhole(lines).filter(
    (line) => line.item === item && !before.has(toLineKey({ order, line: line.line })),
  );
  const isDone = ({ line }: WireLine) => finished.has(toLineKey({ order, line }));
  return { fresh: later.filter((line) => !isDone(line)), done: later.filter(isDone) };
}
