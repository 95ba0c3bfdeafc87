import { defineEnum } from '../enum-type.js';

const stepNames = {
  READ_TARGET: 'Reads the order before anything is sent.',
  ADD_ITEM: 'Adds a one-time item.',
  ADD_LINE: 'Adds a recurring line.',
  ADD_SUBSCRIPTION: 'Adds an item that recurs, in one call.',
  CREATE_SUBSCRIPTION: 'Makes a subscription of a line.',
  CHANGE_QUANTITY: 'Sets the quantity of a line.',
  RAISE_QUANTITY: 'Adds to the quantity of a line.',
  REPLACE_LINE: 'Puts a line in the place of another.',
  REMOVE_ITEM: 'Takes an item off.',
  REVOKE_PURCHASE: 'Ends the one-time purchase that a subscription replaces.',
  DECLINE_OFFER: 'Tells the provider that an offer is not wanted.',
  TAKE_BACK: 'Takes an item back off an order nobody asked for.',
  READ_BACK: 'Looks at the order afterwards.',
  UNKNOWN: 'A step this version of the graph has no name for.',
} as const;

export type UpsellStepName = keyof typeof stepNames;

export const UpsellStepNameEnum = defineEnum<UpsellStepName>(
  'UpsellStepName',
  'What one part of a write does.',
  stepNames,
);

/** Maps the name of a step, as providers and the ledger call it. */
export function toStepName(name: string): UpsellStepName {
  const upper = name.toUpperCase();
  return isStepName(upper) ? upper : 'UNKNOWN';
}

function isStepName(name: string): name is UpsellStepName {
  return Object.hasOwn(stepNames, name);
}
