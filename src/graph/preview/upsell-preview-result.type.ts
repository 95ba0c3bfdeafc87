import { createUnionType } from 'type-graphql';
import {
  CapabilityMissingError,
  NotEligibleError,
  NotFoundError,
  NotPermittedError,
  ProviderError,
  ValidationError,
} from '../errors/refusal.type.js';
import { errorTypeOf } from '../errors/upsell-error.type.js';
import { UpsellPreviewType } from './upsell-preview.type.js';

export const UpsellPreviewResult = createUnionType({
  name: 'UpsellPreviewResult',
  description: 'A preview, or why there is none.',
  types: () =>
    [
      UpsellPreviewType,
      ValidationError,
      NotFoundError,
      NotPermittedError,
      NotEligibleError,
      CapabilityMissingError,
      ProviderError,
    ] as const,
  resolveType: (result) => ('code' in result ? errorTypeOf(result) : 'UpsellPreview'),
});
