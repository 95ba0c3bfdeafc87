import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { AnswerWithin } from '../input/answer-within.js';
import { IsIdempotencyKey, IsIdOf, IsNested, IsOfferId, IsSameAccountAs, IsWhenGiven } from '../input/rules.js';
import { WriteGuardsInput } from '../input/write-guards-input.type.js';
import { OperationPayload } from '../operation/operation-payload.type.js';
import { SubscribeInput } from '../subscription/subscribe-input.type.js';

@InputType('ConvertToSubscriptionInput', { description: 'A one-time line that shall recur.' })
export class ConvertToSubscriptionInput {
  @IsIdempotencyKey()
  @Field(() => String, {
    description: 'Made once per shopper decision, kept across retries and page loads; 16 to 128 characters.',
  })
  readonly idempotencyKey!: string;

  @AnswerWithin()
  readonly answerWithin?: number | null;

  @IsIdOf('LineItem')
  @Field(() => ID, { description: 'A one-time line.' })
  readonly lineItemId!: string;

  @IsNested()
  @Field(() => SubscribeInput, {
    defaultValue: {},
    description: 'How it shall recur; as the plan has it when left out.',
  })
  readonly subscribe!: SubscribeInput;

  @IsWhenGiven()
  @IsOfferId()
  @IsSameAccountAs('lineItemId')
  @Field(() => ID, { nullable: true, description: 'The offer to convert under; null leaves it to the provider.' })
  readonly offerId?: string | null;

  @IsNested()
  @Field(() => WriteGuardsInput, { nullable: true, description: 'Conditions under which it is refused.' })
  readonly guards?: WriteGuardsInput | null;
}

@ObjectType('ConvertToSubscriptionPayload', {
  description:
    'What became of making a line recur. `errors` may hold CapabilityMissingError, IdempotencyConflictError, NotEligibleError, NotFoundError, NotPermittedError, OutcomeUnknownError, PaymentError, PriceGuardError, ProviderError, ValidationError.',
  implements: OperationPayload,
  simpleResolvers: true,
})
export class ConvertToSubscriptionPayload extends OperationPayload {}
