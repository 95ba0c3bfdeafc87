import { Directive, Field, ObjectType } from 'type-graphql';
import type { Order, OrderKind, OrderStatus } from '../../domain/order.js';
import { defineEnum } from '../enum-type.js';
import { ScheduledMomentType } from '../moment/scheduled-moment.type.js';
import { NodeType } from '../node/node.type.js';
import { QuotesIdMeaning } from '../provider-account/described-provider.js';
import { DateTime } from '../scalars.js';
import { UpsellWindowType } from '../window/upsell-window.type.js';
import { OrderTotalsType } from './order-totals.type.js';

export const OrderKindEnum = defineEnum<OrderKind>('UpsellOrderKind', 'Why items can be added to an order.', {
  UPCOMING: 'A recurring order not placed yet.',
  POST_PURCHASE: 'A finished checkout still open for extra items.',
});

export const OrderStatusEnum = defineEnum<OrderStatus>(
  'UpsellOrderStatus',
  'Where an order stands. Treat a value you do not know like UNKNOWN.',
  {
    SCHEDULED: 'Will be placed or billed; can be changed.',
    OPEN_FOR_UPSELL: 'Bought, and open for extra items.',
    PROCESSING: 'Being placed or billed; no change is possible.',
    PLACED: 'Placed or billed.',
    PAYMENT_FAILED: 'Paying for it failed.',
    SKIPPED: 'Left out by the shopper.',
    CANCELLED: 'Will not be placed.',
    UNKNOWN: 'See `providerStatus`.',
  },
);

@Directive('@key(fields: "id")')
@QuotesIdMeaning('order')
@ObjectType('Order', {
  description:
    'A purchase that can still be extended, or was: the next delivery of a subscription, or a purchase just paid.',
  implements: NodeType,
  simpleResolvers: true,
})
export class OrderType extends NodeType implements Omit<Order, 'ref' | 'customerId'> {
  @Field(() => String, { description: "The provider's identifier, verbatim." })
  readonly providerId!: Order['providerId'];

  @Field(() => String, {
    nullable: true,
    description: 'What the shop prints on its mails, e.g. #1042; null before the order is placed.',
  })
  readonly displayNumber!: Order['displayNumber'];

  @Field(() => OrderKindEnum, { description: 'Why items can be added to it.' })
  readonly kind!: Order['kind'];

  @Field(() => OrderStatusEnum, { description: 'Where the order stands.' })
  readonly status!: Order['status'];

  @Field(() => String, { description: "The provider's own word or number." })
  readonly providerStatus!: Order['providerStatus'];

  @Field(() => ScheduledMomentType, { description: 'When it will be, or was, placed or billed.' })
  readonly scheduled!: Order['scheduled'];

  @Field(() => UpsellWindowType, { description: 'Until when items may be added.' })
  readonly window!: Order['window'];

  @Field(() => OrderTotalsType, { nullable: true, description: 'As the provider states them; never recomputed.' })
  readonly totals!: Order['totals'];

  @Field(() => DateTime, { description: 'When this was last read from the provider.' })
  readonly observedAt!: Order['observedAt'];
}
