import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { AnswerWithin } from '../input/answer-within.js';
import { IsForOrder, IsIdempotencyKey, IsIdOf, IsOfferId, IsSameAccountAs } from '../input/rules.js';
import { OperationPayload } from '../operation/operation-payload.type.js';

@InputType('DeclineUpsellOfferInput', { description: 'An offer the shopper does not want.' })
export class DeclineUpsellOfferInput {
  @IsIdempotencyKey()
  @Field(() => String, {
    description: 'Made once per shopper decision, kept across retries and page loads; 16 to 128 characters.',
  })
  readonly idempotencyKey!: string;

  @AnswerWithin()
  readonly answerWithin?: number | null;

  @IsIdOf('Order')
  @Field(() => ID, { description: 'The order the offer is for.' })
  readonly orderId!: string;

  @IsOfferId()
  @IsSameAccountAs('orderId')
  @IsForOrder('orderId')
  @Field(() => ID, { description: 'The offer.' })
  readonly offerId!: string;
}

@ObjectType('DeclineUpsellOfferPayload', {
  description:
    'What became of declining an offer. `errors` may hold CapabilityMissingError, IdempotencyConflictError, NotEligibleError, NotFoundError, NotPermittedError, OutcomeUnknownError, ProviderError, ValidationError.',
  implements: OperationPayload,
  simpleResolvers: true,
})
export class DeclineUpsellOfferPayload extends OperationPayload {}
