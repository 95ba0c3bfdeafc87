import { Field, ObjectType } from 'type-graphql';
import type { ShopperAction } from '../../domain/shopper-action.js';
import { defineEnum } from '../enum-type.js';
import { DateTime, JsonValue } from '../scalars.js';

export const ShopperActionKindEnum = defineEnum<ShopperAction['kind']>(
  'ShopperActionKind',
  'How the shopper goes on. Treat a value you do not know like UNKNOWN.',
  {
    REDIRECT: 'Send the browser to `url`.',
    FORM: "Show the provider's form, which is in `fields`.",
    UNKNOWN: 'The provider asks for something this version of the graph has no name for; see `fields`.',
  },
);

@ObjectType('ShopperAction', {
  description: 'What the shopper has to do before a write can go on: 3-D Secure, the page of a wallet.',
  simpleResolvers: true,
})
export class ShopperActionType implements ShopperAction {
  @Field(() => ShopperActionKindEnum, { description: 'How the shopper goes on.' })
  readonly kind!: ShopperAction['kind'];

  @Field(() => String, { nullable: true, description: 'Where to send the browser.' })
  readonly url!: ShopperAction['url'];

  @Field(() => JsonValue, {
    nullable: true,
    description: "The provider's form, passed on unchanged, where it is no URL.",
  })
  readonly fields!: ShopperAction['fields'];

  @Field(() => DateTime, { nullable: true, description: 'Until when it can be done; null when it is not stated.' })
  readonly expiresAt!: ShopperAction['expiresAt'];
}
