import type { Account } from '../../domain/account.js';
import type { Listing } from '../../domain/lookup.js';
import { ProviderFailure, type ProviderProblem } from '../../domain/problem.js';
import { invalid } from '../../domain/refusal.js';
import type { GraphContext } from '../context.js';
import { BadInput } from '../errors/bad-input.js';
import type { OpenAccount } from '../sources.js';
import type { SourceStatus } from './source-status.type.js';

/** Lists the records of a person at an account, or returns null when the account has no such notion. */
type List<T> = (account: OpenAccount, customerId: string) => Promise<Listing<T>> | null;

/**
 * One list made of what several accounts say about a person, read at the same time. An account that fails contributes
 * nothing and says why.
 */
export async function readEverywhere<T>(
  context: GraphContext,
  identities: Readonly<Record<string, string>>,
  accounts: readonly string[] | null | undefined,
  list: List<T>,
): Promise<{ readonly records: readonly T[]; readonly sources: readonly SourceStatus[] }> {
  const parts = await Promise.all(
    chooseAccounts(context, accounts).map((key) => readOne(context, key, identities[key], list)),
  );
  return { records: parts.flatMap(({ records }) => records), sources: parts.map(({ status }) => status) };
}

interface Part<T> {
  readonly records: readonly T[];
  readonly status: SourceStatus;
}

function chooseAccounts({ accounts }: GraphContext, wanted: readonly string[] | null | undefined): readonly string[] {
  if (!wanted) return [...accounts.keys()];
  const unknown = wanted.findIndex((key) => !accounts.has(key));
  if (unknown >= 0) {
    throw new BadInput([
      invalid(['accountKeys', String(unknown)], 'ACCOUNT_KEY', 'There is no provider account with this key.'),
    ]);
  }
  return [...new Set(wanted)];
}

async function readOne<T>(
  { sources }: GraphContext,
  key: string,
  customerId: string | undefined,
  list: List<T>,
): Promise<Part<T>> {
  const opened = sources.at(key);
  if (!opened) throw new TypeError(`account ${key} is not connected`);
  const { account } = opened.connected;
  const listing = customerId === undefined ? null : list(opened, customerId);
  if (!listing) return { records: [], status: { account, state: 'NOT_APPLICABLE', itemCount: 0, problem: null } };
  try {
    const { items, problem: gap } = await listing;
    return {
      records: items,
      status: { account, state: gap ? 'PARTIAL' : 'OK', itemCount: items.length, problem: gap },
    };
  } catch (error) {
    if (error instanceof ProviderFailure) return failedPart(account, error.problem);
    throw error;
  }
}

function failedPart<T>(account: Account, why: ProviderProblem): Part<T> {
  const state = why.notSent === 'CIRCUIT_OPEN' ? 'SKIPPED' : 'FAILED';
  return { records: [], status: { account, state, itemCount: 0, problem: why } };
}
