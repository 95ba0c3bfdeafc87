import { Field, ObjectType } from 'type-graphql';
import type { PendingChange, PendingChangeKind } from '../../domain/subscription.js';
import { defineEnum } from '../enum-type.js';
import { ScheduledMomentType } from '../moment/scheduled-moment.type.js';

export const PendingChangeKindEnum = defineEnum<PendingChangeKind>(
  'PendingChangeKind',
  'What a change of a subscription will do. Treat a value you do not know like UNKNOWN.',
  {
    CANCELLATION: 'It ends.',
    PAUSE: 'It delivers nothing for a while.',
    PLAN: 'Something else, another quantity, or at another price.',
    UNKNOWN: 'The provider announces something that is not known here.',
  },
);

@ObjectType('PendingChange', {
  description: 'A change of a subscription that is on record and not in force yet.',
  simpleResolvers: true,
})
export class PendingChangeType implements PendingChange {
  @Field(() => PendingChangeKindEnum, { description: 'What it will do.' })
  readonly kind!: PendingChange['kind'];

  @Field(() => ScheduledMomentType, { nullable: true, description: 'When it takes effect.' })
  readonly effectiveAt!: PendingChange['effectiveAt'];
}
