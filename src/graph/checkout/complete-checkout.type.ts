import { Allow } from 'class-validator';
import { Field, InputType, ObjectType } from 'type-graphql';
import type { Refusal } from '../../domain/refusal.js';
import { UpsellErrorType } from '../errors/upsell-error.type.js';
import { IsText } from '../input/rules.js';
import { OrderType } from '../order/order.type.js';
import type { Order } from '../../domain/order.js';
import { JsonValue } from '../scalars.js';

@InputType('CompleteCheckoutInput', {
  description:
    'Confirms the payment of a checkout. Use it instead of the call of the provider, so that items can be added afterwards.',
})
export class CompleteCheckoutInput {
  @IsText()
  @Field(() => String, { description: 'Key of the provider account.' })
  readonly accountKey!: string;

  @IsText()
  @Field(() => String, { description: "The provider's checkout or selection." })
  readonly providerCheckoutId!: string;

  @Allow()
  @Field(() => JsonValue, { description: 'The fields the payment page handed back, unchanged.' })
  readonly paymentFields!: unknown;
}

@ObjectType('CompleteCheckoutPayload', { description: 'The finished checkout.', simpleResolvers: true })
export class CompleteCheckoutPayload {
  @Field(() => OrderType, {
    nullable: true,
    description: 'The order, open for extra items; null when it was not finished.',
  })
  readonly order!: Order | null;

  @Field(() => [UpsellErrorType], {
    description:
      'Why it was not finished. May hold CapabilityMissingError, NotFoundError, NotPermittedError, PaymentError, ProviderError and ValidationError.',
  })
  readonly errors!: readonly Refusal[];
}
