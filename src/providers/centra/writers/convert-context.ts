import type { Snapshot } from '../../../domain/write.js';
import { type Infer, integer, record, requireWhole, text } from '../../kit/decode.js';
import { storedWords } from '../../kit/stored-context.js';
import { toLineKey } from '../keys.js';
import type { WireOrder } from '../wire.js';

/** Decodes what to send, and what was there before. The customer is the shopper's own and not repeated here. */
export const decodeConvertContext = record('the context of a write', (fields) => ({
  orderKey: text(fields, 'orderKey'),
  item: text(fields, 'item'),
  quantity: integer(fields, 'quantity'),
  contract: text(fields, 'contract'),
  plan: text(fields, 'plan'),
  nextOrderDate: text(fields, 'nextOrderDate'),
  /** Subscriptions the customer had before. */
  subscriptions: storedWords(fields, 'subscriptions'),
}));

export type ConvertContext = Infer<typeof decodeConvertContext>;

export function toConvertSnapshot({ order, lines }: WireOrder, context: ConvertContext): Snapshot<ConvertContext> {
  return { lineItemKeys: requireWhole(lines).map(({ line }) => toLineKey({ order, line })), context };
}
