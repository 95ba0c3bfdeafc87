import { Field, InputType } from 'type-graphql';
import { IsText } from '../input/rules.js';

@InputType('CustomerIdentityInput', { description: "One of a person's identifiers." })
export class CustomerIdentityInput {
  @IsText()
  @Field(() => String, { description: 'Key of the provider account.' })
  readonly account!: string;

  @IsText()
  @Field(() => String, { description: "The customer's identifier at that provider (Centra: e-mail address)." })
  readonly providerId!: string;
}
