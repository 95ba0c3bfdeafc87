import { Field, ObjectType } from 'type-graphql';
import type { OperationEvent, OperationEventCause } from '../../domain/operation.js';
import { defineEnum } from '../enum-type.js';
import { DateTime } from '../scalars.js';
import { KnownEffectEnum } from './known-effect.type.js';
import { OperationStatusEnum } from './operation-status.type.js';

export const OperationEventCauseEnum = defineEnum<OperationEventCause>(
  'UpsellOperationEventCause',
  'What led to a transition. Treat a value you do not know like RECOVERY.',
  {
    REQUEST: 'The request itself.',
    RECOVERY: 'A later look at an open write.',
    WEBHOOK: 'A look after the provider reported a change.',
    OPERATOR: 'A person.',
  },
);

@ObjectType('UpsellOperationEvent', { description: 'One transition of a write.', simpleResolvers: true })
export class OperationEventType implements OperationEvent {
  @Field(() => DateTime, { description: 'When it was recorded.' })
  readonly at!: OperationEvent['at'];

  @Field(() => OperationStatusEnum, { description: 'The status from then on.' })
  readonly status!: OperationEvent['status'];

  @Field(() => KnownEffectEnum, { description: 'What was proven from then on.' })
  readonly effect!: OperationEvent['effect'];

  @Field(() => String, { nullable: true, description: 'The part of the write that led to it; null when none did.' })
  readonly step!: OperationEvent['step'];

  @Field(() => OperationEventCauseEnum, { description: 'What led to it.' })
  readonly cause!: OperationEvent['cause'];
}
