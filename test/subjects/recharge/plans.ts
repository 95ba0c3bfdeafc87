import {
  add,
  changed,
  gone,
  last,
  moving,
  type PlanShape,
  step,
  upcoming,
} from '../../operations/outcome/plan-shapes.js';

/** Every shape of plan that its writers make. */
export const plans: readonly PlanShape[] = [
  { name: 'add', ...moving, steps: [step('add_item', add({ mark: 'operation-1' }))] },
  {
    name: 'subscribe',
    ...moving,
    steps: [
      step('add_subscription', add({ recurring: true, frequency: { every: 1, unit: 'MONTH' }, mark: 'operation-1' })),
    ],
  },
  { name: 'change', ...upcoming, steps: [step('change_quantity', changed)] },
  {
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
  { name: 'remove', ...upcoming, steps: [step('remove_item', gone)] },
];
