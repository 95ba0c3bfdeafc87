import { Directive, Field, Int, ObjectType } from 'type-graphql';
import type { LineItem, LineItemOrigin } from '../../domain/line-item.js';
import type { PurchaseMode } from '../../domain/product.js';
import { ActionAvailabilityType } from '../eligibility/action-availability.type.js';
import { defineEnum } from '../enum-type.js';
import { MoneyType } from '../money/money.type.js';
import { NodeType } from '../node/node.type.js';
import { ProductType } from '../product/product.type.js';

export const PurchaseModeEnum = defineEnum<PurchaseMode>(
  'PurchaseMode',
  'Whether something is bought once or again and again. Treat a value you do not know like UNKNOWN.',
  {
    ONE_TIME: 'In this order only.',
    SUBSCRIPTION: 'Recurring.',
    UNKNOWN: 'The provider does not say, or in a word that is not documented. Nothing can be asked for in this mode.',
  },
);

export const LineItemOriginEnum = defineEnum<LineItemOrigin>('LineItemOrigin', 'How a line came onto its order.', {
  ORIGINAL: 'Bought with the order itself.',
  RECURRING: 'Put there by a subscription.',
  UPSELL: 'Added to the existing order.',
  UNKNOWN: 'The provider does not say.',
});

@Directive('@key(fields: "id")')
@ObjectType('LineItem', { description: 'One line of an order.', implements: NodeType, simpleResolvers: true })
export class LineItemType extends NodeType implements Omit<LineItem, 'ref' | 'orderRef' | 'subscriptionRef' | 'terms'> {
  @Field(() => String, { description: "The provider's identifier, verbatim." })
  readonly providerId!: LineItem['providerId'];

  @Field(() => ProductType, { description: 'What is bought.' })
  readonly product!: LineItem['product'];

  @Field(() => String, {
    nullable: true,
    description: 'As the order states it: stays when the product is no longer sold.',
  })
  readonly title!: LineItem['title'];

  @Field(() => String, { nullable: true, description: 'Size or colour, as text.' })
  readonly variantTitle!: LineItem['variantTitle'];

  @Field(() => String, { nullable: true, description: 'URL of a picture.' })
  readonly imageUrl!: LineItem['imageUrl'];

  @Field(() => Int, { description: 'How many.' })
  readonly quantity!: LineItem['quantity'];

  @Field(() => PurchaseModeEnum, { description: 'Whether it recurs.' })
  readonly purchaseMode!: LineItem['purchaseMode'];

  @Field(() => LineItemOriginEnum, { description: 'How it came onto the order.' })
  readonly origin!: LineItem['origin'];

  @Field(() => MoneyType, { nullable: true, description: 'Price of one.' })
  readonly unitPrice!: LineItem['unitPrice'];

  @Field(() => MoneyType, {
    nullable: true,
    description: 'What the whole line would cost without reductions, when the provider says so.',
  })
  readonly compareAtTotal!: LineItem['compareAtTotal'];

  @Field(() => MoneyType, { nullable: true, description: 'Reductions on the line, positive.' })
  readonly discount!: LineItem['discount'];

  @Field(() => MoneyType, {
    nullable: true,
    description: 'Surcharges of the line, positive; reductions are in `discount`.',
  })
  readonly fees!: LineItem['fees'];

  @Field(() => MoneyType, { nullable: true, description: 'Taxes of the line.' })
  readonly tax!: LineItem['tax'];

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: `unitPrice` and `total` contain the tax. False: it comes on top of `unitPrice`, and `total` has it where `tax` is stated. Null when the provider does not say.',
  })
  readonly taxIncluded!: LineItem['taxIncluded'];

  @Field(() => MoneyType, { nullable: true, description: 'What the shopper pays for the line.' })
  readonly total!: LineItem['total'];

  @Field(() => Boolean, { nullable: true, description: 'The provider refuses edits; null when it has no such flag.' })
  readonly locked!: LineItem['locked'];

  @Field(() => Boolean, {
    nullable: true,
    description: 'Stock is reserved for it; null when the provider has no such notion.',
  })
  readonly stockHeld!: LineItem['stockHeld'];

  @Field(() => ActionAvailabilityType, { description: 'Whether it can be taken off the order.' })
  readonly removal!: LineItem['removal'];

  @Field(() => ActionAvailabilityType, { description: 'Whether it can be made to recur.' })
  readonly conversion!: LineItem['conversion'];
}
