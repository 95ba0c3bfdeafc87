import { Field, InputType } from 'type-graphql';
import { IsText } from '../input/rules.js';
import { QuotesIdMeaning } from '../provider-account/described-provider.js';

@InputType('CustomerIdentityInput', { description: "One of a person's identifiers." })
export class CustomerIdentityInput {
  @IsText()
  @Field(() => String, { description: 'Key of the provider account.' })
  readonly accountKey!: string;

  @IsText()
  @QuotesIdMeaning('customer')
  @Field(() => String, { description: "The customer's identifier at that provider." })
  readonly providerId!: string;
}
