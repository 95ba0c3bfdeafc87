import { Field, ObjectType } from 'type-graphql';
import type { Capability, CapabilityKey, CapabilitySupport } from '../../domain/capability.js';
import { defineEnum } from '../enum-type.js';

export const CapabilityKeyEnum = defineEnum<CapabilityKey>(
  'ProviderCapabilityKey',
  'Something a provider may be able to do.',
  {
    UPCOMING_ORDERS: 'List the orders of a customer that are still to be placed.',
    POST_PURCHASE_ORDERS: 'Keep a finished checkout open for extra items.',
    ADD_ONE_TIME_ITEM: 'Add an item to this order only.',
    ADD_AS_SUBSCRIPTION: 'Add an item that recurs.',
    CONVERT_TO_SUBSCRIPTION: 'Make a one-time line recur.',
    REMOVE_ITEM: 'Take an added item off again.',
    CHANGE_QUANTITY: 'Change the quantity of an added item.',
    PREVIEW: 'Say what an item would cost before it is added.',
    ELIGIBILITY_REASONS: 'Say why an item may not be added.',
    TIME_WINDOW: 'Say until when items may be added.',
    OFFER_FUNNEL: 'Lead through offers that follow on accepting or declining.',
    TARGET_PINNING: 'The provider keeps the order that was asked for, or fails.',
    REVERT_ON_PAYMENT_FAILURE: 'The provider puts the order back when paying for the extra item fails.',
    BATCH_READ: 'Answer for many records in one call.',
    WEBHOOKS: 'Tell of changes by itself.',
  },
);

export const CapabilitySupportEnum = defineEnum<CapabilitySupport>(
  'ProviderCapabilitySupport',
  'How well something is supported. Treat a value you do not know like UNSUPPORTED.',
  {
    NATIVE: 'The provider does it.',
    PARTIAL: 'The provider does it within the limits its note states.',
    COMPOSED: 'Composed by this layer, with the weaker guarantee its note states.',
    UNSUPPORTED: 'Not possible.',
  },
);

@ObjectType('ProviderCapability', { description: 'One line of the capability matrix.', simpleResolvers: true })
export class CapabilityType implements Capability {
  @Field(() => CapabilityKeyEnum, { description: 'What it is about.' })
  readonly key!: Capability['key'];

  @Field(() => CapabilitySupportEnum, { description: 'How well the provider supports it.' })
  readonly support!: Capability['support'];

  @Field(() => String, { nullable: true, description: 'The limit or the catch, in one sentence.' })
  readonly note!: Capability['note'];
}
