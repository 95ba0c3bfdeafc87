import { Field, ObjectType } from 'type-graphql';
import type { ActionAvailability, EligibilityVerdict } from '../../domain/eligibility.js';
import { defineEnum } from '../enum-type.js';
import { EligibilityReasonType } from './eligibility-reason.type.js';

export const EligibilityVerdictEnum = defineEnum<EligibilityVerdict>(
  'EligibilityVerdict',
  'Whether something can be done. Treat a value you do not know like UNKNOWN.',
  {
    ELIGIBLE: 'It can be done.',
    CONDITIONAL: 'Possible, but a later condition may refuse it (a credit check at payment).',
    INELIGIBLE: 'It cannot be done.',
    UNKNOWN: 'Cannot be known without trying; never show as yes.',
  },
);

@ObjectType('ActionAvailability', {
  description: 'Whether something can be done to a line, and why not.',
  simpleResolvers: true,
})
export class ActionAvailabilityType implements ActionAvailability {
  @Field(() => EligibilityVerdictEnum, { description: 'Whether it can be done.' })
  readonly verdict!: ActionAvailability['verdict'];

  @Field(() => [EligibilityReasonType], { description: 'Blocking ones first; empty only for ELIGIBLE.' })
  readonly reasons!: ActionAvailability['reasons'];
}
