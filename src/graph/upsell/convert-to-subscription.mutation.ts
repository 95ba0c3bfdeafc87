import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { LineItem } from '../../domain/line-item.js';
import type { Order } from '../../domain/order.js';
import type { Subscription } from '../../domain/subscription.js';
import type { GraphContext } from '../context.js';
import { Cost, PROVIDER_WRITE } from '../cost.js';
import { decodeId, decodeOfferKey } from '../input/decode-id.js';
import { LineItemType } from '../line-item/line-item.type.js';
import type { MaybePromise } from '../load-record.js';
import type { WritePayload } from '../operation/operation-payload.type.js';
import { lineItemAfter, orderAfter, subscriptionAfter } from '../operation/payload-records.js';
import { type DecodedWrite, submitWrite } from '../operation/submit-write.js';
import { OrderType } from '../order/order.type.js';
import { toRequestedFrequency } from '../subscription/subscribe-input.type.js';
import { SubscriptionContractType } from '../subscription/subscription-contract.type.js';
import { ConvertToSubscriptionInput, ConvertToSubscriptionPayload } from './convert-to-subscription.type.js';

@Resolver(() => ConvertToSubscriptionPayload)
export class ConvertToSubscriptionMutation {
  @Cost(PROVIDER_WRITE)
  @Mutation(() => ConvertToSubscriptionPayload, { description: 'Makes a one-time line of an order recur.' })
  convertToSubscription(
    @Arg('input', () => ConvertToSubscriptionInput, { description: 'The line, and how it shall recur.' })
    input: ConvertToSubscriptionInput,
    @Ctx() context: GraphContext,
  ): Promise<WritePayload> {
    return submitWrite(context, input, () => decode(input));
  }

  @FieldResolver(() => SubscriptionContractType, { nullable: true, description: 'The subscription that was made.' })
  subscription(@Root() payload: WritePayload, @Ctx() context: GraphContext): MaybePromise<Subscription | null> {
    return subscriptionAfter(payload, context);
  }

  @FieldResolver(() => LineItemType, { nullable: true, description: 'The line after the write.' })
  lineItem(@Root() payload: WritePayload, @Ctx() context: GraphContext): MaybePromise<LineItem | null> {
    return lineItemAfter(payload, context);
  }

  @FieldResolver(() => OrderType, { nullable: true, description: 'The order after the write.' })
  order(@Root() payload: WritePayload, @Ctx() context: GraphContext): MaybePromise<Order | null> {
    return orderAfter(payload, context);
  }
}

function decode({ lineItemId, subscribe, offerId }: ConvertToSubscriptionInput): DecodedWrite {
  const target = decodeId(lineItemId, 'LineItem');
  return {
    account: target.account,
    request: {
      kind: 'CONVERT_TO_SUBSCRIPTION',
      lineItemKey: target.key,
      frequency: toRequestedFrequency(subscribe),
      offerKey: offerId ? decodeOfferKey(offerId) : null,
    },
  };
}
