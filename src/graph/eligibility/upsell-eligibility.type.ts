import { Field, Int, ObjectType } from 'type-graphql';
import type { EligibilityBasis, UpsellEligibility } from '../../domain/eligibility.js';
import { defineEnum } from '../enum-type.js';
import { PurchaseModeEnum } from '../line-item/line-item.type.js';
import { OrderType } from '../order/order.type.js';
import { ProductType } from '../product/product.type.js';
import { DateTime } from '../scalars.js';
import { UpsellWindowType } from '../window/upsell-window.type.js';
import { EligibilityVerdictEnum } from './action-availability.type.js';
import { EligibilityReasonType } from './eligibility-reason.type.js';

export const EligibilityBasisEnum = defineEnum<EligibilityBasis>('EligibilityBasis', 'What an answer rests on.', {
  PROVIDER_STATED: 'The provider says so.',
  PROVIDER_DRY_RUN: 'The provider tried it without saving.',
  RULES: 'Documented rules applied to what the provider states.',
  NONE: 'Nothing is known.',
});

@ObjectType('UpsellEligibility', { description: 'Whether an item may be added, and why.', simpleResolvers: true })
export class UpsellEligibilityType implements UpsellEligibility {
  @Field(() => OrderType, { description: 'The order asked about.' })
  readonly order!: UpsellEligibility['order'];

  @Field(() => ProductType, { nullable: true, description: 'The product asked about; null for the order as a whole.' })
  readonly product!: UpsellEligibility['product'];

  @Field(() => Int, { description: 'The quantity asked about.' })
  readonly quantity!: UpsellEligibility['quantity'];

  @Field(() => PurchaseModeEnum, { description: 'The mode asked about.' })
  readonly purchaseMode!: UpsellEligibility['purchaseMode'];

  @Field(() => EligibilityVerdictEnum, { description: 'Whether it may be added.' })
  readonly verdict!: UpsellEligibility['verdict'];

  @Field(() => [EligibilityReasonType], { description: 'Blocking ones first; empty only for ELIGIBLE.' })
  readonly reasons!: UpsellEligibility['reasons'];

  @Field(() => [PurchaseModeEnum], { description: 'Modes possible instead; none while something is not known.' })
  readonly possibleModes!: UpsellEligibility['possibleModes'];

  @Field(() => UpsellWindowType, { description: 'Until when this holds at most.' })
  readonly window!: UpsellEligibility['window'];

  @Field(() => EligibilityBasisEnum, { description: 'What the answer rests on.' })
  readonly basis!: UpsellEligibility['basis'];

  @Field(() => DateTime, { description: 'When the provider was asked.' })
  readonly checkedAt!: UpsellEligibility['checkedAt'];
}
