import { type Infer, integer, record, text } from '../../kit/decode.js';

/** Decodes what to send. */
export const decodeConvertContext = record('the context of a write', (fields) => ({
  orderKey: text(fields, 'orderKey'),
  item: text(fields, 'item'),
  quantity: integer(fields, 'quantity'),
  contract: text(fields, 'contract'),
  plan: text(fields, 'plan'),
  nextOrderDate: text(fields, 'nextOrderDate'),
  /** Centra's identifier of the customer. */
  email: text(fields, 'email'),
}));

export type ConvertContext = Infer<typeof decodeConvertContext>;
