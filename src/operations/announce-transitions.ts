import { type Changes, operationTopic, orderTopic } from '../domain/changes.js';
import { type ConnectedAccounts, lockNameOf } from '../domain/connected-account.js';
import type { Operation } from '../domain/operation.js';
import type { Ledger } from './ledger.js';

/** Announces every transition of an operation once the ledger has stored it, and the order that the operation may have changed. */
export function announceTransitions(ledger: Ledger, changes: Changes, accounts: ConnectedAccounts): Ledger {
  return {
    ...ledger,
    async save(operation, lease) {
      const saved = await ledger.save(operation, lease);
      changes.publish(topicsOf(saved, accounts));
      return saved;
    },
  };
}

function topicsOf(operation: Operation, accounts: ConnectedAccounts): readonly string[] {
  const { id, status, account, orderRef } = operation;
  const connected = accounts.get(account);
  const mayHaveChangedOrder = status !== 'PENDING' && status !== 'REJECTED';
  return [
    operationTopic(id),
    ...(mayHaveChangedOrder && orderRef && connected ? [orderTopic(lockNameOf(connected, orderRef.key))] : []),
  ];
}
