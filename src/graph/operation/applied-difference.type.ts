import { Field, ObjectType } from 'type-graphql';
import type { AppliedDifference } from '../../domain/operation.js';

@ObjectType('AppliedDifference', {
  description: 'Something the provider did otherwise than asked.',
  simpleResolvers: true,
})
export class AppliedDifferenceType implements AppliedDifference {
  @Field(() => String, { description: 'What differs, e.g. `quantity`.' })
  readonly field!: AppliedDifference['field'];

  @Field(() => String, { nullable: true, description: 'What was asked for.' })
  readonly requested!: AppliedDifference['requested'];

  @Field(() => String, { nullable: true, description: 'What the provider shows.' })
  readonly applied!: AppliedDifference['applied'];

  @Field(() => Boolean, { description: 'Money, target order or payment method differ.' })
  readonly critical!: AppliedDifference['critical'];
}
