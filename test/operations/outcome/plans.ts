import type { ProviderKey } from '../../../src/domain/account.js';
import type { Expected, PlannedStep } from '../../../src/domain/write.js';

/** A write as one provider plans it. */
export interface Plan {
  readonly provider: ProviderKey;
  readonly name: string;
  readonly kind: 'UPCOMING' | 'POST_PURCHASE';
  /** The provider may put an item on another order. */
  readonly moves: boolean;
  readonly steps: readonly PlannedStep[];
}

export const PRODUCT = 'product-1';
/** The line that is changed, removed or converted; it is on every order. */
export const LINE = 'line-own';
export const OFFER = 'offer:1';
export const PURCHASE = 'purchase:1';

const add = (more: Partial<Extract<Expected, { kind: 'line_added' }>> = {}): Expected => ({
  kind: 'line_added',
  productId: PRODUCT,
  quantity: 2,
  recurring: false,
  mark: null,
  ...more,
});
const subscribe = (mark: string | null, quantity: number | null = null): Expected => ({
  kind: 'subscription_made',
  productId: PRODUCT,
  quantity,
  frequency: { every: 4, unit: 'WEEK' },
  mark,
});
const gone: Expected = { kind: 'line_gone', lineItemKey: LINE };
const changed: Expected = { kind: 'line_changed', lineItemKey: LINE, quantity: 5 };
const recurs: Extract<Expected, { kind: 'line_recurs' }> = { kind: 'line_recurs', lineItemKey: LINE, frequency: null };
const step = (name: string, ...expects: readonly Expected[]): PlannedStep => ({ name, expects });
const last = (name: string, ...expects: readonly Expected[]): PlannedStep => ({ name, expects, takesAway: true });

const upcoming = { kind: 'UPCOMING', moves: false } as const;
const placed = { kind: 'POST_PURCHASE', moves: false } as const;
const moving = { kind: 'UPCOMING', moves: true } as const;

/** Every shape of plan that the providers' writers make. */
export const plans: readonly Plan[] = [
  { provider: 'ORDERGROOVE', name: 'add', ...upcoming, steps: [step('add_item', add())] },
  {
    provider: 'ORDERGROOVE',
    name: 'subscribe',
    ...moving,
    steps: [step('add_subscription', add({ recurring: true }))],
  },
  {
    provider: 'ORDERGROOVE',
    name: 'add, then subscribe',
    ...moving,
    steps: [step('add_item', add({ stays: true })), step('create_subscription', { ...recurs, lineItemKey: null })],
  },
  { provider: 'ORDERGROOVE', name: 'convert', ...upcoming, steps: [step('create_subscription', recurs)] },
  { provider: 'ORDERGROOVE', name: 'change', ...upcoming, steps: [step('change_quantity', changed)] },
  { provider: 'ORDERGROOVE', name: 'remove', ...upcoming, steps: [step('remove_item', gone)] },
  { provider: 'SURECART', name: 'accept', ...placed, steps: [step('add_item', add({ mark: 'upsell-1' }))] },
  {
    provider: 'SURECART',
    name: 'accept recurring',
    ...placed,
    steps: [step('add_item', add({ mark: 'upsell-1', recurring: true }), subscribe(null))],
  },
  {
    provider: 'SURECART',
    name: 'convert',
    ...placed,
    steps: [
      step('create_subscription', subscribe('line-1')),
      last('revoke_purchase', { kind: 'fact', name: PURCHASE, value: 'revoked' }),
    ],
  },
  {
    provider: 'SURECART',
    name: 'decline',
    ...placed,
    steps: [step('decline_offer', { kind: 'fact', name: OFFER, value: 'not offered' })],
  },
  {
    provider: 'CENTRA',
    name: 'add two',
    ...placed,
    steps: [
      step('add_item', add({ quantity: 1, mark: 'item-1' })),
      step('add_item_2', add({ quantity: 1, mark: 'item-1' })),
    ],
  },
  {
    provider: 'CENTRA',
    name: 'convert',
    ...placed,
    steps: [step('create_subscription', subscribe('contract item', 2))],
  },
  { provider: 'APPSTLE', name: 'add', ...moving, steps: [step('add_item', add())] },
  { provider: 'APPSTLE', name: 'subscribe', ...moving, steps: [step('add_line', add({ recurring: true }))] },
  {
    provider: 'APPSTLE',
    name: 'change',
    ...moving,
    steps: [step('remove_item', gone), step('add_item', changed)],
  },
  {
    provider: 'APPSTLE',
    name: 'convert',
    ...moving,
    steps: [step('add_line', add({ recurring: true })), last('remove_item', gone)],
  },
  { provider: 'APPSTLE', name: 'remove', ...moving, steps: [step('remove_item', gone)] },
  { provider: 'RECHARGE', name: 'add', ...moving, steps: [step('add_item', add({ mark: 'operation-1' }))] },
  {
    provider: 'RECHARGE',
    name: 'subscribe',
    ...moving,
    steps: [
      step('add_subscription', add({ recurring: true, frequency: { every: 1, unit: 'MONTH' }, mark: 'operation-1' })),
    ],
  },
  { provider: 'RECHARGE', name: 'change', ...upcoming, steps: [step('change_quantity', changed)] },
  {
    provider: 'RECHARGE',
    name: 'convert',
    ...moving,
    steps: [
      step(
        'create_subscription',
        add({ recurring: true, frequency: { every: 1, unit: 'MONTH' }, mark: 'operation-1' }),
      ),
      last('remove_item', gone),
    ],
  },
  { provider: 'RECHARGE', name: 'remove', ...upcoming, steps: [step('remove_item', gone)] },
];
