import {
  add,
  last,
  OFFER,
  placed,
  type PlanShape,
  PURCHASE,
  step,
  subscribe,
} from '../../operations/outcome/plan-shapes.js';

/** Every shape of plan that its writers make. */
export const plans: readonly PlanShape[] = [
  { name: 'accept', ...placed, steps: [step('add_item', add({ mark: 'upsell-1' }))] },
  {
    name: 'accept recurring',
    ...placed,
    steps: [step('add_item', add({ mark: 'upsell-1', recurring: true }), subscribe(null))],
  },
  {
    name: 'convert',
    ...placed,
    steps: [
      step('create_subscription', subscribe('line-1')),
      last('revoke_purchase', { kind: 'fact', name: PURCHASE, value: 'revoked' }),
    ],
  },
  {
    name: 'decline',
    ...placed,
    steps: [step('decline_offer', { kind: 'fact', name: OFFER, value: 'not offered' })],
  },
];
