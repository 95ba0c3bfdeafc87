import type { OrderStatus } from '../../domain/order.js';
import type { FrequencyUnit } from '../../domain/subscription.js';
import { surprise } from '../kit/surprises.js';

export const UNSENT = 1;
export const MERGED = 17;

/** Maps the status code of an order. See https://developer.ordergroove.com/reference/order-status-codes */
export function toOrderStatus(code: number): OrderStatus {
  switch (code) {
    case UNSENT:
      return 'SCHEDULED';
    case 6: // SEND_NOW
    case 9: // PENDING_BATCH_RESPONSE
    case 10: // PENDING_VERIFICATION
    case 11: // PENDING_PLACEMENT
      return 'PROCESSING';
    case 2: // SENT
    case 5: // SUCCESS
      return 'PLACED';
    case 3: // REJECTED
    case 12: // placement could not be prepared
    case 13: // connection error
    case 14: // unreadable response
    case 15: // GENERIC_ERROR_RESPONSE
    case 18: // CREDIT_CARD_RETRY
    case 19: // awaiting retry instructions
    case 20: // awaiting response classification
      return 'PAYMENT_FAILED';
    case 4: // CANCELLED
    case MERGED: // another order goes on in its place
      return 'CANCELLED';
    default:
      surprise('status');
      return 'UNKNOWN';
  }
}

/** https://developer.ordergroove.com/docs/data-model-at-a-glance */
const unitByPeriod: Readonly<Record<number, FrequencyUnit>> = { 1: 'DAY', 2: 'WEEK', 3: 'MONTH', 4: 'YEAR' };

const periodByUnit: Readonly<Record<FrequencyUnit, number>> = { DAY: 1, WEEK: 2, MONTH: 3, YEAR: 4 };

export function toFrequencyUnit(everyPeriod: number): FrequencyUnit | null {
  return unitByPeriod[everyPeriod] ?? null;
}

export function toEveryPeriod(unit: FrequencyUnit): number {
  return periodByUnit[unit];
}
