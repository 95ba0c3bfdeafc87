import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { requireScope } from '../../auth/access.js';
import type { GraphContext } from '../context.js';
import { Cost, PROVIDER_WRITE } from '../cost.js';
import { checkInput } from '../input/check-input.js';
import { completeCheckout } from './complete-checkout.js';
import { CompleteCheckoutInput, CompleteCheckoutPayload } from './complete-checkout.type.js';

@Resolver()
export class CompleteCheckoutMutation {
  @Cost(PROVIDER_WRITE)
  @Mutation(() => CompleteCheckoutPayload, {
    description: 'Finishes a checkout, so that its upsell terms are known and timed.',
  })
  async completeCheckout(
    @Arg('input', () => CompleteCheckoutInput, { description: 'The checkout and what the payment page returned.' })
    input: CompleteCheckoutInput,
    @Ctx() context: GraphContext,
  ): Promise<CompleteCheckoutPayload> {
    const forbidden = requireScope(context.actor, 'upsell:write');
    const refusals = forbidden ? [forbidden] : checkInput(input);
    return refusals.length > 0 ? { order: null, errors: refusals } : completeCheckout(context, input);
  }
}
