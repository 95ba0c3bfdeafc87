import { Matches } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { IsIdOf, IsNested, IsText, IsWhenGiven } from './rules.js';

@InputType('ProviderProductInput', { description: "A product by the identifiers of the order's provider." })
export class ProviderProductInput {
  @IsText()
  @Field(() => String, { description: 'Ordergroove product, SureCart price, Centra item, Appstle variant.' })
  readonly id!: string;

  @IsWhenGiven()
  @IsText()
  @Matches(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, {
    message: 'A handle is made of lower-case letters and digits, joined by single hyphens.',
  })
  @Field(() => String, { nullable: true, description: 'Appstle: the product handle, `^[a-z0-9]+(?:-[a-z0-9]+)*$`.' })
  readonly handle?: string | null;

  @IsWhenGiven()
  @IsText()
  @Field(() => String, { nullable: true, description: "SureCart: the variant of the price's product." })
  readonly variantId?: string | null;
}

@InputType('UpsellItemInput', { description: 'Exactly one field.' })
export class UpsellItemInput {
  @IsWhenGiven()
  @IsIdOf('UpsellOffer')
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
  readonly product?: ProviderProductInput;
}
