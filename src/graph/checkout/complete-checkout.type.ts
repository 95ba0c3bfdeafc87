import { Allow } from 'class-validator';
import { Field, InputType, ObjectType } from 'type-graphql';
import { AnswerWithin } from '../input/answer-within.js';
import { IsIdempotencyKey, IsText } from '../input/rules.js';
import { OperationPayload } from '../operation/operation-payload.type.js';
import { JsonValue } from '../scalars.js';

@InputType('CompleteCheckoutInput', {
  description:
    'Confirms the payment of a checkout. Use it instead of the call of the provider, so that items can be added afterwards.',
})
export class CompleteCheckoutInput {
  @IsIdempotencyKey()
  @Field(() => String, {
    description: 'Made once per payment attempt of the shopper, kept across retries; 16 to 128 characters.',
  })
  readonly idempotencyKey!: string;

  @AnswerWithin()
  readonly answerWithin?: number | null;

  @IsText()
  @Field(() => String, { description: 'Key of the provider account.' })
  readonly accountKey!: string;

  @IsText()
  @Field(() => String, { description: "The provider's checkout or selection." })
  readonly providerCheckoutId!: string;

  @Allow()
  @Field(() => JsonValue, { description: 'The fields the payment page handed back, unchanged. They are not stored.' })
  readonly paymentFields!: unknown;
}

@ObjectType('CompleteCheckoutPayload', {
  description:
    'What became of finishing a checkout. `errors` may hold CapabilityMissingError, IdempotencyConflictError, NotEligibleError, NotFoundError, NotPermittedError, OutcomeUnknownError, PaymentError, ProviderError and ValidationError.',
  implements: OperationPayload,
  simpleResolvers: true,
})
export class CompleteCheckoutPayload extends OperationPayload {}
