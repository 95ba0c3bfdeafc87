import { Directive, Field, ObjectType } from 'type-graphql';
import type { FunnelStep, UpsellOffer } from '../../domain/offer.js';
import { defineEnum } from '../enum-type.js';
import { PurchaseModeEnum } from '../line-item/line-item.type.js';
import { MoneyType } from '../money/money.type.js';
import { NodeType } from '../node/node.type.js';
import { ProductType } from '../product/product.type.js';
import { Decimal } from '../scalars.js';
import { SubscriptionTermsType } from '../subscription/subscription-terms.type.js';

export const FunnelStepEnum = defineEnum<FunnelStep>('FunnelStep', 'Where an offer stands in a funnel.', {
  INITIAL: 'Shown first.',
  AFTER_ACCEPT: 'Shown after the one before was accepted.',
  AFTER_DECLINE: 'Shown after the one before was declined.',
  UNKNOWN: 'The provider says something else.',
});

@Directive('@key(fields: "id")')
@ObjectType('UpsellOffer', {
  description:
    'Something a shopper may be offered for one order. The ID is of this order: the same offer has another one elsewhere.',
  implements: NodeType,
  simpleResolvers: true,
})
export class UpsellOfferType extends NodeType implements Omit<UpsellOffer, 'ref'> {
  @Field(() => String, { description: "The provider's identifier, verbatim." })
  readonly providerId!: UpsellOffer['providerId'];

  @Field(() => ProductType, { nullable: true, description: 'Null when the offer covers any product.' })
  readonly product!: UpsellOffer['product'];

  @Field(() => String, { nullable: true, description: 'Headline to show; null when there is none.' })
  readonly title!: UpsellOffer['title'];

  @Field(() => MoneyType, {
    nullable: true,
    description: 'Of one unit, with the offer: no preview is needed to show it. Null when it is not known beforehand.',
  })
  readonly price!: UpsellOffer['price'];

  @Field(() => MoneyType, {
    nullable: true,
    description: 'Of one unit without the offer; null when that is no more, or not known.',
  })
  readonly compareAtPrice!: UpsellOffer['compareAtPrice'];

  @Field(() => MoneyType, { nullable: true, description: 'Reduction by an amount, positive.' })
  readonly amountOff!: UpsellOffer['amountOff'];

  @Field(() => Decimal, { nullable: true, description: 'Reduction by a percentage, e.g. `"10"`.' })
  readonly percentOff!: UpsellOffer['percentOff'];

  @Field(() => [PurchaseModeEnum], { description: 'How the offer may be taken.' })
  readonly purchaseModes!: UpsellOffer['purchaseModes'];

  @Field(() => SubscriptionTermsType, {
    nullable: true,
    description: 'What taking it agrees to; null when it does not recur, or the provider does not say.',
  })
  readonly terms!: UpsellOffer['terms'];

  @Field(() => FunnelStepEnum, { nullable: true, description: 'Null outside funnels.' })
  readonly funnelStep!: UpsellOffer['funnelStep'];
}
