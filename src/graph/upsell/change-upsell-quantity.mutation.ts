import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { LineItem } from '../../domain/line-item.js';
import type { Order } from '../../domain/order.js';
import type { GraphContext } from '../context.js';
import { Cost, PROVIDER_WRITE } from '../cost.js';
import { decodeId } from '../input/decode-id.js';
import { LineItemType } from '../line-item/line-item.type.js';
import type { WritePayload } from '../operation/operation-payload.type.js';
import { lineItemAfter, orderAfter } from '../operation/payload-records.js';
import { submitWrite, type DecodedWrite } from '../operation/submit-write.js';
import { OrderType } from '../order/order.type.js';
import type { Loading } from '../records.js';
import { ChangeUpsellQuantityInput, ChangeUpsellQuantityPayload } from './change-upsell-quantity.type.js';

@Resolver(() => ChangeUpsellQuantityPayload)
export class ChangeUpsellQuantityMutation {
  @Cost(PROVIDER_WRITE)
  @Mutation(() => ChangeUpsellQuantityPayload, { description: 'Sets the quantity of an added item.' })
  changeUpsellQuantity(
    @Arg('input', () => ChangeUpsellQuantityInput, { description: 'The line and its final quantity.' })
    input: ChangeUpsellQuantityInput,
    @Ctx() context: GraphContext,
  ): Promise<WritePayload> {
    return submitWrite(context, input, () => decode(input));
  }

  @FieldResolver(() => LineItemType, { nullable: true, description: 'The line after the write.' })
  lineItem(@Root() payload: WritePayload, @Ctx() context: GraphContext): Loading<LineItem> {
    return lineItemAfter(payload, context);
  }

  @FieldResolver(() => OrderType, { nullable: true, description: 'The order after the write.' })
  order(@Root() payload: WritePayload, @Ctx() context: GraphContext): Loading<Order> {
    return orderAfter(payload, context);
  }
}

function decode({ lineItemId, quantity }: ChangeUpsellQuantityInput): DecodedWrite {
  const target = decodeId(lineItemId, 'LineItem');
  return { target, request: { kind: 'CHANGE_UPSELL_QUANTITY', lineItemKey: target.key, quantity } };
}
