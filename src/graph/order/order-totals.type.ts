import { Field, ObjectType } from 'type-graphql';
import type { OrderTotals } from '../../domain/order.js';
import { MoneyType } from '../money/money.type.js';

@ObjectType('UpsellOrderTotals', {
  description: 'What an order costs. Null where the provider states nothing.',
  simpleResolvers: true,
})
export class OrderTotalsType implements OrderTotals {
  @Field(() => MoneyType, { nullable: true, description: 'The items, before shipping and tax.' })
  readonly subtotal!: OrderTotals['subtotal'];

  @Field(() => MoneyType, { nullable: true, description: 'Reductions of the order and of its lines, positive.' })
  readonly discount!: OrderTotals['discount'];

  @Field(() => MoneyType, { nullable: true, description: 'All taxes.' })
  readonly tax!: OrderTotals['tax'];

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether `subtotal` contains the tax; `total` always does. Null when the provider does not say.',
  })
  readonly taxIncluded!: OrderTotals['taxIncluded'];

  @Field(() => MoneyType, { nullable: true, description: 'Delivery.' })
  readonly shipping!: OrderTotals['shipping'];

  @Field(() => MoneyType, { nullable: true, description: 'Surcharges, positive; reductions are in `discount`.' })
  readonly fees!: OrderTotals['fees'];

  @Field(() => MoneyType, { nullable: true, description: 'What the shopper pays.' })
  readonly total!: OrderTotals['total'];

  @Field(() => Boolean, {
    description:
      'True while `total` is not final: a sum made here because the provider states none yet, or what the provider has calculated so far.',
  })
  readonly estimated!: OrderTotals['estimated'];
}
