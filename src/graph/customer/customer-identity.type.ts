import { Directive, Field, ObjectType } from 'type-graphql';
import { QuotesIdMeaning } from '../provider-account/described-provider.js';

@Directive('@shareable')
@ObjectType('CustomerIdentity', { description: 'Who a shopper is at one provider account.', simpleResolvers: true })
export class CustomerIdentityType {
  @Field(() => String, { description: 'Key of the provider account.' })
  readonly accountKey!: string;

  @QuotesIdMeaning('customer')
  @Field(() => String, { description: "The customer's identifier at that provider." })
  readonly providerId!: string;
}
