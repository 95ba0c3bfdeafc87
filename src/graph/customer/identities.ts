import type { ConnectedAccounts } from '../../domain/connected-account.js';
import { invalid, type RefusalOf } from '../../domain/refusal.js';
import { BadInput } from '../errors/bad-input.js';
import { checkInput } from '../input/check-input.js';
import { mustMatch } from '../input/check-item.js';
import type { CustomerIdentityInput } from './customer-identity-input.type.js';

/** Maps identities by account key. Throws `BadInput` for unknown or repeated accounts, and for an empty list. */
export function identitiesFrom(
  inputs: readonly CustomerIdentityInput[],
  accounts: ConnectedAccounts,
): Readonly<Record<string, string>> {
  const problems = inputs.flatMap((input, index) => problemsAt(input, index, inputs, accounts));
  if (inputs.length === 0) problems.push(invalid(['identities'], 'COUNT', 'At least one identifier is needed.'));
  if (problems.length > 0) throw new BadInput(problems);
  return Object.fromEntries(inputs.map(({ accountKey, providerId }) => [accountKey, providerId]));
}

function problemsAt(
  input: CustomerIdentityInput,
  index: number,
  all: readonly CustomerIdentityInput[],
  accounts: ConnectedAccounts,
): RefusalOf<'VALIDATION'>[] {
  const at = ['identities', String(index)];
  const account = [...at, 'accountKey'];
  const { identifiers } = accounts.get(input.accountKey) ?? {};
  const broken = [
    ...checkInput(input).map((refusal) => ({ ...refusal, path: [...at, ...(refusal.path ?? [])] })),
    ...(identifiers ? mustMatch(input.providerId, identifiers.customer, [...at, 'providerId']) : []),
  ];
  if (!accounts.has(input.accountKey)) {
    return [...broken, invalid(account, 'ACCOUNT_KEY', 'There is no provider account with this key.')];
  }
  const isRepeated = all.slice(0, index).some((earlier) => earlier.accountKey === input.accountKey);
  return isRepeated ? [...broken, invalid(account, 'UNIQUE', 'This account has an identifier already.')] : broken;
}
