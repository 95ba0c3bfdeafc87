import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { LineItem } from '../../domain/line-item.js';
import type { Order } from '../../domain/order.js';
import type { GraphContext } from '../context.js';
import { Cost, PROVIDER_WRITE } from '../cost.js';
import { decodeId } from '../input/decode-id.js';
import { LineItemType } from '../line-item/line-item.type.js';
import type { MaybePromise } from '../load-record.js';
import type { WritePayload } from '../operation/operation-payload.type.js';
import { lineItemAfter, orderAfter } from '../operation/payload-records.js';
import { type DecodedWrite, submitWrite } from '../operation/submit-write.js';
import { OrderType } from '../order/order.type.js';
import { ChangeUpsellItemQuantityInput, ChangeUpsellItemQuantityPayload } from './change-upsell-item-quantity.type.js';

@Resolver(() => ChangeUpsellItemQuantityPayload)
export class ChangeUpsellItemQuantityMutation {
  @Cost(PROVIDER_WRITE)
  @Mutation(() => ChangeUpsellItemQuantityPayload, { description: 'Sets the quantity of an added item.' })
  changeUpsellItemQuantity(
    @Arg('input', () => ChangeUpsellItemQuantityInput, { description: 'The line and its final quantity.' })
    input: ChangeUpsellItemQuantityInput,
    @Ctx() context: GraphContext,
  ): Promise<WritePayload> {
    return submitWrite(context, input, () => decode(input));
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

function decode({ lineItemId, quantity }: ChangeUpsellItemQuantityInput): DecodedWrite {
  const target = decodeId(lineItemId, 'LineItem');
  return {
    account: target.account,
    request: { kind: 'CHANGE_UPSELL_ITEM_QUANTITY', lineItemKey: target.key, quantity },
  };
}
