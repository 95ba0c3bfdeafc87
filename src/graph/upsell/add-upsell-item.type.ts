import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { defineEnum } from '../enum-type.js';
import { AnswerWithin } from '../input/answer-within.js';
import { IsForOrder, IsIdempotencyKey, IsIdOf, IsNested, IsQuantity, IsSameAccountAs } from '../input/rules.js';
import { UpsellItemInput } from '../input/upsell-item-input.type.js';
import { WriteGuardsInput } from '../input/write-guards-input.type.js';
import { OperationPayload } from '../operation/operation-payload.type.js';
import { SubscribeInput } from '../subscription/subscribe-input.type.js';

export type IfPresent = 'REJECT' | 'ADD';

export const IfPresentEnum = defineEnum<IfPresent>(
  'IfPresent',
  'What to do when the product is on the order already.',
  {
    REJECT: 'DuplicateItemError when the product is already a one-time item of the order.',
    ADD: 'A second line, or more units, as the provider does it.',
  },
);

@InputType('AddUpsellItemInput', { description: 'One more thing for an order that exists.' })
export class AddUpsellItemInput {
  @IsIdempotencyKey()
  @Field(() => String, {
    description: 'Made once per shopper decision, kept across retries and page loads; 16 to 128 characters.',
  })
  readonly idempotencyKey!: string;

  @AnswerWithin()
  readonly answerWithin?: number | null;

  @IsIdOf('Order')
  @Field(() => ID, { description: 'The order to add to.' })
  readonly orderId!: string;

  @IsNested()
  @IsSameAccountAs('orderId')
  @IsForOrder('orderId')
  @Field(() => UpsellItemInput, { description: 'What to add.' })
  readonly item!: UpsellItemInput;

  @IsQuantity()
  @Field(() => Int, { defaultValue: 1, description: '1 to 999.' })
  readonly quantity!: number;

  @IsNested()
  @Field(() => SubscribeInput, {
    nullable: true,
    description: 'How often to deliver it from now on; leave out for this order only.',
  })
  readonly subscribe?: SubscribeInput | null;

  @Field(() => IfPresentEnum, {
    defaultValue: 'REJECT',
    description: 'What to do if the order has the product already.',
  })
  readonly ifPresent!: IfPresent;

  @IsNested()
  @Field(() => WriteGuardsInput, { nullable: true, description: 'Conditions under which it is refused.' })
  readonly guards?: WriteGuardsInput | null;
}

@ObjectType('AddUpsellItemPayload', {
  description:
    'What became of adding an item. `errors` may hold CapabilityMissingError, DuplicateItemError, IdempotencyConflictError, NotEligibleError, NotFoundError, NotPermittedError, OutcomeUnknownError, PaymentError, PriceGuardError, ProviderError, TargetMovedError, ValidationError.',
  implements: OperationPayload,
  simpleResolvers: true,
})
export class AddUpsellItemPayload extends OperationPayload {}
