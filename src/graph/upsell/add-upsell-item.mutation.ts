import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { LineItem } from '../../domain/line-item.js';
import type { UpsellOffer } from '../../domain/offer.js';
import type { Order } from '../../domain/order.js';
import type { Subscription } from '../../domain/subscription.js';
import type { GraphContext } from '../context.js';
import { Cost, PROVIDER_WRITE } from '../cost.js';
import { decodeId } from '../input/decode-id.js';
import { toItemChoice } from '../input/item-choice.js';
import { LineItemType } from '../line-item/line-item.type.js';
import type { MaybePromise } from '../load-record.js';
import { UpsellOfferType } from '../offer/upsell-offer.type.js';
import type { WritePayload } from '../operation/operation-payload.type.js';
import { lineItemAfter, nextOfferAfter, orderAfter, subscriptionAfter } from '../operation/payload-records.js';
import { type DecodedWrite, submitWrite } from '../operation/submit-write.js';
import { OrderType } from '../order/order.type.js';
import { toRequestedFrequency } from '../subscription/subscribe-input.type.js';
import { SubscriptionContractType } from '../subscription/subscription-contract.type.js';
import { AddUpsellItemInput, AddUpsellItemPayload } from './add-upsell-item.type.js';

@Resolver(() => AddUpsellItemPayload)
export class AddUpsellItemMutation {
  @Cost(PROVIDER_WRITE)
  @Mutation(() => AddUpsellItemPayload, { description: 'Adds one item to an order that exists.' })
  addUpsellItem(
    @Arg('input', () => AddUpsellItemInput, { description: 'The order and the item.' }) input: AddUpsellItemInput,
    @Ctx() context: GraphContext,
  ): Promise<WritePayload> {
    return submitWrite(context, input, () => decode(input));
  }

  @FieldResolver(() => LineItemType, {
    nullable: true,
    description:
      'Read back from the provider; null when it is gone again, also without an error: a replayed answer shows the order as it is now.',
  })
  lineItem(@Root() payload: WritePayload, @Ctx() context: GraphContext): MaybePromise<LineItem | null> {
    return lineItemAfter(payload, context);
  }

  @FieldResolver(() => OrderType, { nullable: true, description: 'The order after the write.' })
  order(@Root() payload: WritePayload, @Ctx() context: GraphContext): MaybePromise<Order | null> {
    return orderAfter(payload, context);
  }

  @FieldResolver(() => SubscriptionContractType, {
    nullable: true,
    description: 'The subscription that was made with it.',
  })
  subscription(@Root() payload: WritePayload, @Ctx() context: GraphContext): MaybePromise<Subscription | null> {
    return subscriptionAfter(payload, context);
  }

  @FieldResolver(() => UpsellOfferType, { nullable: true, description: 'The funnel goes on with this.' })
  nextOffer(@Root() payload: WritePayload, @Ctx() context: GraphContext): Promise<UpsellOffer | null> {
    return nextOfferAfter(payload, context);
  }
}

function decode({ orderId, item, quantity, subscribe, ifPresent, guards }: AddUpsellItemInput): DecodedWrite {
  const target = decodeId(orderId, 'Order');
  return {
    account: target.account,
    request: {
      kind: 'ADD_UPSELL_ITEM',
      orderKey: target.key,
      item: toItemChoice(item),
      quantity,
      subscribe: subscribe ? toRequestedFrequency(subscribe) : null,
      ifPresent,
      ifTargetMoved: guards?.ifTargetMoved ?? 'REJECT',
    },
  };
}
