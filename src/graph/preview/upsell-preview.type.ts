import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { PreviewFidelity, UpsellPreview } from '../../domain/preview.js';
import type { GlobalId } from '../../domain/reference.js';
import { UpsellEligibilityType } from '../eligibility/upsell-eligibility.type.js';
import { defineEnum } from '../enum-type.js';
import { MoneyType } from '../money/money.type.js';
import { OrderType } from '../order/order.type.js';
import { ProductType } from '../product/product.type.js';
import { DateTime } from '../scalars.js';
import { SubscriptionTermsType } from '../subscription/subscription-terms.type.js';
import { ChargePlanType } from './charge-plan.type.js';

export const PreviewFidelityEnum = defineEnum<PreviewFidelity>('PreviewFidelity', 'How far a preview can be trusted.', {
  PROVIDER_COMPUTED: 'By the provider, with the code that also does the write.',
  ESTIMATED: 'From prices the provider stated; taxes and discounts may differ.',
  UNAVAILABLE: 'Nothing is known.',
});

@ObjectType('UpsellPreview', { description: 'What would change; nothing is saved or charged.', simpleResolvers: true })
export class UpsellPreviewType implements UpsellPreview {
  @Field(() => ID, {
    description:
      'Send as `guards.previewId` to bind the write to what the shopper saw. A guard for honest clients: it is not signed.',
  })
  readonly id!: GlobalId;

  @Field(() => OrderType, { description: 'The order the item would be added to.' })
  readonly order!: UpsellPreview['order'];

  @Field(() => ProductType, { description: 'What would be added.' })
  readonly product!: UpsellPreview['product'];

  @Field(() => Int, { description: 'How many.' })
  readonly quantity!: UpsellPreview['quantity'];

  @Field(() => MoneyType, { nullable: true, description: 'What the new line would cost.' })
  readonly lineTotal!: UpsellPreview['lineTotal'];

  @Field(() => MoneyType, { nullable: true, description: 'Reductions on the new line, positive.' })
  readonly lineDiscount!: UpsellPreview['lineDiscount'];

  @Field(() => MoneyType, {
    nullable: true,
    description: 'Surcharges of the new line (a setup fee), positive, apart from reductions.',
  })
  readonly lineFees!: UpsellPreview['lineFees'];

  @Field(() => MoneyType, { nullable: true, description: 'What the whole order would cost.' })
  readonly orderTotalAfter!: UpsellPreview['orderTotalAfter'];

  @Field(() => ChargePlanType, { description: 'What the shopper would pay more, and when.' })
  readonly charge!: UpsellPreview['charge'];

  @Field(() => SubscriptionTermsType, {
    nullable: true,
    description: 'What the shopper agrees to beyond today; null for a one-time item.',
  })
  readonly terms!: UpsellPreview['terms'];

  @Field(() => PreviewFidelityEnum, { description: 'How far the amounts can be trusted.' })
  readonly fidelity!: UpsellPreview['fidelity'];

  @Field(() => UpsellEligibilityType, { description: 'Whether it may be added, and why.' })
  readonly eligibility!: UpsellPreview['eligibility'];

  @Field(() => DateTime, { description: 'Until when a write can be bound to it.' })
  readonly expiresAt!: Date;
}
