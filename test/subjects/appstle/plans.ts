import { add, changed, gone, last, moving, type PlanShape, step } from '../../operations/outcome/plan-shapes.js';

/** Every shape of plan that its writers make. */
export const plans: readonly PlanShape[] = [
  { name: 'add', ...moving, steps: [step('add_item', add())] },
  { name: 'subscribe', ...moving, steps: [step('add_line', add({ recurring: true }))] },
  {
    name: 'change',
    ...moving,
    steps: [step('remove_item', gone), step('add_item', changed)],
  },
  {
    name: 'convert',
    ...moving,
    steps: [step('add_line', add({ recurring: true })), last('remove_item', gone)],
  },
  { name: 'remove', ...moving, steps: [step('remove_item', gone)] },
];
