import { Field, InterfaceType } from 'type-graphql';
import type { Refusal, RefusalCode, RetryAdvice } from '../../domain/refusal.js';
import { defineEnum } from '../enum-type.js';

export const UpsellErrorCodeEnum = defineEnum<RefusalCode>('UpsellErrorCode', 'Stable name of a refusal.', {
  VALIDATION: 'The input breaks a rule.',
  NOT_FOUND: 'There is no such record for this actor.',
  NOT_PERMITTED: 'The token does not allow this.',
  NOT_ELIGIBLE: 'The provider would refuse it.',
  CAPABILITY_MISSING: 'The provider cannot do this.',
  TARGET_MOVED: 'The provider used another order.',
  PRICE_GUARD: 'It would cost more than agreed to.',
  DUPLICATE_ITEM: 'The product is on the order already.',
  PAYMENT: 'Paying for it failed.',
  IDEMPOTENCY_CONFLICT: 'The key was used for something else, or still runs.',
  OUTCOME_UNKNOWN: 'It is not known whether it happened.',
  PROVIDER: 'The provider failed before anything changed.',
});

export const RetryAdviceEnum = defineEnum<RetryAdvice>(
  'RetryAdvice',
  'What to do next. Treat a value you do not know like CHECK_OPERATION.',
  {
    SAME_KEY: 'Send the same request with the same key.',
    NEW_REQUEST: 'Send a changed request with a new key.',
    CHECK_OPERATION: 'Ask `operation` first; the outcome is unknown.',
    NEVER: 'Asking again cannot help.',
  },
);

/** GraphQL type of each refusal. */
const errorTypes: Readonly<Record<RefusalCode, string>> = {
  VALIDATION: 'ValidationError',
  NOT_FOUND: 'NotFoundError',
  NOT_PERMITTED: 'NotPermittedError',
  NOT_ELIGIBLE: 'NotEligibleError',
  CAPABILITY_MISSING: 'CapabilityMissingError',
  TARGET_MOVED: 'TargetMovedError',
  PRICE_GUARD: 'PriceGuardError',
  DUPLICATE_ITEM: 'DuplicateItemError',
  PAYMENT: 'PaymentError',
  IDEMPOTENCY_CONFLICT: 'IdempotencyConflictError',
  OUTCOME_UNKNOWN: 'OutcomeUnknownError',
  PROVIDER: 'ProviderError',
};

export function errorTypeOf({ code }: Pick<Refusal, 'code'>): string {
  return errorTypes[code];
}

@InterfaceType('UpsellError', {
  description:
    'A refusal to plan for, not a crash. New types may come: for one you do not know do what `retry` says. Crashes, bad syntax and missing authentication are in the `errors` of the response.',
  resolveType: errorTypeOf,
})
export abstract class UpsellErrorType implements Pick<Refusal, 'code' | 'path' | 'retry'> {
  @Field(() => UpsellErrorCodeEnum, { description: 'Stable name of the error.' })
  readonly code!: Refusal['code'];

  @Field(() => [String], { nullable: true, description: 'Path into the input.' })
  readonly path!: Refusal['path'];

  @Field(() => RetryAdviceEnum, { description: 'What to do next.' })
  readonly retry!: Refusal['retry'];
}
