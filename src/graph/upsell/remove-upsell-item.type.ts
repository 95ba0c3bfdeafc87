import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { AnswerWithin } from '../input/answer-within.js';
import { IsIdempotencyKey, IsIdOf } from '../input/rules.js';
import { OperationPayload } from '../operation/operation-payload.type.js';

@InputType('RemoveUpsellItemInput', { description: 'An added item to take off again.' })
export class RemoveUpsellItemInput {
  @IsIdempotencyKey()
  @Field(() => String, {
    description: 'Made once per shopper decision, kept across retries and page loads; 16 to 128 characters.',
  })
  readonly idempotencyKey!: string;

  @AnswerWithin()
  readonly answerWithin?: number | null;

  @IsIdOf('LineItem')
  @Field(() => ID, { description: 'The line to take off.' })
  readonly lineItemId!: string;
}

@ObjectType('RemoveUpsellItemPayload', {
  description:
    'What became of taking an item off. `errors` may hold CapabilityMissingError, IdempotencyConflictError, NotEligibleError, NotFoundError, NotPermittedError, OutcomeUnknownError, ProviderError, ValidationError.',
  implements: OperationPayload,
  simpleResolvers: true,
})
export class RemoveUpsellItemPayload extends OperationPayload {}
