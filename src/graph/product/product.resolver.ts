import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Account } from '../../domain/account.js';
import type { Product, ProductRef } from '../../domain/product.js';
import { webUrl } from '../../domain/web-url.js';
import type { GraphContext } from '../context.js';
import { loadProduct, type MaybePromise } from '../load-record.js';
import { accountOf } from '../provider-account/account-of.js';
import { ProviderAccountType } from '../provider-account/provider-account.type.js';
import { ProductType } from './product.type.js';

/** Resolves products: fields known from the line without a call, the others by a read when selected. */
@Resolver(() => ProductType)
export class ProductResolver {
  @FieldResolver(() => ProviderAccountType, { description: 'The account that sells it.' })
  account(@Root() { ref }: ProductRef, @Ctx() context: GraphContext): Account {
    return accountOf(context, ref);
  }

  @FieldResolver(() => String, { description: 'Key of that account.' })
  accountKey(@Root() { ref }: ProductRef): string {
    return ref.account;
  }

  @FieldResolver(() => String, { nullable: true, description: 'For the shopper.' })
  title(@Root() product: ProductRef, @Ctx() context: GraphContext) {
    return detailOf(product, 'title', context);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Name of the product's page, when the provider has one.",
  })
  handle(@Root() product: ProductRef, @Ctx() context: GraphContext) {
    return detailOf(product, 'handle', context);
  }

  @FieldResolver(() => String, { nullable: true, description: 'URL of a picture.' })
  imageUrl(@Root() product: ProductRef, @Ctx() context: GraphContext) {
    const url = detailOf(product, 'imageUrl', context);
    return url instanceof Promise ? url.then(webUrl) : webUrl(url);
  }
}

type Detail = 'title' | 'handle' | 'imageUrl';

function detailOf(product: ProductRef | Product, detail: Detail, context: GraphContext): MaybePromise<string | null> {
  return 'title' in product ? product[detail] : loadDetail(product, detail, context);
}

async function loadDetail({ ref }: ProductRef, detail: Detail, context: GraphContext): Promise<string | null> {
  const product = await loadProduct(context, ref);
  return product?.[detail] ?? null;
}
