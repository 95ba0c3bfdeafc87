import { createUnionType } from 'type-graphql';
import {
  CapabilityMissingError,
  NotEligibleError,
  NotFoundError,
  NotPermittedError,
  ProviderError,
  ValidationError,
} from '../errors/refusal.type.js';
import { errorTypeOf, type UpsellErrorType } from '../errors/upsell-error.type.js';
import { UpsellPreviewType } from './upsell-preview.type.js';

type PreviewResult = UpsellPreviewType | UpsellErrorType;

export function previewResultTypeOf(result: PreviewResult): string {
  return 'code' in result ? errorTypeOf(result) : 'UpsellPreview';
}

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
  resolveType: previewResultTypeOf,
});
