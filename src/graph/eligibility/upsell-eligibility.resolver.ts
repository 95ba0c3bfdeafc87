import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { UpsellEligibility } from '../../domain/eligibility.js';
import { refOfType } from '../../domain/reference.js';
import { invalid } from '../../domain/refusal.js';
import type { GraphContext } from '../context.js';
import { Cost, PROVIDER_READ } from '../cost.js';
import { BadInput } from '../errors/bad-input.js';
import { assertMayRead } from '../errors/not-permitted.js';
import { loadOrder } from '../load-record.js';
import { NullOnlyOnError } from '../semantic-non-null.js';
import { checkEligibility } from './check-eligibility.js';
import { UpsellEligibilityInput } from './upsell-eligibility-input.type.js';
import { UpsellEligibilityType } from './upsell-eligibility.type.js';

const MAX_QUESTIONS = 50;

@Resolver()
export class UpsellEligibilityResolver {
  @Cost(PROVIDER_READ)
  @NullOnlyOnError()
  @Query(() => [UpsellEligibilityType], {
    nullable: 'itemsAndList',
    description: 'At most 50 questions; answers in their order, null where no such order is visible.',
  })
  upsellEligibility(
    @Arg('inputs', () => [UpsellEligibilityInput], { description: 'The questions.' })
    inputs: readonly UpsellEligibilityInput[],
    @Ctx() context: GraphContext,
  ): readonly Promise<UpsellEligibility | null>[] {
    assertMayRead(context.actor);
    if (inputs.length > MAX_QUESTIONS) {
      throw new BadInput([invalid(['inputs'], 'COUNT', `At most ${MAX_QUESTIONS} questions can be asked at once.`)]);
    }
    return inputs.map((input) => answer(context, input));
  }
}

async function answer(context: GraphContext, input: UpsellEligibilityInput): Promise<UpsellEligibility | null> {
  const order = await loadOrder(context, refOfType(input.orderId, 'Order'));
  return order && checkEligibility(context, order, input);
}
