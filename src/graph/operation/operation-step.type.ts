import { Field, Int, ObjectType } from 'type-graphql';
import type { OperationStep, StepOutcome } from '../../domain/operation.js';
import { ForStaff } from '../staff-only.js';
import { defineEnum } from '../enum-type.js';
import { ProviderProblemType } from '../provider-account/provider-problem.type.js';
import { DateTime } from '../scalars.js';

export const StepOutcomeEnum = defineEnum<StepOutcome>('UpsellStepOutcome', 'What became of a step.', {
  DONE: 'It did what it should.',
  FAILED: 'It did not, and nothing changed.',
  UNKNOWN: 'No answer tells what it did.',
  REVERTED_BY_PROVIDER: 'The provider put it back.',
  COMPENSATED: 'This layer put it back.',
});

@ObjectType('UpsellOperationStep', { description: 'One part of a write.', simpleResolvers: true })
export class OperationStepType implements Omit<OperationStep, 'name'> {
  @Field(() => StepOutcomeEnum, { description: 'What became of it.' })
  readonly outcome!: OperationStep['outcome'];

  @Field(() => DateTime, { description: 'When it began.' })
  readonly startedAt!: OperationStep['startedAt'];

  @Field(() => Int, { nullable: true, description: 'Milliseconds it took; null while it runs.' })
  readonly durationMs!: OperationStep['durationMs'];

  @ForStaff()
  @Field(() => Int, { description: 'How often it was sent; more than once only where that is safe.' })
  readonly attempts!: OperationStep['attempts'];

  @Field(() => ProviderProblemType, { nullable: true, description: 'What went wrong at the provider.' })
  readonly problem!: OperationStep['problem'];
}
