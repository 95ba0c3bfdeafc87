import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Account } from '../../domain/account.js';
import type { UpsellOffer } from '../../domain/offer.js';
import type { GraphContext } from '../context.js';
import { accountOf } from '../provider-account/account-of.js';
import { ProviderAccountType } from '../provider-account/provider-account.type.js';
import { UpsellOfferType } from './upsell-offer.type.js';

@Resolver(() => UpsellOfferType)
export class UpsellOfferResolver {
  @FieldResolver(() => ProviderAccountType, { description: 'The account that makes it.' })
  account(@Root() { ref }: UpsellOffer, @Ctx() context: GraphContext): Account {
    return accountOf(context, ref);
  }
}
