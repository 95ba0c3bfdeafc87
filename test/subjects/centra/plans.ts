import { add, placed, type PlanShape, step, subscribe } from '../../operations/outcome/plan-shapes.js';

/** Every shape of plan that its writers make. */
export const plans: readonly PlanShape[] = [
  {
    name: 'add two',
    ...placed,
    steps: [
      step('add_item', add({ quantity: 1, mark: 'item-1' })),
      step('add_item_2', add({ quantity: 1, mark: 'item-1' })),
    ],
  },
  { name: 'convert', ...placed, steps: [step('create_subscription', subscribe('contract item', 2))] },
];
