import { Field, ObjectType } from 'type-graphql';
import type { AppliedDifference } from '../../domain/operation.js';
import { defineEnum } from '../enum-type.js';

const changedFields = {
  ORDER: 'The order it is on.',
  LINES: 'How many lines were added.',
  PRODUCT: 'The product.',
  QUANTITY: 'The quantity.',
  FREQUENCY: 'How often it recurs.',
  INCREASE: 'By how much the order grew.',
  OTHER_LINES: 'A line that was there before, or that nobody asked for.',
  SUBSCRIPTION: 'The state of the subscription.',
  PAYMENT: 'The payment of the order.',
  STATUS: 'The state of the order.',
  UNKNOWN: 'Something this version of the graph has no name for.',
} as const;

export type ChangedField = keyof typeof changedFields;

export const ChangedFieldEnum = defineEnum<ChangedField>(
  'ChangedField',
  'What the provider did otherwise.',
  changedFields,
);

/** Maps the field of a difference, as the ledger calls it. */
export function toChangedField(field: string): ChangedField {
  const upper = field.toUpperCase();
  return isChangedField(upper) ? upper : 'UNKNOWN';
}

function isChangedField(field: string): field is ChangedField {
  return Object.hasOwn(changedFields, field);
}

@ObjectType('AppliedDifference', {
  description: 'Something the provider did otherwise than asked.',
  simpleResolvers: true,
})
export class AppliedDifferenceType implements Omit<AppliedDifference, 'field'> {
  @Field(() => String, { nullable: true, description: 'What was asked for.' })
  readonly requested!: AppliedDifference['requested'];

  @Field(() => String, { nullable: true, description: 'What the provider shows.' })
  readonly applied!: AppliedDifference['applied'];

  @Field(() => Boolean, { description: 'Money, target order or payment method differ.' })
  readonly critical!: AppliedDifference['critical'];
}
