import { unknownMoment } from '../../../src/domain/moment.js';

const unknown = { verdict: 'UNKNOWN', reasons: [] } as const;

/** What the toy says of no order. */
export const unstatedOrder = {
  kind: 'POST_PURCHASE',
  displayNumber: null,
  scheduled: unknownMoment,
  totals: null,
} as const;

/** What the toy says of no line. */
export const unstatedLine = {
  purchaseMode: 'ONE_TIME',
  origin: 'UNKNOWN',
  title: null,
  variantTitle: null,
  imageUrl: null,
  fees: null,
  taxIncluded: null,
  terms: null,
  unitPrice: null,
  compareAtTotal: null,
  discount: null,
  tax: null,
  total: null,
  locked: null,
  stockHeld: null,
  subscriptionRef: null,
  removal: unknown,
  conversion: unknown,
} as const;
