import type { Sentences } from './sentences.js';

export const english: Sentences = {
  reasons: null,
  effects: {
    NOT_SENT: 'Nothing was changed.',
    UNCHANGED: 'Nothing was changed.',
    PARTLY_CHANGED: 'One part of it is done, and the rest is not.',
    CHANGED: 'It is on your order.',
    RESTORED: 'Your order is as it was before.',
    UNKNOWN: 'It is not known yet whether your order was changed.',
  },
  undone: 'This was not done; the order may have changed in other ways meanwhile.',
  payments: {
    DECLINED: 'The payment was declined.',
    INCREASE_REFUSED: 'The payment provider did not allow the order to grow. Place a new order for this item.',
    CONFIRMATION_NEEDED: 'The payment must be confirmed by the buyer.',
    METHOD_NOT_SUPPORTED: 'The payment method of this order cannot be charged again.',
    UNKNOWN: 'The payment failed.',
  },
  unpaidItem: 'The item is on the order, and its payment failed.',
  providerFailed: 'The shop could not do this.',
  outcomeUnknown: 'It is not known yet whether this was done. Do not order it again; the answer will show here.',
  outcomeNotTold: 'Whether this was done cannot be told. Look at your other orders before you order it again.',
  stillRunning: 'Your first request is still being worked on.',
  cannotBeDone: 'This cannot be done for this order.',
  cannotBeAdded: 'This cannot be added to the order.',
  duplicateItem: 'This item is on the order already.',
  targetElsewhere: 'The shop could only use another order.',
  targetMoved: 'The shop put the item on another order than the one asked for.',
  targetMovedBack: 'The shop could only use another order, so the item was taken back off.',
  priceUnknown: 'The shop does not say beforehand what this will cost, so the agreed limit cannot be kept.',
  priceAbove: (found, allowed) => `This would cost ${found}, more than the ${allowed} agreed to.`,
};
