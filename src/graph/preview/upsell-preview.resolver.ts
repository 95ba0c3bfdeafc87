import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { requireScope } from '../../auth/access.js';
import { notFound, type Refusal } from '../../domain/refusal.js';
import type { GraphContext } from '../context.js';
import { Cost, PROVIDER_READ } from '../cost.js';
import { checkInput } from '../input/check-input.js';
import { previewUpsell, type BindablePreview } from './preview-upsell.js';
import { UpsellPreviewInput } from './upsell-preview-input.type.js';
import { UpsellPreviewResult } from './upsell-preview-result.type.js';

@Resolver()
export class UpsellPreviewResolver {
  @Cost(PROVIDER_READ)
  @Query(() => UpsellPreviewResult, { description: 'What adding an item would change; nothing is saved or charged.' })
  async upsellPreview(
    @Arg('input', () => UpsellPreviewInput, { description: 'The item and the order.' }) input: UpsellPreviewInput,
    @Ctx() context: GraphContext,
  ): Promise<BindablePreview | Refusal> {
    const refusal = requireScope(context.actor, 'upsell:read') ?? checkInput(input)[0];
    return refusal ?? (await previewUpsell(context, input)) ?? notFound(['orderId'], 'order');
  }
}
