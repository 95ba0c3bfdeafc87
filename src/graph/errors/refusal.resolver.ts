import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { EligibilityReason } from '../../domain/eligibility.js';
import type { Order } from '../../domain/order.js';
import type { ProductRef } from '../../domain/product.js';
import type { Refusal, RefusalOf } from '../../domain/refusal.js';
import type { GraphContext } from '../context.js';
import { EligibilityReasonType } from '../eligibility/eligibility-reason.type.js';
import { toUpsellScopes, type UpsellScope, UpsellScopeEnum } from '../customer/scope.type.js';
import { loadOrder, type MaybePromise } from '../load-record.js';
import { loadOperation } from '../operation/load-operation.js';
import { type OperationRecord, OperationType } from '../operation/operation.type.js';
import { OrderType } from '../order/order.type.js';
import { ProductType } from '../product/product.type.js';
import { IdempotencyConflictError, NotPermittedError, OutcomeUnknownError, TargetMovedError } from './refusal.type.js';
import { UpsellErrorType } from './upsell-error.type.js';
import { developerMessage, reasonMessage, shopperMessage } from './wording.js';

@Resolver(() => UpsellErrorType)
export class UpsellErrorResolver {
  @FieldResolver(() => String, { description: 'For developers, in English. Do not parse it, nor show it to shoppers.' })
  message(@Root() refusal: Refusal): string {
    return developerMessage(refusal);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'For the shopper, in the language that `Accept-Language` asks for, else in English; null when the shopper can do nothing about it.',
  })
  shopperMessage(@Root() refusal: Refusal, @Ctx() { sentences }: GraphContext): string | null {
    return shopperMessage(refusal, sentences);
  }
}

@Resolver(() => EligibilityReasonType)
export class EligibilityReasonResolver {
  @FieldResolver(() => String, { description: 'For the shopper, in the language that `Accept-Language` asks for.' })
  message(@Root() found: EligibilityReason, @Ctx() { sentences }: GraphContext): string {
    return reasonMessage(found, sentences);
  }

  @FieldResolver(() => [ProductType], { description: 'For PRICE_AMBIGUOUS: name one of them.' })
  candidates(@Root() { candidates = [] }: EligibilityReason): readonly ProductRef[] {
    return candidates;
  }
}

@Resolver(() => NotPermittedError)
export class NotPermittedErrorResolver {
  @FieldResolver(() => [UpsellScopeEnum], { description: 'What the token lacks.' })
  neededScopes(@Root() { neededScopes }: RefusalOf<'NOT_PERMITTED'>): readonly UpsellScope[] {
    return toUpsellScopes(neededScopes);
  }
}

@Resolver(() => TargetMovedError)
export class TargetMovedErrorResolver {
  @FieldResolver(() => OrderType, { nullable: true, description: 'The order the provider used, when it is known.' })
  actualOrder(
    @Root() { actualOrderRef }: RefusalOf<'TARGET_MOVED'>,
    @Ctx() context: GraphContext,
  ): MaybePromise<Order | null> {
    return loadOrder(context, actualOrderRef);
  }
}

@Resolver(() => IdempotencyConflictError)
export class IdempotencyConflictErrorResolver {
  @FieldResolver(() => OperationType, { description: 'The write the key belongs to.' })
  operation(
    @Root() { operationId }: RefusalOf<'IDEMPOTENCY_CONFLICT'>,
    @Ctx() context: GraphContext,
  ): Promise<OperationRecord | null> {
    return loadOperation(context, operationId);
  }
}

@Resolver(() => OutcomeUnknownError)
export class OutcomeUnknownErrorResolver {
  @FieldResolver(() => [OrderType], {
    description:
      'Set once nothing more will be known: orders that hold something like it, whoever asked for that. Empty while reads may still tell.',
  })
  async mayBeOn(
    @Root() { mayBeOn = [] }: RefusalOf<'OUTCOME_UNKNOWN'>,
    @Ctx() context: GraphContext,
  ): Promise<readonly Order[]> {
    const orders = await Promise.all(mayBeOn.map(async (ref) => loadOrder(context, ref)));
    return orders.filter((order) => order !== null);
  }

  @FieldResolver(() => OperationType, { description: 'Where its outcome will be found.' })
  operation(
    @Root() { operationId }: RefusalOf<'OUTCOME_UNKNOWN'>,
    @Ctx() context: GraphContext,
  ): Promise<OperationRecord | null> {
    return loadOperation(context, operationId);
  }
}
