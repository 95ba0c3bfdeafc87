import type { Migration } from 'kysely';
import { createOperations } from './0001-operations.js';
import { createOrderLocks } from './0002-order-locks.js';
import { createAccountFacts } from './0003-account-facts.js';
import { createDataKeys } from './0004-data-keys.js';
import { addOperationNames } from './0005-operation-names.js';
import { createChanges } from './0006-changes.js';
import { createWebhookInbox } from './0007-webhook-inbox.js';
import { createSharedStates } from './0008-shared-states.js';
import { moveLocksToOperations } from './0009-locked-orders.js';

/** In the order they are applied; names never change once released. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-operations': createOperations,
  '0002-order-locks': createOrderLocks,
  '0003-account-facts': createAccountFacts,
  '0004-data-keys': createDataKeys,
  '0005-operation-names': addOperationNames,
  '0006-changes': createChanges,
  '0007-webhook-inbox': createWebhookInbox,
  '0008-shared-states': createSharedStates,
  '0009-locked-orders': moveLocksToOperations,
};
