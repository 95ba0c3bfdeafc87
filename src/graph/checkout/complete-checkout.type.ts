import { Allow } from 'class-validator';
import { Field, InputType, ObjectType } from 'type-graphql';
import type { Refusal } from '../../domain/refusal.js';
import { UpsellErrorType } from '../errors/upsell-error.type.js';
import { IsText } from '../input/rules.js';
import { OrderType } from '../order/order.type.js';
import type { Order } from '../../domain/order.js';
import { JsonValue } from '../scalars.js';

@InputType('CompleteCheckoutInput', {
  description: "Finishes a checkout through this layer, so that the answer's upsell terms are known and timed.",
})
export class CompleteCheckoutInput {
  @IsText()
  @Field(() => String, { description: 'Key of the provider account.' })
  readonly accountKey!: string;

  @IsText()
  @Field(() => String, { description: "The provider's checkout or selection." })
  readonly providerCheckoutId!: string;

  @Allow()
  @Field(() => JsonValue, { description: 'What the payment page returned, passed on unchanged.' })
  readonly paymentFields!: unknown;
}

@ObjectType('CompleteCheckoutPayload', { description: 'The finished checkout.', simpleResolvers: true })
export class CompleteCheckoutPayload {
  @Field(() => OrderType, {
    nullable: true,
    description: 'The order, open for extra items; null when it was not finished.',
  })
  readonly order!: Order | null;

  @Field(() => [UpsellErrorType], { description: 'Why it was not finished.' })
  readonly errors!: readonly Refusal[];
}
