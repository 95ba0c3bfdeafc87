import { Field, ObjectType } from 'type-graphql';
import type { EligibilityReason, EligibilityReasonCode, Remedy } from '../../domain/eligibility.js';
import { ForStaff } from '../staff-only.js';
import { defineEnum } from '../enum-type.js';

export const EligibilityReasonCodeEnum = defineEnum<EligibilityReasonCode>(
  'EligibilityReasonCode',
  'Why something cannot, or may not, be done.',
  {
    WINDOW_CLOSED: 'The period for adding items is over.',
    WINDOW_CLOSING: 'The period for adding items ends any moment.',
    ORDER_LOCKED: 'The provider has locked the order.',
    ORDER_PROCESSING: 'The order is being placed or billed.',
    ORDER_NOT_OPEN: 'The order is not in a state that takes items.',
    NO_UPCOMING_ORDER: 'There is no order to add to.',
    NO_SUBSCRIPTION: 'There is no subscription this can be added to.',
    SUBSCRIPTION_NOT_ACTIVE: 'The subscription behind the order is not active.',
    SUBSCRIPTION_FROZEN: 'The subscription behind the order is frozen.',
    SUBSCRIPTION_PREPAID: 'The subscription behind the order is prepaid.',
    NOT_OFFERED: 'The product is not part of an offer for this order.',
    NO_OFFER: 'No offer is open.',
    ALREADY_TAKEN: 'The offer was taken before.',
    PAYMENT_METHOD_NOT_SUPPORTED: 'The payment method of the order takes no extra items.',
    PAYMENT_METHOD_NOT_USABLE: 'There is no payment method that can be charged for it.',
    RISK_CHECK_NEEDED: 'A credit or risk check follows at payment.',
    OUT_OF_STOCK: 'Not enough in stock.',
    PURCHASE_LIMIT: 'More units than one shopper may buy.',
    PRICE_GONE: 'The price is no longer offered.',
    PRICE_CHANGED: 'The price has changed.',
    VARIANT_REQUIRED: 'A variant has to be chosen.',
    VARIANT_GONE: 'The variant is no longer sold.',
    VARIANT_CHANGED: 'The variant has changed.',
    PRODUCT_NOT_ELIGIBLE: 'The product is not meant for upsells.',
    PRODUCT_UNAVAILABLE: 'The product is unknown or no longer sold.',
    ALREADY_ON_ORDER: 'The product is on the order already.',
    QUANTITY_NOT_SUPPORTED: 'The provider does not take this quantity.',
    NO_SUBSCRIPTION_PLAN: 'The product cannot recur.',
    PRICE_AMBIGUOUS: 'More than one price or plan fits.',
    ALREADY_SUBSCRIBED: 'It recurs already, or was converted before.',
    NOT_ONE_TIME: 'It cannot be bought just once.',
    LOCKED_LINE: 'The provider has locked the line.',
    CAPABILITY_MISSING: 'The provider cannot do this.',
    NOT_PERMITTED: 'This shopper may not do this.',
    PROVIDER_UNAVAILABLE: 'The provider could not be asked.',
    UNKNOWN: 'The provider does not say.',
  },
);

export const RemedyEnum = defineEnum<Remedy>('UpsellRemedy', 'What the shopper can do about it.', {
  PLACE_NEW_ORDER: 'Buy it in an order of its own.',
  CHOOSE_OTHER_PRODUCT: 'Take another product.',
  REDUCE_QUANTITY: 'Choose a smaller quantity.',
  CHANGE_PAYMENT_METHOD: 'Pay in another way.',
  LOG_IN: 'Log in.',
  USE_NEXT_ORDER: 'Add it to the order after this one.',
  RETRY_LATER: 'Try again later.',
});

@ObjectType('EligibilityReason', { description: 'Why something cannot, or may not, be done.', simpleResolvers: true })
export class EligibilityReasonType implements Omit<EligibilityReason, 'message'> {
  @Field(() => EligibilityReasonCodeEnum, { description: 'Stable name of the reason.' })
  readonly code!: EligibilityReason['code'];

  @Field(() => Boolean, { description: 'Forbids the write; otherwise it only makes the answer conditional.' })
  readonly blocking!: EligibilityReason['blocking'];

  @ForStaff()
  @Field(() => String, { nullable: true, description: 'The provider fact behind it, e.g. `locked = true`.' })
  readonly evidence!: EligibilityReason['evidence'];

  @Field(() => RemedyEnum, { nullable: true, description: 'What the shopper can do about it.' })
  readonly remedy!: EligibilityReason['remedy'];
}
