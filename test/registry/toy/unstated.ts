import { unknownMoment } from '../../../src/domain/moment.js';

const unknown = { verdict: 'UNKNOWN', reasons: [] } as const;

/** What the toy says of no order. */
export const unstatedOrder = { kind: 'POST_PURCHASE', scheduled: unknownMoment, totals: null } as const;

/** What the toy says of no line. */
export const unstatedLine = {
  purchaseMode: 'ONE_TIME',
  origin: 'UNKNOWN',
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
