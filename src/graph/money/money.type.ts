import { Directive, Field, ObjectType } from 'type-graphql';
import type { CurrencySource, Money } from '../../domain/money.js';
import { defineEnum } from '../enum-type.js';
import { CurrencyCode, Decimal } from '../scalars.js';

export const CurrencySourceEnum = defineEnum<CurrencySource>('CurrencySource', 'Who named the currency of an amount.', {
  PROVIDER: 'Stated by the provider.',
  CONFIGURED: 'Set on the provider account by the operator.',
});

@Directive('@shareable')
@ObjectType('Money', { description: 'An exact amount of one currency.', simpleResolvers: true })
export class MoneyType implements Pick<Money, 'amount' | 'amountMinor' | 'currency' | 'currencySource'> {
  @Field(() => Decimal, {
    description: 'Major units with the currency\'s own number of fraction digits: `"24.00"` USD, `"2400"` JPY.',
  })
  readonly amount!: string;

  @Field(() => String, { description: 'The same in minor units, as text (may exceed 2^53).' })
  readonly amountMinor!: string;

  @Field(() => CurrencyCode, { description: 'Currency of the amount.' })
  readonly currency!: string;

  @Field(() => CurrencySourceEnum, { description: 'Two of the four providers send amounts without a currency.' })
  readonly currencySource!: CurrencySource;
}
