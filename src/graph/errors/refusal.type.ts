import { Field, ObjectType } from 'type-graphql';
import type { PaymentFailureReason } from '../../domain/payment-failure.js';
import type { RefusalOf } from '../../domain/refusal.js';
import { EligibilityReasonType, RemedyEnum } from '../eligibility/eligibility-reason.type.js';
import { defineEnum } from '../enum-type.js';
import { LineItemType } from '../line-item/line-item.type.js';
import { MoneyType } from '../money/money.type.js';
import { CapabilityType } from '../provider-account/capability.type.js';
import { ProviderProblemType } from '../provider-account/provider-problem.type.js';
import { UpsellErrorType } from './upsell-error.type.js';
import { ValidationRuleEnum } from './validation-rule.type.js';

@ObjectType('ValidationError', {
  description: 'The input breaks a rule. Nothing was sent.',
  implements: UpsellErrorType,
  simpleResolvers: true,
})
export class ValidationError extends UpsellErrorType {
  @Field(() => ValidationRuleEnum, { description: 'The rule it breaks.' })
  readonly rule!: RefusalOf<'VALIDATION'>['rule'];
}

@ObjectType('NotFoundError', {
  description: 'There is no such record, or the token may not see it; the two look the same.',
  implements: UpsellErrorType,
  simpleResolvers: true,
})
export class NotFoundError extends UpsellErrorType {}

@ObjectType('NotPermittedError', {
  description: 'The token does not allow this.',
  implements: UpsellErrorType,
  simpleResolvers: true,
})
export class NotPermittedError extends UpsellErrorType {}

@ObjectType('NotEligibleError', {
  description: 'The item may not be added, or the line not be changed.',
  implements: UpsellErrorType,
  simpleResolvers: true,
})
export class NotEligibleError extends UpsellErrorType {
  @Field(() => [EligibilityReasonType], { description: 'Blocking ones first.' })
  readonly reasons!: RefusalOf<'NOT_ELIGIBLE'>['reasons'];
}

@ObjectType('CapabilityMissingError', {
  description: 'This provider cannot do it at all; nothing was sent.',
  implements: UpsellErrorType,
  simpleResolvers: true,
})
export class CapabilityMissingError extends UpsellErrorType {
  @Field(() => CapabilityType, { description: 'What the provider lacks.' })
  readonly capability!: RefusalOf<'CAPABILITY_MISSING'>['capability'];
}

@ObjectType('TargetMovedError', {
  description: 'The provider used, or would use, another order than the one asked for.',
  implements: UpsellErrorType,
  simpleResolvers: true,
})
export class TargetMovedError extends UpsellErrorType {}

@ObjectType('PriceGuardError', {
  description: 'Above `guards.maxIncrease`, or not what the preview showed.',
  implements: UpsellErrorType,
  simpleResolvers: true,
})
export class PriceGuardError extends UpsellErrorType {
  @Field(() => MoneyType, { description: 'What was agreed to.' })
  readonly allowed!: RefusalOf<'PRICE_GUARD'>['allowed'];

  @Field(() => MoneyType, { nullable: true, description: 'What it would cost; null when the provider does not say.' })
  readonly found!: RefusalOf<'PRICE_GUARD'>['found'];
}

@ObjectType('DuplicateItemError', {
  description: 'The product is a one-time item of the order already.',
  implements: UpsellErrorType,
  simpleResolvers: true,
})
export class DuplicateItemError extends UpsellErrorType {
  @Field(() => LineItemType, { description: 'The line that is there.' })
  readonly existing!: RefusalOf<'DUPLICATE_ITEM'>['existing'];
}

export const PaymentFailureReasonEnum = defineEnum<PaymentFailureReason>('PaymentFailureReason', 'Why paying failed.', {
  DECLINED: 'The payment was declined.',
  INCREASE_REFUSED: 'Raising the authorised amount was refused.',
  CONFIRMATION_NEEDED: 'The shopper has to confirm the payment.',
  METHOD_NOT_SUPPORTED: 'The payment method takes no extra items.',
  UNKNOWN: 'The provider does not say.',
});

@ObjectType('PaymentError', {
  description: 'Paying for the item failed.',
  implements: UpsellErrorType,
  simpleResolvers: true,
})
export class PaymentError extends UpsellErrorType {
  @Field(() => PaymentFailureReasonEnum, { description: 'Why paying failed.' })
  readonly reason!: RefusalOf<'PAYMENT'>['reason'];

  @Field(() => RemedyEnum, { nullable: true, description: 'What the shopper can do instead.' })
  readonly remedy?: RefusalOf<'PAYMENT'>['remedy'];
}

@ObjectType('IdempotencyConflictError', {
  description: 'The key was used with another input, or its first request still runs.',
  implements: UpsellErrorType,
  simpleResolvers: true,
})
export class IdempotencyConflictError extends UpsellErrorType {
  @Field(() => Boolean, { description: 'True while the first request still runs.' })
  readonly inFlight!: RefusalOf<'IDEMPOTENCY_CONFLICT'>['inFlight'];
}

@ObjectType('OutcomeUnknownError', {
  description:
    'It is not known whether the write took effect. Ask `operation` until it settles; a new key could charge twice. Once it has settled so, look at the orders of `mayBeOn`.',
  implements: UpsellErrorType,
  simpleResolvers: true,
})
export class OutcomeUnknownError extends UpsellErrorType {}

@ObjectType('ProviderError', {
  description: 'The provider failed before anything changed.',
  implements: UpsellErrorType,
  simpleResolvers: true,
})
export class ProviderError extends UpsellErrorType {
  @Field(() => ProviderProblemType, { description: 'How it failed.' })
  readonly problem!: RefusalOf<'PROVIDER'>['problem'];
}
