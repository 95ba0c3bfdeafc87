import { Field, ID, InputType, Int } from 'type-graphql';
import { IsForOrder, IsIdOf, IsNested, IsQuantity, IsSameAccountAs } from '../input/rules.js';
import { UpsellItemInput } from '../input/upsell-item-input.type.js';
import { SubscribeInput } from '../subscription/subscribe-input.type.js';

@InputType('UpsellPreviewInput', { description: 'What adding an item to an order would change.' })
export class UpsellPreviewInput {
  @IsIdOf('Order')
  @Field(() => ID, { description: 'The order.' })
  readonly orderId!: string;

  @IsNested()
  @IsSameAccountAs('orderId')
  @IsForOrder('orderId')
  @Field(() => UpsellItemInput, { description: 'The item.' })
  readonly item!: UpsellItemInput;

  @IsQuantity()
  @Field(() => Int, { defaultValue: 1, description: 'How many, 1 to 999.' })
  readonly quantity!: number;

  @IsNested()
  @Field(() => SubscribeInput, {
    nullable: true,
    description: 'How often to deliver it from now on; leave out for this order only.',
  })
  readonly subscribe?: SubscribeInput | null;
}
