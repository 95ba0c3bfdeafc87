import type { Account } from '../../domain/account.js';
import type { Listing } from '../../domain/lookup.js';
import type { AccountList } from '../../domain/observer.js';
import { problem, ProviderFailure, type ProviderProblem } from '../../domain/problem.js';
import { invalid } from '../../domain/refusal.js';
import type { GraphContext } from '../context.js';
import { BadInput } from '../errors/bad-input.js';
import type { OpenAccount } from '../sources.js';
import type { SourceState, SourceStatus } from './source-status.type.js';

/** Lists a customer's records at an account; null when the account has no such records. */
type List<T> = (account: OpenAccount, customerId: string) => Promise<Listing<T>> | null;

/** Lists a customer's records at several accounts in parallel. Reports the state of each account, failures included. */
export async function listAcrossAccounts<T>(
  context: GraphContext,
  name: AccountList['list'],
  identities: Readonly<Record<string, string>>,
  accounts: readonly string[] | null | undefined,
  list: List<T>,
): Promise<{ readonly records: readonly T[]; readonly sources: readonly SourceStatus[] }> {
  const parts = await Promise.all(
    chooseAccounts(context, accounts).map((key) =>
      readOne(context, { account: key, list: name }, identities[key], list),
    ),
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
  { sources, observe, report }: GraphContext,
  what: AccountList,
  customerId: string | undefined,
  list: List<T>,
): Promise<Part<T>> {
  const opened = sources.get(what.account);
  if (!opened) throw new TypeError(`account ${what.account} is not connected`);
  const { account } = opened.connected;
  const listing = customerId === undefined ? null : list(opened, customerId);
  if (!listing) return emptyPart(account, 'NOT_APPLICABLE', null);
  return observe(
    'accountList',
    what,
    async () => {
      try {
        return toPart(account, await listing);
      } catch (error) {
        if (error instanceof ProviderFailure) return failedPart(account, error.problem);
        // A bug that concerns one account must not cost the others.
        report(error, what.account);
        return failedPart(account, unreadable);
      }
    },
    ({ records, status: { problem: why } }) => ({ items: records.length, problem: why }),
  );
}

const unreadable = problem('CONTRACT_DRIFT', 'The response of this account could not be read.');

function toPart<T>(account: Account, { items, problem: gap }: Listing<T>): Part<T> {
  const state = gap ? 'PARTIAL' : 'OK';
  const leftOutCount = gap ? countOf(gap) : 0;
  return { records: items, status: { account, state, itemCount: items.length, leftOutCount, problem: gap } };
}

function failedPart<T>(account: Account, why: ProviderProblem): Part<T> {
  return emptyPart(account, why.notSent === undefined ? 'FAILED' : 'SKIPPED', why);
}

function emptyPart<T>(account: Account, state: SourceState, why: ProviderProblem | null): Part<T> {
  return { records: [], status: { account, state, itemCount: 0, leftOutCount: null, problem: why } };
}

/** Returns the number of records left out; null when a page is missing and the number is unknown. */
function countOf({ leftOut }: ProviderProblem): number | null {
  return leftOut ? leftOut.unreadable + leftOut.foreign : null;
}
