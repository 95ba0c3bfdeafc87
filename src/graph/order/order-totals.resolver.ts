import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { CurrencySource } from '../../domain/money.js';
import type { OrderTotals } from '../../domain/order.js';
import { CurrencySourceEnum } from '../money/money.type.js';
import { currencySourceOf } from '../money/currency-source.js';
import { OrderTotalsType } from './order-totals.type.js';

@Resolver(() => OrderTotalsType)
export class OrderTotalsResolver {
  @FieldResolver(() => CurrencySourceEnum, {
    nullable: true,
    description: 'Who named the currency of the amounts of this order; null when it has none.',
  })
  currencySource(@Root() totals: OrderTotals): CurrencySource | null {
    const { subtotal, discount, tax, shipping, fees, total } = totals;
    return currencySourceOf([subtotal, discount, tax, shipping, fees, total]);
  }
}
