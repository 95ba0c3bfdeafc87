import { Directive, Field, ObjectType } from 'type-graphql';
import type { CurrencySource, Money } from '../../domain/money.js';
import { defineEnum } from '../enum-type.js';
import { CurrencyCode, Decimal } from '../scalars.js';

export const CurrencySourceEnum = defineEnum<CurrencySource>('CurrencySource', 'Who named the currency of amounts.', {
  PROVIDER: 'The provider, with the amounts.',
  CONFIGURED: 'The operator, for the account: the provider sent a bare number.',
});

@Directive('@shareable')
@ObjectType('Money', {
  description:
    'An exact amount of one currency: decimal text, never a float. A subgraph whose amounts are floats cannot share it.',
  simpleResolvers: true,
})
export class MoneyType implements Pick<Money, 'amount' | 'currency'> {
  @Field(() => Decimal, {
    description: 'Major units with the currency\'s own number of fraction digits: `"24.00"` USD, `"2400"` JPY.',
  })
  readonly amount!: string;

  @Field(() => CurrencyCode, { description: 'Currency of the amount.' })
  readonly currency!: string;
}
