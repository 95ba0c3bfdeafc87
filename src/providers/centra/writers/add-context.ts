import type { AddItem, PlannedStep, StepResult, WriteProgress } from '../../../domain/write.js';
import { type Infer, record, text } from '../../kit/decode.js';
import { toLineKey } from '../keys.js';
import type { WireOrder } from '../wire.js';

/** Decodes all that sending and looking need besides the request, so that any process can go on with it. */
export const decodeAddContext = record('the context of a write', (fields) => ({
  orderNumber: text(fields, 'orderNumber'),
  item: text(fields, 'item'),
}));

export type AddContext = Infer<typeof decodeAddContext>;

/** Plans a call for each unit, because the endpoint takes no quantity. Each is on record before it is sent. */
export function stepsOf({ item }: AddContext, { quantity, item: { product } }: AddItem): readonly PlannedStep[] {
  const unit = {
    kind: 'line_added',
    productId: product?.id ?? '',
    quantity: 1,
    recurring: false,
    mark: item,
  } as const;
  return Array.from({ length: quantity }, (_, index) => ({
    name: index === 0 ? 'add_item' : `add_item_${index + 1}`,
    expects: [unit],
  }));
}

/** Returns the line that an answer shows besides those that were there before and those of earlier steps. */
export function newLineIn(
  { order, lines }: WireOrder,
  { context, before, done }: WriteProgress<AddContext>,
): StepResult {
  const known = new Set([
    ...(before?.lines ?? []).map(({ key }) => key),
    ...Object.values(done).map(({ lineItemKey }) => lineItemKey),
  ]);
  const keys = lines.records.filter(({ item }) => item === context.item).map(({ line }) => toLineKey({ order, line }));
  const fresh = keys.filter((key) => !known.has(key));
  // Of several, which one this call made is not in the answer.
  return fresh.length === 1 && fresh[0] !== undefined ? { lineItemKey: fresh[0] } : {};
}
