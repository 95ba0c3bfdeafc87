import type { Account } from '../domain/account.js';
import { type Transport, TransportFailure } from '../domain/transport.js';
import { isBan } from '../http/throttling.js';
import type { Logger } from './log.js';

/** What an operator has to know while it lasts. */
type Trouble = 'credentials' | 'circuit' | 'pause' | 'contract' | 'keys' | 'ledger' | 'budgets';

type Subject = Pick<Account, 'key' | 'provider'>;

/** The same trouble is logged again only after this. */
const REPEAT_MS = 60_000;
/** Trouble that no event ends is over when it was not met for this long. */
const FORGOTTEN_MS = 600_000;
/** A call of the ledger that takes longer makes shoppers wait. */
const SLOW_LEDGER_MS = 1_000;
/** Leasing calls this slowly makes shoppers wait. */
const SLOW_BUDGET_MS = 1_000;
/** Writes in doubt that are lines of their own, per minute; the rest is counted. */
const DOUBTS_PER_MINUTE = 20;

const texts: Readonly<Record<Trouble, { readonly begins: string; readonly ends: string }>> = {
  credentials: {
    begins: 'a provider refuses the credentials of an account',
    ends: 'a provider accepts the credentials of an account again',
  },
  circuit: {
    begins: 'the circuit of an account opened: its provider is not asked',
    ends: 'the circuit of an account closed',
  },
  pause: {
    begins: 'a provider was asked too often for an account: calls wait for the end of the pause it wants',
    ends: 'a provider answers the calls of an account again',
  },
  contract: {
    begins: 'a provider sent what its documentation does not have',
    ends: '',
  },
  keys: {
    begins: 'the keys that tokens are signed with cannot be fetched',
    ends: 'the keys that tokens are signed with can be fetched again',
  },
  ledger: {
    begins: 'the ledger is slow',
    ends: 'the ledger is quick again',
  },
  budgets: {
    begins: 'the budgets of providers cannot be shared: this process keeps to its own part',
    ends: 'the budgets of providers are shared again',
  },
};

interface Lasting {
  readonly trouble: Trouble;
  /** A sentence for `/readyz`. */
  readonly warning: string;
  readonly fields: object;
  saidAt: number;
  metAt: number;
}

/** Logs when trouble begins and ends, each at most once a minute, and lists what lasts. */
export function createNotices(log: Logger, now: () => number = () => performance.now()) {
  const lasting = new Map<string, Lasting>();
  const doubts = { since: Number.NEGATIVE_INFINITY, count: 0 };

  function begin(trouble: Trouble, subject: string, warning: string, fields: object, details: object = {}): void {
    const key = `${trouble} ${subject}`;
    const known = lasting.get(key);
    const isSaid = known !== undefined && now() - known.saidAt < REPEAT_MS;
    lasting.set(key, { trouble, warning, fields, metAt: now(), saidAt: isSaid ? known.saidAt : now() });
    if (!isSaid) log.warn({ ...fields, ...details }, texts[trouble].begins);
  }

  function end(trouble: Trouble, subject: string, quietMs = 0): void {
    const known = lasting.get(`${trouble} ${subject}`);
    if (!known || now() - known.metAt < quietMs) return;
    lasting.delete(`${trouble} ${subject}`);
    log.warn(known.fields, texts[trouble].ends);
  }

  return {
    /** Passes every request on and notes what became of it. */
    watch(send: Transport, { key, provider }: Subject): Transport {
      const fields = { account: key, provider };
      return async (request) => {
        const { method, urlTemplate: endpoint } = request;
        const met = (trouble: Trouble, warning: string, status?: number) =>
          begin(trouble, key, `${provider} ${warning} account ${key}.`, fields, { method, endpoint, status });
        try {
          const response = await send(request);
          const { status } = response;
          end('circuit', key);
          if (status === 429 || isBan(response)) met('pause', 'wants a pause from', status);
          // Some calls are answered while others are refused: that is one trouble.
          else end('pause', key, REPEAT_MS);
          if (status === 401 || (status === 403 && !isBan(response)))
            met('credentials', 'refuses the credentials of', status);
          else if (status < 300) end('credentials', key);
          return response;
        } catch (error) {
          if (error instanceof TransportFailure && error.kind === 'CIRCUIT_OPEN')
            met('circuit', 'was found down and is not asked for');
          throw error;
        }
      };
    },
    /** Notes a field whose value was not understood; null where it may be of several accounts. */
    surprised(account: Subject | null, field: string): void {
      if (!account) {
        const unclear =
          'A provider sent what its documentation does not have; its account is named when it comes again.';
        return begin('contract', ` ${field}`, unclear, { field });
      }
      const { key, provider } = account;
      const warning = `${provider} sent account ${key} what its documentation does not have.`;
      begin('contract', `${key} ${field}`, warning, { account: key, provider, field });
    },
    keysMissing(issuer: string, cause: unknown): void {
      begin('keys', issuer, `The keys of ${issuer} cannot be fetched: its tokens get 503.`, { issuer }, { err: cause });
    },
    keysFetched: (issuer: string): void => end('keys', issuer),
    /** Notes how long a call of the ledger took. */
    ledgerTook(call: string, ms: number): void {
      if (ms < SLOW_LEDGER_MS) return end('ledger', call);
      begin('ledger', call, 'The ledger of operations is slow.', { call }, { durationMs: Math.round(ms) });
    },
    /** Notes how long it took to lease calls of a budget, and whether it failed. */
    askedForBudget(ms: number, error: unknown): void {
      if (error === null && ms < SLOW_BUDGET_MS) return end('budgets', '');
      const warning = 'The budgets of providers cannot be shared with the other processes: fewer calls are made.';
      begin('budgets', '', warning, {}, { durationMs: Math.round(ms), ...(error !== null && { err: error }) });
    },
    /** Notes a write whose outcome is not known: reads go on settling it. */
    leftInDoubt(fields: object): void {
      if (now() - doubts.since >= REPEAT_MS) Object.assign(doubts, { since: now(), count: 0 });
      doubts.count += 1;
      if (doubts.count <= DOUBTS_PER_MINUTE) log.warn(fields, 'a write was left in doubt');
      if (doubts.count === DOUBTS_PER_MINUTE) log.warn({}, 'more writes in doubt are not logged this minute');
    },
    /** Lists a sentence for each trouble that lasts. */
    warnings(): readonly string[] {
      for (const [key, { trouble, metAt }] of lasting) {
        const isOver = texts[trouble].ends === '' && now() - metAt >= FORGOTTEN_MS;
        if (isOver) lasting.delete(key);
      }
      return [...new Set([...lasting.values()].map(({ warning }) => warning))];
    },
  };
}

export type Notices = ReturnType<typeof createNotices>;
