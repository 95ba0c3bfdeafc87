import type { Operation } from '../../domain/operation.js';
import { defineEnum } from '../enum-type.js';

export type KnownEffect = 'NOT_SENT' | 'UNCHANGED' | 'PARTLY_CHANGED' | 'CHANGED' | 'RESTORED' | 'UNKNOWN';

export const KnownEffectEnum = defineEnum<KnownEffect>(
  'KnownEffect',
  'What is proven about the order, by reads and by documented answers; not what is likely. Treat a value you do not know like UNKNOWN.',
  {
    NOT_SENT: 'Nothing was sent to the provider.',
    UNCHANGED: 'Sent or refused; the order was seen complete and unchanged afterwards.',
    PARTLY_CHANGED: 'A part is in force; `steps` and the records of the payload say which.',
    CHANGED: 'It is in force.',
    RESTORED: 'It was put back: the provider confirmed that, or a read shows the order as before.',
    UNKNOWN: 'Not proven: the order may or may not have changed.',
  },
);

type Recorded = Pick<Operation, 'status' | 'progress' | 'steps' | 'errors'>;

/** Says no more than the record of the operation proves. Null: the request was refused before anything was recorded. */
export function effectOf(operation: Recorded | null): KnownEffect {
  if (!operation?.progress) return 'NOT_SENT';
  const { status, steps, errors } = operation;
  switch (status) {
    case 'SUCCEEDED':
      return 'CHANGED';
    case 'PARTIAL':
      return 'PARTLY_CHANGED';
    case 'FAILED':
    case 'REJECTED': {
      const isTakenBack = steps.some(({ outcome }) => outcome === 'COMPENSATED');
      const isSeenRestored = errors.some((error) => error.code === 'PAYMENT' && error.orderRestored === true);
      return isTakenBack || isSeenRestored ? 'RESTORED' : 'UNKNOWN';
    }
    case 'PENDING':
    case 'INDETERMINATE':
      return 'UNKNOWN';
  }
}
