import {
  add,
  changed,
  gone,
  moving,
  movingUnread,
  type PlanShape,
  recurs,
  step,
  upcoming,
} from '../../operations/outcome/plan-shapes.js';

/** Every shape of plan that its writers make. */
export const plans: readonly PlanShape[] = [
  { name: 'add', ...movingUnread, steps: [step('add_item', add({ stays: true }))] },
  {
    name: 'subscribe',
    ...moving,
    steps: [step('add_subscription', add({ recurring: true }))],
  },
  {
    name: 'add, then subscribe',
    ...moving,
    steps: [step('add_item', add({ stays: true })), step('create_subscription', { ...recurs, lineItemKey: null })],
  },
  { name: 'convert', ...upcoming, steps: [step('create_subscription', recurs)] },
  { name: 'change', ...upcoming, steps: [step('change_quantity', changed)] },
  { name: 'remove', ...upcoming, steps: [step('remove_item', gone)] },
];
