import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { Order } from '../../domain/order.js';
import { type GlobalId, toGlobalId } from '../../domain/reference.js';
import type { GraphContext } from '../context.js';
import { Cost, PROVIDER_WRITE } from '../cost.js';
import { decodeId } from '../input/decode-id.js';
import type { MaybePromise } from '../load-record.js';
import type { WritePayload } from '../operation/operation-payload.type.js';
import { orderAfter } from '../operation/payload-records.js';
import { type DecodedWrite, submitWrite } from '../operation/submit-write.js';
import { OrderType } from '../order/order.type.js';
import { RemoveUpsellItemInput, RemoveUpsellItemPayload } from './remove-upsell-item.type.js';

@Resolver(() => RemoveUpsellItemPayload)
export class RemoveUpsellItemMutation {
  @Cost(PROVIDER_WRITE)
  @Mutation(() => RemoveUpsellItemPayload, { description: 'Takes an added item off its order again.' })
  removeUpsellItem(
    @Arg('input', () => RemoveUpsellItemInput, { description: 'The line.' }) input: RemoveUpsellItemInput,
    @Ctx() context: GraphContext,
  ): Promise<WritePayload> {
    return submitWrite(context, input, () => decode(input));
  }

  @FieldResolver(() => ID, { nullable: true, description: 'Set only when a read shows it gone.' })
  removedLineItemId(@Root() { operation }: WritePayload): GlobalId | null {
    if (operation?.status !== 'SUCCEEDED' || operation.request.kind !== 'REMOVE_UPSELL_ITEM') return null;
    return toGlobalId({ type: 'LineItem', account: operation.account, key: operation.request.lineItemKey });
  }

  @FieldResolver(() => OrderType, {
    nullable: true,
    description: 'The order after the write; null when it went with its last item.',
  })
  order(@Root() payload: WritePayload, @Ctx() context: GraphContext): MaybePromise<Order | null> {
    return orderAfter(payload, context);
  }
}

function decode({ lineItemId }: RemoveUpsellItemInput): DecodedWrite {
  const target = decodeId(lineItemId, 'LineItem');
  return { account: target.account, request: { kind: 'REMOVE_UPSELL_ITEM', lineItemKey: target.key } };
}
