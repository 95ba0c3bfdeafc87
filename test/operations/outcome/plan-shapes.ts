import type { Expected, PlannedStep } from '../../../src/domain/write.js';

/** A write as a provider plans it. */
export interface PlanShape {
  readonly name: string;
  readonly kind: 'UPCOMING' | 'POST_PURCHASE';
  /** The provider may put an item on another order. */
  readonly moves: boolean;
  /** Other orders are read only once an answer is lost, or names one. */
  readonly readsOthersLate?: true;
  readonly steps: readonly PlannedStep[];
}

export const PRODUCT = 'product-1';
/** The line that is changed, removed or converted; it is on every order. */
export const LINE = 'line-own';
export const OFFER = 'offer:1';
export const PURCHASE = 'purchase:1';

export const add = (more: Partial<Extract<Expected, { kind: 'line_added' }>> = {}): Expected => ({
  kind: 'line_added',
  productId: PRODUCT,
  quantity: 2,
  recurring: false,
  mark: null,
  ...more,
});
export const subscribe = (mark: string | null, quantity: number | null = null): Expected => ({
  kind: 'subscription_made',
  productId: PRODUCT,
  quantity,
  frequency: { every: 4, unit: 'WEEK' },
  mark,
});
export const gone: Expected = { kind: 'line_gone', lineItemKey: LINE };
export const changed: Expected = { kind: 'line_changed', lineItemKey: LINE, quantity: 5 };
export const recurs: Extract<Expected, { kind: 'line_recurs' }> = {
  kind: 'line_recurs',
  lineItemKey: LINE,
  frequency: null,
};
export const step = (name: string, ...expects: readonly Expected[]): PlannedStep => ({ name, expects });
export const last = (name: string, ...expects: readonly Expected[]): PlannedStep => ({
  name,
  expects,
  takesAway: true,
});

export const upcoming = { kind: 'UPCOMING', moves: false } as const;
export const placed = { kind: 'POST_PURCHASE', moves: false } as const;
export const moving = { kind: 'UPCOMING', moves: true } as const;
export const movingUnread = { ...moving, readsOthersLate: true } as const;
