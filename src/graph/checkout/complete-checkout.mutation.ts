import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Order } from '../../domain/order.js';
import type { GraphContext } from '../context.js';
import { Cost, PROVIDER_WRITE } from '../cost.js';
import type { MaybePromise } from '../load-record.js';
import type { WritePayload } from '../operation/operation-payload.type.js';
import { orderAfter } from '../operation/payload-records.js';
import { submitWrite } from '../operation/submit-write.js';
import { OrderType } from '../order/order.type.js';
import { CompleteCheckoutInput, CompleteCheckoutPayload } from './complete-checkout.type.js';

@Resolver(() => CompleteCheckoutPayload)
export class CompleteCheckoutMutation {
  @Cost(PROVIDER_WRITE)
  @Mutation(() => CompleteCheckoutPayload, {
    description: 'Finishes a checkout, so that its upsell terms are known and timed.',
  })
  completeCheckout(
    @Arg('input', () => CompleteCheckoutInput, { description: 'The checkout and what the payment page returned.' })
    input: CompleteCheckoutInput,
    @Ctx() context: GraphContext,
  ): Promise<WritePayload> {
    const { accountKey, providerCheckoutId: checkoutId, paymentFields } = input;
    return submitWrite(context, input, () => ({
      account: accountKey,
      request: { kind: 'COMPLETE_CHECKOUT', checkoutId, paymentFields },
    }));
  }

  @FieldResolver(() => OrderType, {
    nullable: true,
    description: 'The order, open for extra items; null when it was not finished.',
  })
  order(@Root() payload: WritePayload, @Ctx() context: GraphContext): MaybePromise<Order | null> {
    return orderAfter(payload, context);
  }
}
