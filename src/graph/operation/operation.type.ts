import { Directive, Field, ObjectType } from 'type-graphql';
import type { Operation } from '../../domain/operation.js';
import { ForStaff } from '../staff-only.js';
import { toGlobalId, type EntityRef, type GlobalId } from '../../domain/reference.js';
import type { WriteKind } from '../../domain/write.js';
import { defineEnum } from '../enum-type.js';
import { UpsellErrorType } from '../errors/upsell-error.type.js';
import { NodeType } from '../node/node.type.js';
import { DateTime } from '../scalars.js';
import { AppliedDifferenceType } from './applied-difference.type.js';
import { KnownEffectEnum } from './known-effect.type.js';
import { OperationEventType } from './operation-event.type.js';
import { OperationStatusEnum } from './operation-status.type.js';
import { OperationStepType } from './operation-step.type.js';
import { ShopperActionType } from './shopper-action.type.js';

export const OperationKindEnum = defineEnum<WriteKind>('UpsellOperationKind', 'What a write does.', {
  ADD_UPSELL_ITEM: '`addUpsellItem`.',
  CONVERT_TO_SUBSCRIPTION: '`convertToSubscription`.',
  CHANGE_UPSELL_ITEM_QUANTITY: '`changeUpsellItemQuantity`.',
  REMOVE_UPSELL_ITEM: '`removeUpsellItem`.',
  DECLINE_UPSELL_OFFER: '`declineUpsellOffer`.',
  COMPLETE_CHECKOUT: '`completeCheckout`.',
});

/** An operation as the graph shows it: under a global ID. */
export type OperationRecord = Omit<Operation, 'id'> & {
  readonly id: GlobalId;
  readonly ref: EntityRef<'UpsellOperation'>;
};

export function toOperationRecord(operation: Operation): OperationRecord {
  const ref: EntityRef<'UpsellOperation'> = { type: 'UpsellOperation', account: '', key: operation.id };
  return { ...operation, ref, id: toGlobalId(ref) };
}

@Directive('@key(fields: "id")')
@ObjectType('UpsellOperation', {
  description: 'One write, from request to settled outcome; readable after the response is lost.',
  implements: NodeType,
  simpleResolvers: true,
})
export class OperationType
  extends NodeType
  implements
    Pick<
      OperationRecord,
      | 'kind'
      | 'status'
      | 'effect'
      | 'nextAction'
      | 'idempotencyKey'
      | 'errors'
      | 'differences'
      | 'steps'
      | 'history'
      | 'createdAt'
      | 'settledAt'
    >
{
  @Field(() => OperationKindEnum, { description: 'What the write does.' })
  readonly kind!: Operation['kind'];

  @Field(() => OperationStatusEnum, { description: 'What became of it.' })
  readonly status!: Operation['status'];

  @Field(() => KnownEffectEnum, { description: 'What is proven about the order.' })
  readonly effect!: Operation['effect'];

  @Field(() => ShopperActionType, {
    nullable: true,
    description: 'What the shopper has to do before it can go on.',
  })
  readonly nextAction!: Operation['nextAction'];

  @ForStaff()
  @Field(() => [OperationEventType], { description: 'Every transition, oldest first.' })
  readonly history!: Operation['history'];

  @ForStaff()
  @Field(() => String, { description: 'The key it was sent with.' })
  readonly idempotencyKey!: Operation['idempotencyKey'];

  @Field(() => [UpsellErrorType], { description: 'Why it did not succeed.' })
  readonly errors!: Operation['errors'];

  @Field(() => [AppliedDifferenceType], {
    description: 'Found by reading back: what was asked against what the provider did.',
  })
  readonly differences!: Operation['differences'];

  @ForStaff()
  @Field(() => [OperationStepType], { description: 'What was done, in order.' })
  readonly steps!: Operation['steps'];

  @Field(() => DateTime, { description: 'When it was asked for.' })
  readonly createdAt!: Operation['createdAt'];

  @Field(() => DateTime, { nullable: true, description: 'When its outcome became final; null before.' })
  readonly settledAt!: Operation['settledAt'];
}
