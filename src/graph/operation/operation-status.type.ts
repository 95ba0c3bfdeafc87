import type { OperationStatus } from '../../domain/operation.js';
import { defineEnum } from '../enum-type.js';

export const OperationStatusEnum = defineEnum<OperationStatus>(
  'UpsellOperationStatus',
  'What became of a write. A lost answer is INDETERMINATE, never FAILED: sending it again could charge twice. Treat a value you do not know like INDETERMINATE.',
  {
    SUCCEEDED: 'Confirmed by the provider and seen by a read.',
    PENDING: 'Still running.',
    REJECTED: 'Refused; `effect` says what is known of the order.',
    FAILED: 'Tried, and not in force; `effect` says what is known of the order.',
    PARTIAL:
      'One part worked (e.g. item added, subscription not created); see `steps`. With the effect UNKNOWN it cannot be told, now or later: see `errors`.',
    INDETERMINATE: 'Unknown whether it happened; reads will settle it.',
    ACTION_REQUIRED: 'The shopper has to go on: see `nextAction`.',
  },
);
