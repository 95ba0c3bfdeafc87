import type { Account } from '../../domain/account.js';
import type { EntityRef } from '../../domain/reference.js';
import type { GraphContext } from '../context.js';

/** Returns the account a record was read from. */
export function accountOf({ accounts }: GraphContext, ref: EntityRef): Account {
  const connected = accounts.get(ref.account);
  if (!connected) throw new TypeError(`a ${ref.type} was read from an account that is not connected`);
  return connected.account;
}
