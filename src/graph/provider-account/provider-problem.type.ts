import { Field, Int, ObjectType } from 'type-graphql';
import type { ProviderProblem, ProviderProblemKind } from '../../domain/problem.js';
import { ForStaff } from '../staff-only.js';
import { defineEnum } from '../enum-type.js';
import { DateTime } from '../scalars.js';

export const ProviderProblemKindEnum = defineEnum<ProviderProblemKind>(
  'ProviderProblemKind',
  'How a provider failed.',
  {
    AUTHENTICATION: "It does not accept this layer's credentials.",
    FORBIDDEN: 'It does not allow this for the shopper or the credentials.',
    NOT_FOUND: 'It has no such record.',
    REJECTED: 'It refused the request.',
    CONFLICT: 'Something else is changing the same record.',
    RATE_LIMITED: 'It was asked too often.',
    TIMEOUT: 'It did not answer in time.',
    UNAVAILABLE: 'It cannot be reached, or failed.',
    CONTRACT_DRIFT: 'An answer that does not have the documented shape.',
  },
);

@ObjectType('ProviderProblem', {
  description: 'A failure at a provider, without secrets or upstream bodies.',
  simpleResolvers: true,
})
export class ProviderProblemType implements ProviderProblem {
  @Field(() => ProviderProblemKindEnum, { description: 'How the provider failed.' })
  readonly kind!: ProviderProblem['kind'];

  @ForStaff()
  @Field(() => Int, { nullable: true, description: 'HTTP status of its answer; null when there was none.' })
  readonly httpStatus!: ProviderProblem['httpStatus'];

  @Field(() => String, { description: 'For developers and support: what happened. Do not show it to shoppers.' })
  readonly detail!: ProviderProblem['detail'];

  @Field(() => DateTime, { nullable: true, description: 'When asking again may help, if that is known.' })
  readonly retryAt!: ProviderProblem['retryAt'];
}
