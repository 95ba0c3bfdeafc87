import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { UpsellOffer } from '../../domain/offer.js';
import type { Order } from '../../domain/order.js';
import type { GraphContext } from '../context.js';
import { Cost, PROVIDER_WRITE } from '../cost.js';
import { decodeId, decodeOfferKey } from '../input/decode-id.js';
import type { MaybePromise } from '../load-record.js';
import { UpsellOfferType } from '../offer/upsell-offer.type.js';
import type { WritePayload } from '../operation/operation-payload.type.js';
import { nextOfferAfter, orderAfter } from '../operation/payload-records.js';
import { type DecodedWrite, submitWrite } from '../operation/submit-write.js';
import { OrderType } from '../order/order.type.js';
import { DeclineUpsellOfferInput, DeclineUpsellOfferPayload } from './decline-upsell-offer.type.js';

@Resolver(() => DeclineUpsellOfferPayload)
export class DeclineUpsellOfferMutation {
  @Cost(PROVIDER_WRITE)
  @Mutation(() => DeclineUpsellOfferPayload, {
    description: 'Tells the provider that the shopper does not want an offer.',
  })
  declineUpsellOffer(
    @Arg('input', () => DeclineUpsellOfferInput, { description: 'The order and the offer.' })
    input: DeclineUpsellOfferInput,
    @Ctx() context: GraphContext,
  ): Promise<WritePayload> {
    return submitWrite(context, input, () => decode(input));
  }

  @FieldResolver(() => UpsellOfferType, { nullable: true, description: 'The funnel goes on with this.' })
  nextOffer(@Root() payload: WritePayload, @Ctx() context: GraphContext): Promise<UpsellOffer | null> {
    return nextOfferAfter(payload, context);
  }

  @FieldResolver(() => OrderType, { nullable: true, description: 'The order after the write.' })
  order(@Root() payload: WritePayload, @Ctx() context: GraphContext): MaybePromise<Order | null> {
    return orderAfter(payload, context);
  }
}

function decode({ orderId, offerId }: DeclineUpsellOfferInput): DecodedWrite {
  const target = decodeId(orderId, 'Order');
  const offerKey = decodeOfferKey(offerId);
  return { account: target.account, request: { kind: 'DECLINE_UPSELL_OFFER', orderKey: target.key, offerKey } };
}
