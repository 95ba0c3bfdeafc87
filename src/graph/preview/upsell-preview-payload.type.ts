import { Field, ObjectType } from 'type-graphql';
import type { Refusal } from '../../domain/refusal.js';
import { UpsellErrorType } from '../errors/upsell-error.type.js';
import type { BindablePreview } from './preview-upsell.js';
import { UpsellPreviewType } from './upsell-preview.type.js';

@ObjectType('UpsellPreviewPayload', { description: 'A preview, or why there is none.', simpleResolvers: true })
export class UpsellPreviewPayload {
  @Field(() => UpsellPreviewType, { nullable: true, description: 'Null when `errors` says why.' })
  readonly preview!: BindablePreview | null;

  @Field(() => [UpsellErrorType], {
    description:
      'Every problem of the input at once. May hold CapabilityMissingError, NotEligibleError, NotFoundError, NotPermittedError, ProviderError and ValidationError.',
  })
  readonly errors!: readonly Refusal[];
}
