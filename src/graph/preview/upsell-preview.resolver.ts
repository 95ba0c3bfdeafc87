import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../../auth/access.js';
import type { CurrencySource } from '../../domain/money.js';
import { notFound } from '../../domain/refusal.js';
import type { GraphContext } from '../context.js';
import { Cost, PROVIDER_READ } from '../cost.js';
import { checkInput } from '../input/check-input.js';
import { CurrencySourceEnum } from '../money/money.type.js';
import { currencySourceOf } from '../money/currency-source.js';
import { NullOnlyOnError } from '../semantic-non-null.js';
import { previewUpsell, type BindablePreview } from './preview-upsell.js';
import { UpsellPreviewInput } from './upsell-preview-input.type.js';
import { UpsellPreviewPayload } from './upsell-preview-payload.type.js';
import { UpsellPreviewType } from './upsell-preview.type.js';

@Resolver(() => UpsellPreviewType)
export class UpsellPreviewResolver {
  @Cost(PROVIDER_READ)
  @NullOnlyOnError()
  @Query(() => UpsellPreviewPayload, {
    nullable: true,
    description: 'What adding an item would change; nothing is saved or charged.',
  })
  async upsellPreview(
    @Arg('input', () => UpsellPreviewInput, { description: 'The item and the order.' }) input: UpsellPreviewInput,
    @Ctx() context: GraphContext,
  ): Promise<UpsellPreviewPayload> {
    const forbidden = requireScope(context.actor, 'upsell:read');
    const refusals = forbidden ? [forbidden] : checkInput(input);
    if (refusals.length > 0) return { preview: null, errors: refusals };
    const result = (await previewUpsell(context, input)) ?? notFound(['orderId'], 'order');
    return 'code' in result ? { preview: null, errors: [result] } : { preview: result, errors: [] };
  }

  @FieldResolver(() => CurrencySourceEnum, {
    nullable: true,
    description: 'Who named the currency of these amounts; null when there are none.',
  })
  currencySource(@Root() { lineTotal, lineDiscount, orderTotalAfter, charge }: BindablePreview): CurrencySource | null {
    return currencySourceOf([lineTotal, lineDiscount, orderTotalAfter, charge.increase]);
  }
}
