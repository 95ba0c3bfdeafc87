import { Field, ObjectType } from 'type-graphql';
import type { Dunning } from '../../domain/subscription.js';
import { PaymentFailureReasonEnum } from '../errors/refusal.type.js';
import { DateTime } from '../scalars.js';

@ObjectType('Dunning', {
  description: 'A payment failed and is tried again; UNKNOWN also stands for what else keeps the next order back.',
  simpleResolvers: true,
})
export class DunningType implements Dunning {
  @Field(() => PaymentFailureReasonEnum, { description: 'Why it failed.' })
  readonly reason!: Dunning['reason'];

  @Field(() => DateTime, { nullable: true, description: 'When it is tried again, where the provider says so.' })
  readonly nextAttemptAt!: Dunning['nextAttemptAt'];

  @Field(() => DateTime, { nullable: true, description: 'When it is given up, where the provider says so.' })
  readonly endsAt!: Dunning['endsAt'];
}
