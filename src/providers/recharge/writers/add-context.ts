import type { Frequency } from '../../../domain/subscription.js';
import { type Decoder, type Infer, integer, isJsonObject, requireObject, text } from '../../kit/decode.js';
import { decodeWriteContext } from './write-context.js';

/** Decodes the context of a write that may make a subscription. */
export const decodeAddContext = (value: unknown) => ({
  ...decodeWriteContext(value),
  /** Null for this order only. */
  frequency: frequencyIn(requireObject(value, 'the context of a write')['frequency']),
});

export type AddContext = Infer<typeof decodeAddContext>;

const UNITS: Readonly<Record<string, Frequency['unit']>> = { DAY: 'DAY', WEEK: 'WEEK', MONTH: 'MONTH', YEAR: 'YEAR' };

const decodeFrequency: Decoder<Frequency | null> = (value) => {
  const fields = requireObject(value, 'a frequency');
  const unit = UNITS[text(fields, 'unit')];
  return unit === undefined ? null : { every: integer(fields, 'every'), unit };
};

function frequencyIn(value: unknown): Frequency | null {
  return isJsonObject(value) ? decodeFrequency(value) : null;
}
