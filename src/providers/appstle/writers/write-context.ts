import {
  type Decoder,
  type Infer,
  type JsonObject,
  optionalText,
  record,
  requireObject,
  text,
} from '../../kit/decode.js';
import { storedWords } from '../../kit/stored-context.js';
import type { OrderView } from '../order-view.js';

export const ADD_ITEM = 'add_item';
export const ADD_LINE = 'add_line';
export const REMOVE_ITEM = 'remove_item';

/** Decodes all that sending and looking need besides the request, so that any process can go on with it. */
export const decodeWriteContext = record('the context of a write', (fields) => ({
  contractId: text(fields, 'contractId'),
  attemptId: text(fields, 'attemptId'),
  variantId: text(fields, 'variantId'),
  handle: optionalText(fields, 'handle') ?? '',
  /** Orders of the contract that were queued before: an item may have moved onto one that was billed since. */
  queued: storedWords(fields, 'queued'),
}));

export type WriteContext = Infer<typeof decodeWriteContext>;

/** Makes the decoder of a context that has more than what every write stores. */
export function decodeContextWith<More extends object>(
  decodeMore: (fields: JsonObject) => More,
): Decoder<WriteContext & More> {
  return (value) => ({ ...decodeMore(requireObject(value, 'the context of a write')), ...decodeWriteContext(value) });
}

export function contextOf({ key, queue }: OrderView, variantId: string, handle = ''): WriteContext {
  return { ...key, variantId, handle, queued: queue.map(({ id }) => id) };
}
