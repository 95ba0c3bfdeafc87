import type { Account } from '../domain/account.js';
import { type Transport, TransportFailure } from '../domain/transport.js';
import type { Logger } from './log.js';

/** What an operator has to know of an account while it lasts. */
type Trouble = 'credentials' | 'circuit';

/** The same trouble is logged again only after this. */
const REPEAT_MS = 60_000;

const texts: Readonly<Record<Trouble, { readonly begins: string; readonly ends: string; readonly warning: string }>> = {
  credentials: {
    begins: 'a provider refuses the credentials of an account',
    ends: 'a provider accepts the credentials of an account again',
    warning: 'refuses the credentials of account',
  },
  circuit: {
    begins: 'the circuit of an account opened: its provider is not asked',
    ends: 'the circuit of an account closed',
    warning: 'was found down and is not asked for account',
  },
};

/** Logs when trouble at an account begins and ends, and lists what lasts. */
export function createAccountNotices(log: Logger, now: () => number = () => performance.now()) {
  const lasting = new Map<string, { readonly trouble: Trouble; readonly account: Account; saidAt: number }>();

  function begin(trouble: Trouble, account: Account, fields: object): void {
    const key = `${trouble} ${account.key}`;
    const known = lasting.get(key);
    if (known && now() - known.saidAt < REPEAT_MS) return;
    lasting.set(key, { trouble, account, saidAt: now() });
    log.warn({ account: account.key, provider: account.provider, ...fields }, texts[trouble].begins);
  }

  function end(trouble: Trouble, account: Account): void {
    if (!lasting.delete(`${trouble} ${account.key}`)) return;
    log.warn({ account: account.key, provider: account.provider }, texts[trouble].ends);
  }

  return {
    /** Passes every request on and notes what became of it. */
    watch(send: Transport, account: Account): Transport {
      return async (request) => {
        const { method, urlTemplate: endpoint } = request;
        try {
          const response = await send(request);
          end('circuit', account);
          if (response.status === 401 || response.status === 403)
            begin('credentials', account, { method, endpoint, status: response.status });
          else if (response.status < 300) end('credentials', account);
          return response;
        } catch (error) {
          if (error instanceof TransportFailure && error.kind === 'CIRCUIT_OPEN')
            begin('circuit', account, { method, endpoint });
          throw error;
        }
      };
    },
    /** A sentence for each trouble that lasts. */
    warnings(): readonly string[] {
      return [...lasting.values()].map(
        ({ trouble, account }) => `${account.provider} ${texts[trouble].warning} ${account.key}.`,
      );
    },
  };
}

export type AccountNotices = ReturnType<typeof createAccountNotices>;
