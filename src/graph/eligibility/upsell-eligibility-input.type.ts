import type { PurchaseMode } from '../../domain/product.js';
import { Field, ID, InputType, Int } from 'type-graphql';
import { IsForOrder, IsKnownMode, IsNested, IsQuantity, IsSameAccountAs } from '../input/rules.js';
import { PurchaseModeEnum } from '../line-item/line-item.type.js';
import { UpsellItemInput } from '../input/upsell-item-input.type.js';

@InputType('UpsellEligibilityInput', { description: 'Whether an item may be added to an order.' })
export class UpsellEligibilityInput {
  @Field(() => ID, { description: 'The order.' })
  readonly orderId!: string;

  @IsNested()
  @IsSameAccountAs('orderId')
  @IsForOrder('orderId')
  @Field(() => UpsellItemInput, { nullable: true, description: 'Null: the order as a whole.' })
  readonly item?: UpsellItemInput | null;

  @IsQuantity()
  @Field(() => Int, { defaultValue: 1, description: 'How many, 1 to 999.' })
  readonly quantity!: number;

  @IsKnownMode()
  @Field(() => PurchaseModeEnum, { defaultValue: 'ONE_TIME', description: 'Once or recurring.' })
  readonly purchaseMode!: PurchaseMode;
}
