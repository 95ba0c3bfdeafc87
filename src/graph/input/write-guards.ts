import { parseMoney } from '../../domain/money.js';
import type { WriteGuards } from '../../operations/write-command.js';
import { decodePreviewId } from '../preview/preview-id.js';
import type { WriteGuardsInput } from './write-guards-input.type.js';

/** The guards of a checked input. */
export function toWriteGuards(input: WriteGuardsInput | null | undefined): WriteGuards {
  const { previewId, maxIncrease } = input ?? {};
  return {
    preview: previewId ? (decodePreviewId(previewId)?.bound ?? null) : null,
    maxIncrease: maxIncrease ? parseMoney(maxIncrease.amount, maxIncrease.currency, 'PROVIDER') : null,
  };
}
