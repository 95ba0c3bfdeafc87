import { knownKinds, knownScopes } from '../auth/claim-rules.js';
import type { NewToken } from '../auth/mint-token.js';
import { nearestKey } from './nearest-key.js';

export const tokenOptions = {
  kind: { type: 'string' },
  sub: { type: 'string' },
  customer: { type: 'string', multiple: true },
  order: { type: 'string', multiple: true },
  scope: { type: 'string', multiple: true },
  expires: { type: 'string' },
} as const;

interface TokenValues {
  readonly kind?: string | undefined;
  readonly sub?: string | undefined;
  readonly customer?: readonly string[] | undefined;
  readonly order?: readonly string[] | undefined;
  readonly scope?: readonly string[] | undefined;
  readonly expires?: string | undefined;
}

export type ReadToken =
  { readonly token: NewToken; readonly misuse: null } | { readonly token: null; readonly misuse: string };

class Misuse extends Error {}

export function readTokenOptions(values: TokenValues): ReadToken {
  try {
    const kind = oneOf('kind', values.kind ?? 'customer', knownKinds);
    const token = {
      kind,
      sub: values.sub ?? `${kind}-1`,
      scopes: values.scope?.map((scope) => oneOf('scope', scope, knownScopes)) ?? knownScopes,
      customers: customersIn(values.customer ?? []),
      orders: ordersIn(values.order ?? []),
      lifetimeSeconds: secondsIn(values.expires ?? '1h'),
    };
    if (token.sub === '') throw new Misuse('--sub must not be empty.');
    return { token, misuse: null };
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    return { token: null, misuse: error.message };
  }
}

/** Describes an account of a token that is not configured; null when all are. */
export function unknownAccountOf({ customers, orders }: NewToken, accounts: readonly string[]): string | null {
  const unknown = [...Object.keys(customers), ...Object.keys(orders)].find((key) => !accounts.includes(key));
  return unknown === undefined ? null : `There is no account '${unknown}'${advice(unknown, accounts)}`;
}

function oneOf<Word extends string>(option: string, word: string, words: readonly Word[]): Word {
  const known = words.find((each) => each === word);
  if (known === undefined) throw new Misuse(`--${option} '${word}' is not known${advice(word, words)}`);
  return known;
}

function advice(word: string, words: readonly string[]): string {
  const nearest = nearestKey(word, words);
  return nearest === null ? `; there is ${words.join(', ')}.` : `; did you mean ${nearest}?`;
}

function customersIn(entries: readonly string[]): NewToken['customers'] {
  const customers = new Map<string, string>();
  for (const entry of entries) {
    const [account, id] = accountAndId('customer', entry);
    if (customers.has(account)) throw new Misuse(`--customer names the account '${account}' twice.`);
    customers.set(account, id);
  }
  return Object.fromEntries(customers);
}

function ordersIn(entries: readonly string[]): NewToken['orders'] {
  const orders = new Map<string, readonly string[]>();
  for (const entry of entries) {
    const [account, id] = accountAndId('order', entry);
    orders.set(account, [...(orders.get(account) ?? []), id]);
  }
  return Object.fromEntries(orders);
}

function accountAndId(option: string, entry: string): readonly [account: string, id: string] {
  const [, account, id] = /^([^=]+)=(.+)$/.exec(entry) ?? [];
  if (account === undefined || id === undefined)
    throw new Misuse(`--${option} '${entry}' is not written <account>=<id>.`);
  return [account, id];
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };
const LONGEST_SECONDS = 30 * 86_400;

function secondsIn(duration: string): number {
  const [, count, unit = ''] = /^(\d+)([smhd])$/.exec(duration) ?? [];
  const seconds = Number(count) * (SECONDS[unit] ?? Number.NaN);
  if (seconds > 0 && seconds <= LONGEST_SECONDS) return seconds;
  throw new Misuse(`--expires '${duration}' is no duration such as 90s, 30m, 8h or 7d, up to 30d.`);
}
