import { Field, ObjectType } from 'type-graphql';
import type { Actor, ActorKind } from '../../domain/actor.js';
import { defineEnum } from '../enum-type.js';

export const ActorKindEnum = defineEnum<ActorKind>('ActorKind', 'Kind of caller the token names.', {
  CUSTOMER: 'A shopper who is logged in.',
  RECOGNISED_CUSTOMER: 'A returning shopper identified without a login; sees and does less.',
  GUEST: 'A guest who may see single orders.',
  SERVICE: 'Staff or a server of the merchant.',
});

@ObjectType('UpsellViewer', { description: 'Who asks, and what they may do.', simpleResolvers: true })
export class ViewerType implements Pick<Actor, 'kind'> {
  @Field(() => ActorKindEnum, { description: 'Whom the token speaks for.' })
  readonly kind!: Actor['kind'];
}
