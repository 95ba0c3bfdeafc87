import type { Account, ProviderEnvironment } from '../domain/account.js';
import { toCurrencyCode } from '../domain/currency.js';
import type { CallLimits } from '../domain/call-limits.js';
import type { Provider } from '../domain/provider.js';
import { toGlobalId } from '../domain/reference.js';
import { checkSection, isSettings, type Settings, settingsOf, unknownSetting } from './check-section.js';
import { checkCallLimits } from './call-limits.js';
import { nearestKey } from './nearest-key.js';
import { type ConfigProblem, configProblem, pathTo } from './problem.js';
import { AccountSection } from './sections.js';

/** Providers by their name in the configuration. */
export type Providers = Readonly<Record<string, Provider>>;

/** An account with its provider, call limits and cache lifetime. */
export interface ConfiguredAccount {
  readonly account: Account;
  readonly provider: Provider;
  readonly limits: CallLimits;
  /** Lifetime of cached responses; 0 caches them for the request only. */
  readonly cacheSeconds: number;
  /** Secrets that its webhooks are signed with; empty when it takes none. */
  readonly webhookSecrets: readonly string[];
  /** Largest response that is read. */
  readonly responseKiB: number;
}

export interface CheckedAccounts {
  readonly accounts: readonly ConfiguredAccount[];
  readonly problems: readonly ConfigProblem[];
}

const DEFAULT_TIMEOUT_MS = 5000;
const DEFAULT_RESPONSE_KIB = 4096;

/** Checks all entries of `accounts`. `environment` is set for local emulators. */
export function checkAccounts(
  entries: readonly unknown[],
  providers: Providers,
  environment: ProviderEnvironment | null = null,
): CheckedAccounts {
  const checked = entries.map((entry, index) => checkAccount(entry, pathTo('accounts', index), providers, environment));
  return {
    accounts: checked.flatMap(({ accounts }) => accounts),
    problems: [...checked.flatMap(({ problems }) => problems), ...repeatedKeys(entries)],
  };
}

function checkAccount(
  entry: unknown,
  path: string,
  providers: Providers,
  environment: ProviderEnvironment | null,
): CheckedAccounts {
  if (!isSettings(entry)) return { accounts: [], problems: [configProblem(path, 'must be a group of settings')] };
  const own = settingsOf(AccountSection);
  const section = checkSection(AccountSection, pick(entry, own), path);
  const word = section.value.provider;
  const provider = Object.hasOwn(providers, word) ? providers[word] : undefined;
  if (!provider) return { accounts: [], problems: [...section.problems, ...unknownProvider(path, word, providers)] };

  const known = settingsOf(provider.settings);
  const settings = checkSection(provider.settings, pick(entry, known), path);
  const unknowns = Object.entries(entry)
    .filter(([key]) => !own.includes(key) && !known.includes(key))
    .map((setting) => unknownSetting(path, setting, [...own, ...known]));
  const baseUrl = section.value.baseUrl ?? provider.defaultBaseUrl;
  const { limits, problems: limitProblems } = checkCallLimits(
    isSettings(section.value.limits) ? section.value.limits : null,
    provider.limits,
    pathTo(path, 'limits'),
  );
  const webhookSecrets = section.value.webhookSecrets ?? [];
  const problems = [
    ...(webhookSecrets.length > 0 && !provider.webhooks
      ? [configProblem(pathTo(path, 'webhookSecrets'), 'cannot be used: this provider sends no webhooks')]
      : []),
    ...section.problems,
    ...settings.problems,
    ...limitProblems,
    ...unknowns,
    ...(baseUrl === null
      ? [configProblem(pathTo(path, 'baseUrl'), 'is missing: this provider has no common host')]
      : []),
  ];
  if (baseUrl === null || problems.length > 0) return { accounts: [], problems };
  return {
    accounts: [
      {
        provider,
        account: toAccount(section.value, settings.value, provider, baseUrl, environment),
        limits,
        cacheSeconds: section.value.cacheSeconds ?? 0,
        webhookSecrets,
        responseKiB: section.value.responseKiB ?? DEFAULT_RESPONSE_KIB,
      },
    ],
    problems,
  };
}

function toAccount(
  section: AccountSection,
  settings: object,
  provider: Provider,
  baseUrl: string,
  environment: ProviderEnvironment | null,
): Account {
  const ref = { type: 'ProviderAccount', account: section.key, key: section.key } as const;
  return {
    id: toGlobalId(ref),
    ref,
    key: section.key,
    provider: provider.key,
    label: section.label ?? section.key,
    environment: environment ?? (section.environment === 'test' ? 'TEST' : 'LIVE'),
    baseUrl: baseUrl.replace(/\/+$/, ''),
    timeZone: section.timeZone ?? provider.defaultTimeZone,
    currency: typeof section.currency === 'string' ? toCurrencyCode(section.currency) : null,
    timeoutMs: section.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    settings,
  };
}

function unknownProvider(path: string, word: string, providers: Providers): readonly ConfigProblem[] {
  const known = Object.keys(providers);
  const nearest = typeof word === 'string' ? nearestKey(word, known) : null;
  const advice = nearest === null ? '' : `; did you mean ${nearest}?`;
  return [configProblem(pathTo(path, 'provider'), `must be one of ${known.join(', ')}${advice}`)];
}

function repeatedKeys(entries: readonly unknown[]): readonly ConfigProblem[] {
  const keys = entries.map((entry) => (isSettings(entry) ? entry['key'] : undefined));
  return keys.flatMap((key, index) => {
    const first = keys.indexOf(key);
    if (typeof key !== 'string' || first === index) return [];
    return [configProblem(`accounts[${index}].key`, `is already the key of accounts[${first}]`)];
  });
}

/** Drops empty settings, which count as absent. */
function pick(settings: Settings, names: readonly string[]): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([key, value]) => value !== null && names.includes(key)));
}
