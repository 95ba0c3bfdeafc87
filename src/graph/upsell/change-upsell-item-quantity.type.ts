import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { AnswerWithin } from '../input/answer-within.js';
import { IsIdempotencyKey, IsIdOf, IsNested, IsQuantity } from '../input/rules.js';
import { WriteGuardsInput } from '../input/write-guards-input.type.js';
import { OperationPayload } from '../operation/operation-payload.type.js';

@InputType('ChangeUpsellItemQuantityInput', { description: 'Another quantity of an added item.' })
export class ChangeUpsellItemQuantityInput {
  @IsIdempotencyKey()
  @Field(() => String, {
    description: 'Made once per shopper decision, kept across retries and page loads; 16 to 128 characters.',
  })
  readonly idempotencyKey!: string;

  @AnswerWithin()
  readonly answerWithin?: number | null;

  @IsIdOf('LineItem')
  @Field(() => ID, { description: 'The line to change.' })
  readonly lineItemId!: string;

  @IsQuantity()
  @Field(() => Int, { description: 'The final number, 1 to 999.' })
  readonly quantity!: number;

  @IsNested()
  @Field(() => WriteGuardsInput, { nullable: true, description: 'Conditions under which it is refused.' })
  readonly guards?: WriteGuardsInput | null;
}

@ObjectType('ChangeUpsellItemQuantityPayload', {
  description:
    'What became of changing a quantity. `errors` may hold CapabilityMissingError, IdempotencyConflictError, NotEligibleError, NotFoundError, NotPermittedError, OutcomeUnknownError, PriceGuardError, ProviderError, ValidationError.',
  implements: OperationPayload,
  simpleResolvers: true,
})
export class ChangeUpsellItemQuantityPayload extends OperationPayload {}
