import { Matches } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { QuotesIdMeaning } from '../provider-account/described-provider.js';
import { IsIdOf, IsNested, IsOfferId, IsText, IsWhenGiven } from './rules.js';

@InputType('ProviderProductInput', { description: "A product by the identifiers of the order's provider." })
export class ProviderProductInput {
  @IsText()
  @QuotesIdMeaning('product')
  @Field(() => String, { description: "The product's identifier at the provider." })
  readonly providerId!: string;

  @IsWhenGiven()
  @IsText()
  @Matches(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, {
    message: 'A handle is made of lower-case letters and digits, joined by single hyphens.',
  })
  @QuotesIdMeaning('productHandle')
  @Field(() => String, { nullable: true, description: 'Needed where the provider knows products by a handle as well.' })
  readonly handle?: string | null;

  @IsWhenGiven()
  @IsText()
  @QuotesIdMeaning('productVariant')
  @Field(() => String, {
    nullable: true,
    description: 'Needed where the identifier alone leaves a choice of variants.',
  })
  readonly providerVariantId?: string | null;
}

@InputType('UpsellItemInput', { description: 'Exactly one field.' })
export class UpsellItemInput {
  @IsWhenGiven()
  @IsOfferId()
  @Field(() => ID, { nullable: true, description: 'An offer of the order (it names its product).' })
  readonly offerId?: string;

  @IsWhenGiven()
  @IsIdOf('Product')
  @Field(() => ID, { nullable: true, description: 'A product by global ID.' })
  readonly productId?: string;

  @IsNested()
  @Field(() => ProviderProductInput, {
    nullable: true,
    description: "A product by the identifiers of the order's provider.",
  })
  readonly providerProduct?: ProviderProductInput;
}
