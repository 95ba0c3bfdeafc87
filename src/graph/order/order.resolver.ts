import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { Account } from '../../domain/account.js';
import type { UpsellEligibility } from '../../domain/eligibility.js';
import type { LineItem, LineItemOrigin } from '../../domain/line-item.js';
import type { UpsellOffer } from '../../domain/offer.js';
import type { Order } from '../../domain/order.js';
import type { PurchaseMode } from '../../domain/product.js';
import { type EntityRef, type GlobalId, refOfType } from '../../domain/reference.js';
import { invalid } from '../../domain/refusal.js';
import { listPage, toListPlace } from '../connection/list-page.js';
import type { Page } from '../connection/page.js';
import { toPageRequest } from '../connection/page-request.js';
import type { GraphContext } from '../context.js';
import { Cost, Paged, PROVIDER_READ } from '../cost.js';
import { type Customer, ownerOf } from '../customer/customer.js';
import { CustomerType } from '../customer/customer.type.js';
import { checkEligibility } from '../eligibility/check-eligibility.js';
import { UpsellEligibilityType } from '../eligibility/upsell-eligibility.type.js';
import { BadInput } from '../errors/bad-input.js';
import { assertMayRead } from '../errors/not-permitted.js';
import { ProviderReadError, requireRecord } from '../errors/provider-error.js';
import { UpsellItemInput } from '../input/upsell-item-input.type.js';
import { LineItemConnection } from '../line-item/line-item-connection.type.js';
import { LineItemOriginEnum, PurchaseModeEnum } from '../line-item/line-item.type.js';
import { loadOffersOf } from '../offer/load-offer.js';
import { UpsellOfferType } from '../offer/upsell-offer.type.js';
import { accountOf } from '../provider-account/account-of.js';
import { ProviderAccountType } from '../provider-account/provider-account.type.js';
import { loadOrder } from '../load-record.js';
import { NullOnlyOnError } from '../semantic-non-null.js';
import { OrderType } from './order.type.js';

const LINES = 'lines';

/** Builds the reference of an order. Asks providers for the key where their identifier alone does not locate an order. */
async function orderRefOf(
  { sources }: GraphContext,
  account: string,
  providerId: string,
): Promise<EntityRef<'Order'> | null> {
  const keyOf = sources.get(account)?.source.orders.keyOf;
  if (!keyOf) return { type: 'Order', account, key: providerId };
  const key = await keyOf(providerId);
  if (key.state === 'failed') throw new ProviderReadError(account, key.problem);
  return key.state === 'found' ? { type: 'Order', account, key: key.value } : null;
}

@Resolver(() => OrderType)
export class OrderResolver {
  @Cost(PROVIDER_READ)
  @Query(() => OrderType, { nullable: true, description: 'One order.' })
  async order(
    @Arg('id', () => ID, { description: 'ID of the order.' }) id: GlobalId,
    @Ctx() context: GraphContext,
  ): Promise<Order | null> {
    assertMayRead(context.actor);
    return loadOrder(context, refOfType(id, 'Order'));
  }

  @Cost(PROVIDER_READ)
  @Query(() => OrderType, {
    nullable: true,
    description: "By the provider's own identifier, for pages that only know that (a thank-you page).",
  })
  async orderByProviderId(
    @Arg('accountKey', () => String, { description: 'Key of the provider account.' }) account: string,
    @Arg('providerId', () => String, { description: "The provider's identifier." }) providerId: string,
    @Ctx() context: GraphContext,
  ): Promise<Order | null> {
    assertMayRead(context.actor);
    if (!context.accounts.has(account)) {
      throw new BadInput([invalid(['accountKey'], 'ACCOUNT_KEY', 'There is no provider account with this key.')]);
    }
    return loadOrder(context, await orderRefOf(context, account, providerId));
  }

  @FieldResolver(() => ProviderAccountType, { description: 'The account it is at.' })
  account(@Root() { ref }: Order, @Ctx() context: GraphContext): Account {
    return accountOf(context, ref);
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: 'Whose it is.' })
  customer(@Root() { ref, customerId }: Order, @Ctx() context: GraphContext): Customer | null {
    return ownerOf(context, ref.account, customerId);
  }

  @Paged()
  @NullOnlyOnError()
  @FieldResolver(() => LineItemConnection, {
    nullable: true,
    description: 'What is on the order, as the provider lists it.',
  })
  async lineItems(
    @Root() order: Order,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the page before.' })
    after: string | null | undefined,
    @Arg('origin', () => LineItemOriginEnum, { nullable: true, description: 'Only lines of this origin.' })
    origin: LineItemOrigin | null | undefined,
    @Ctx() { sources }: GraphContext,
  ): Promise<Page<LineItem>> {
    const page = toPageRequest({ first, after }, (cursor) => toListPlace(LINES, cursor));
    const { account } = order.ref;
    const read = await sources.get(account)?.loaders.lineItemsOf.load(order);
    const lines = requireRecord(account, read, 'The provider has no items for this order.');
    const wanted = origin ? lines.filter((line) => line.origin === origin) : lines;
    return listPage(LINES, wanted, page);
  }

  @Cost(PROVIDER_READ)
  @NullOnlyOnError()
  @FieldResolver(() => [UpsellOfferType], {
    nullable: true,
    description: 'Offers open now, in the order to show them; empty when there are none.',
  })
  offers(@Root() order: Order, @Ctx() context: GraphContext): Promise<readonly UpsellOffer[]> {
    return loadOffersOf(context, order);
  }

  @Cost(PROVIDER_READ)
  @NullOnlyOnError()
  @FieldResolver(() => UpsellEligibilityType, { nullable: true, description: 'Whether an item may be added, and why.' })
  async eligibility(
    @Root() order: Order,
    @Arg('item', () => UpsellItemInput, { nullable: true, description: 'Null: the order as a whole.' })
    item: UpsellItemInput | null | undefined,
    @Arg('quantity', () => Int, { defaultValue: 1, description: 'How many, 1 to 999.' }) quantity: number,
    @Arg('purchaseMode', () => PurchaseModeEnum, { defaultValue: 'ONE_TIME', description: 'Once or recurring.' })
    purchaseMode: PurchaseMode,
    @Ctx() context: GraphContext,
  ): Promise<UpsellEligibility> {
    const answer = await checkEligibility(context, order, { item: item ?? null, quantity, purchaseMode });
    return requireRecord(order.ref.account, answer, 'The provider no longer has this order.');
  }
}
