import { Arg, Ctx, ID, Resolver, Subscription } from 'type-graphql';
import { orderTopic } from '../../domain/changes.js';
import { lockNameOf } from '../../domain/connected-account.js';
import type { Order } from '../../domain/order.js';
import { type GlobalId, refOfType } from '../../domain/reference.js';
import type { GraphContext } from '../context.js';
import { Cost, PROVIDER_READ } from '../cost.js';
import { assertMayRead } from '../errors/not-permitted.js';
import { watchRecord } from '../live/watch-record.js';
import { loadOrder } from '../load-record.js';
import { OrderType } from './order.type.js';

@Resolver()
export class OrderUpdatedSubscription {
  @Cost(PROVIDER_READ)
  @Subscription(() => OrderType, {
    nullable: true,
    description:
      'The order now, and after each change that is noticed: writes of this layer, webhooks, the window closing. Completes with null once the order is not visible.',
    subscribe: ({ args: { orderId }, context }) => watchRecord(context, topicOf(context, orderId)),
  })
  async orderUpdated(
    @Arg('orderId', () => ID, { description: 'ID of the order.' }) orderId: GlobalId,
    @Ctx() context: GraphContext,
  ): Promise<Order | null> {
    assertMayRead(context.actor);
    const order = await loadOrder(context, refOfType(orderId, 'Order'));
    if (!order) context.stream?.endAfterThisEvent();
    const secondsLeft = order?.window.secondsLeft ?? 0;
    if (secondsLeft > 0) context.stream?.lookAgainAfter(secondsLeft * 1_000);
    return order;
  }
}

function topicOf({ accounts }: GraphContext, orderId: GlobalId): string | null {
  const ref = refOfType(orderId, 'Order');
  const connected = ref && accounts.get(ref.account);
  return connected ? orderTopic(lockNameOf(connected, ref.key)) : null;
}
