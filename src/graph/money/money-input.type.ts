import { Field, InputType } from 'type-graphql';
import { IsAmountIn } from '../input/rules.js';
import { CurrencyCode, Decimal } from '../scalars.js';

@InputType('MoneyInput', { description: 'An exact amount of one currency.' })
export class MoneyInput {
  @IsAmountIn('currency')
  @Field(() => Decimal, { description: 'Major units, with no more fraction digits than the currency has.' })
  readonly amount!: string;

  @Field(() => CurrencyCode, { description: 'Currency of the amount; amounts are never converted.' })
  readonly currency!: string;
}
