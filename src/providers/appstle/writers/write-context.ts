import type { Snapshot } from '../../../domain/write.js';
import {
  type Decoder,
  type Infer,
  type JsonObject,
  optionalText,
  record,
  requireObject,
  text,
} from '../../kit/decode.js';
import type { OrderView } from '../order-view.js';
import { linesText } from './contract-lines.js';
import { pairsOf } from './one-off-rows.js';

export const ADD_ITEM = 'add_item';
export const ADD_LINE = 'add_line';
export const REMOVE_ITEM = 'remove_item';

/** Decodes all that sending needs besides the request, so that any process can go on with it. */
export const decodeWriteContext = record('the context of a write', (fields) => ({
  contractId: text(fields, 'contractId'),
  attemptId: text(fields, 'attemptId'),
  variantId: text(fields, 'variantId'),
  handle: optionalText(fields, 'handle') ?? '',
  /** Where one-offs of the contract were before. */
  pairs: optionalText(fields, 'pairs') ?? '',
  /** The lines of the contract before. */
  lines: optionalText(fields, 'lines') ?? '',
}));

export type WriteContext = Infer<typeof decodeWriteContext>;

/** Makes the decoder of a context that has more than what every write stores. */
export function decodeContextWith<More extends object>(
  decodeMore: (fields: JsonObject) => More,
): Decoder<WriteContext & More> {
  return (value) => ({ ...decodeMore(requireObject(value, 'the context of a write')), ...decodeWriteContext(value) });
}

export function snapshotOf(view: OrderView, variantId: string, handle: string): Snapshot<WriteContext> {
  const { key, lines, oneOffs, contract } = view;
  return {
    lineItemKeys: lines.state === 'found' ? lines.value.map(({ ref }) => ref.key) : [],
    context: {
      contractId: key.contractId,
      attemptId: key.attemptId,
      variantId,
      handle,
      pairs: pairsOf(oneOffs.state === 'found' ? oneOffs.value : []),
      lines: linesText(contract.state === 'found' ? contract.value.lines.records : []),
    },
  };
}
