import type { ConfiguredAccount } from '../../config/accounts.js';
import type { Account } from '../../domain/account.js';
import { type ProviderProblem, ProviderFailure, type ProviderProblemKind } from '../../domain/problem.js';
import type { AccountServices, DataSource, Probe, Provider } from '../../domain/provider.js';
import { type Check, checksOf } from './check.js';
import { reach } from './reach.js';

export interface AccountCheckOptions {
  readonly services: AccountServices;
  /** A customer of the account whose records show what is decoded; null: none was named. */
  readonly customerId: string | null;
  readonly now?: () => number;
}

const SKEW_WARN_MS = 5_000;
const SKEW_FAIL_MS = 60_000;
const PROBE_TIMEOUT_MS = 10_000;

/** Looks at one account with at most ten read-only requests. */
export async function checkAccount(
  { account, provider, webhookSecrets }: ConfiguredAccount,
  { services, customerId, now = Date.now }: AccountCheckOptions,
): Promise<readonly Check[]> {
  const hosts = await checkHosts(account, now);
  const isReached = hosts.every(({ name, result }) => name !== 'reach baseUrl' || result !== 'fail');
  const facts = [...checkFacts(account, provider), ...checkWebhooks(account, provider, webhookSecrets)];
  if (!isReached) {
    const { skip } = checksOf(account.key);
    return [...hosts, ...facts, skip('credentials', 'not tried: the host cannot be reached')];
  }
  const statuses: number[] = [];
  const transport: AccountServices['transport'] = async (request) => {
    const response = await services.transport(request);
    statuses.push(response.status);
    return response;
  };
  const open = (customer: string | null): DataSource =>
    provider.connect(account, { ...services, transport }).open({
      actorId: 'doctor',
      shopper: { customerId: customer, recognised: false },
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    });
  return [
    ...hosts,
    ...facts,
    ...(await checkProbes(account, provider.probes ?? [], open, statuses)),
    ...(await checkSample(account, customerId, open)),
  ];
}

async function checkHosts(account: Account, now: () => number): Promise<readonly Check[]> {
  const { pass, warn, fail } = checksOf(account.key);
  const others = Object.entries(account.settings).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' && /^https?:\/\//.test(value) && name !== 'origin' ? [[name, value] as const] : [],
  );
  const checks: Check[] = [];
  for (const [name, url] of [['baseUrl', account.baseUrl] as const, ...others]) {
    const { host } = new URL(url);
    const reached = await reach(url, now);
    if (reached.state === 'unreachable') {
      checks.push(
        fail(
          `reach ${name}`,
          `${host}: ${reached.reason}`,
          `Check \`${name}\`, DNS, and the rules for outgoing traffic.`,
        ),
      );
      continue;
    }
    checks.push(pass(`reach ${name}`, host));
    if (name === 'baseUrl' && reached.skewMs !== null) {
      const skew = Math.abs(reached.skewMs);
      const text = `this machine's clock is ${Math.round(skew / 1000)} s ${reached.skewMs > 0 ? 'ahead of' : 'behind'} ${host}`;
      const advice = 'Synchronise the clock (NTP): tokens, windows and signed requests depend on it.';
      if (skew > SKEW_FAIL_MS) checks.push(fail('clock', text, advice));
      else if (skew > SKEW_WARN_MS) checks.push(warn('clock', text, advice));
      else checks.push(pass('clock', `within ${SKEW_WARN_MS / 1000} s of ${host}`));
    }
  }
  return checks;
}

/** Checks what can be told from the configuration alone. */
function checkFacts(
  account: Account,
  { defaultBaseUrl: productionUrl, defaultTimeZone, title }: Provider,
): readonly Check[] {
  const { pass, warn, fail } = checksOf(account.key);
  const { environment, baseUrl, currency, timeZone } = account;
  const mode: unknown = Reflect.get(account.settings, 'mode');
  const isProduction = productionUrl !== null && baseUrl === productionUrl;
  const checks: Check[] = [];
  if (environment === 'LIVE' && mode === 'test')
    checks.push(
      fail('environment', 'the account is `live`, and its `mode` is `test`', 'Make `environment` and `mode` agree.'),
    );
  else if (environment === 'TEST' && mode === 'live')
    checks.push(
      fail('environment', 'the account is `test`, and its `mode` is `live`', 'Make `environment` and `mode` agree.'),
    );
  else if (environment === 'LIVE' && productionUrl !== null && !isProduction)
    checks.push(
      warn(
        'environment',
        "the account is `live`, and `baseUrl` is not the provider's production host",
        'Leave `baseUrl` out, or set `environment: test`.',
      ),
    );
  else if (environment === 'TEST' && isProduction && mode !== 'test')
    checks.push(
      warn(
        'environment',
        "the account is `test`, and `baseUrl` is the provider's production host",
        "Set `baseUrl` to the provider's test host, or `environment: live`.",
      ),
    );
  else checks.push(pass('environment', environment.toLowerCase()));
  if (currency === null)
    checks.push(warn('currency', 'no currency is set; amounts without one cannot be told', 'Set `currency`.'));
  if (timeZone === null)
    checks.push(warn('time zone', 'no zone is set; local times of the provider cannot be told', 'Set `timeZone`.'));
  else if (defaultTimeZone !== null && timeZone !== defaultTimeZone)
    checks.push(
      warn(
        'time zone',
        `the account is configured in ${timeZone}, and ${title} states the times of all accounts in ${defaultTimeZone}`,
        'Leave `timeZone` out.',
      ),
    );
  return checks;
}

/** Whether webhooks are received; that the provider sends them here cannot be read. */
function checkWebhooks({ key }: Account, { webhooks, title }: Provider, secrets: readonly string[]): readonly Check[] {
  const { pass, warn, skip } = checksOf(key);
  if (!webhooks) return [skip('webhooks', `${title} sends none`)];
  if (secrets.length > 0) return [pass('webhooks', `received at /webhooks/${key}`)];
  return [
    warn(
      'webhooks',
      'none are received, so changes made elsewhere show when they are read',
      'Set `webhookSecrets`, and register the address at the provider.',
    ),
  ];
}

type Open = (customerId: string | null) => DataSource;

async function checkProbes(
  account: Account,
  probes: readonly Probe[],
  open: Open,
  statuses: readonly number[],
): Promise<readonly Check[]> {
  const { pass, fail, skip } = checksOf(account.key);
  if (probes.length === 0) return [skip('credentials', 'this provider has no probe')];
  const outcomes: { readonly permission: string; readonly problem: ProviderProblem | null }[] = [];
  for (const { permission, run } of probes)
    outcomes.push({ permission, problem: await problemIn(() => run(open(null))) });
  const refused = outcomes.filter(({ problem }) => isRefusal(problem));
  if (refused.length === outcomes.length) {
    const [first] = refused;
    return [
      fail(
        'credentials',
        `refused (HTTP ${first?.problem?.httpStatus ?? '401'}) for everything: a wrong or revoked key, or one of another account or environment`,
        `Compare the credentials of \`${account.key}\` with the provider's console.`,
      ),
    ];
  }
  // A record that does not exist is no problem of a read; an API that does not exist is.
  const isNowhere = statuses.length > 0 && statuses.every((status) => status === 404);
  if (isNowhere || outcomes.every(({ problem }) => problem?.kind === 'CONTRACT_DRIFT')) {
    return [
      fail(
        'credentials',
        'the host answers, but not as this API',
        'Check `baseUrl`: host, path and version, or the shop in it.',
      ),
    ];
  }
  return outcomes.map(({ permission, problem }) => {
    if (problem === null) return pass(permission, 'permitted');
    if (isRefusal(problem)) {
      return fail(
        permission,
        `the key works, and is not permitted this (HTTP ${problem.httpStatus ?? '403'})`,
        `Give the key of \`${account.key}\` the permission to ${permission}.`,
      );
    }
    return fail(permission, describe(problem), adviceFor(problem));
  });
}

function isRefusal(problem: ProviderProblem | null): boolean {
  return problem?.kind === 'AUTHENTICATION' || problem?.kind === 'FORBIDDEN';
}

function describe({ kind, httpStatus }: ProviderProblem): string {
  return httpStatus === null ? remarks[kind].found : `${remarks[kind].found} (HTTP ${httpStatus})`;
}

function adviceFor({ kind }: ProviderProblem): string {
  return remarks[kind].advice;
}

const checkBaseUrl = 'Check `baseUrl`: host, path and version.';
const refusedRequest = { found: 'the provider refused the request', advice: checkBaseUrl };

const remarks: Readonly<Record<ProviderProblemKind, { readonly found: string; readonly advice: string }>> = {
  TIMEOUT: {
    found: 'no response in time',
    advice: 'Raise `timeoutMs` of the account if the provider is slow but right.',
  },
  RATE_LIMITED: {
    found: 'too many requests',
    advice: 'Another program uses the same key: divide `limits` between them.',
  },
  UNAVAILABLE: { found: 'the provider is not working', advice: "See the provider's status page, and run this again." },
  CONTRACT_DRIFT: { found: 'the response is not what the API documents', advice: checkBaseUrl },
  AUTHENTICATION: refusedRequest,
  FORBIDDEN: refusedRequest,
  NOT_FOUND: refusedRequest,
  REJECTED: refusedRequest,
  CONFLICT: refusedRequest,
};

/** Returns the problem of some work; null when it went well. */
async function problemIn(work: () => Promise<unknown>): Promise<ProviderProblem | null> {
  try {
    return failureIn(await work());
  } catch (error) {
    if (error instanceof ProviderFailure) return error.problem;
    throw error;
  }
}

/** Returns the first failure in a result: batch reads give each key its own, lists give one. */
function failureIn(result: unknown): ProviderProblem | null {
  const entries: readonly unknown[] = Array.isArray(result) ? result : [result];
  for (const entry of entries) {
    if (typeof entry === 'object' && entry !== null && 'problem' in entry && isProblem(entry.problem))
      return entry.problem;
  }
  return null;
}

function isProblem(value: unknown): value is ProviderProblem {
  return typeof value === 'object' && value !== null && 'kind' in value && 'detail' in value;
}

/** Decodes the records of one customer and compares what they state with the configuration. */
async function checkSample(account: Account, customerId: string | null, open: Open): Promise<readonly Check[]> {
  const { pass, warn, fail, skip } = checksOf(account.key);
  const name = 'sample';
  if (customerId === null)
    return [skip(name, 'no record was read', `Name a customer with --customer ${account.key}=<id>.`)];
  const source = open(customerId);
  const list = source.upcomingOrders;
  if (!list) return [skip(name, 'this provider lists no orders of a customer')];
  const outcome: {
    orders: readonly { readonly totals: { readonly total: { readonly currency: string } | null } | null }[];
  } = { orders: [] };
  const problem = await problemIn(async () => {
    const listing = await list.list(customerId, { lineItems: false, subscriptions: false });
    outcome.orders = listing.items;
    return listing;
  });
  if (problem)
    return [
      fail(
        name,
        describe(problem),
        'Records of this customer could not all be decoded; the provider may have changed its API.',
      ),
    ];
  const stated = new Set(outcome.orders.flatMap(({ totals }) => totals?.total?.currency ?? []));
  const checks = [
    outcome.orders.length > 0
      ? pass(name, `${outcome.orders.length} upcoming orders decoded`)
      : warn(
          name,
          'the customer has no upcoming orders here, so nothing was decoded',
          'Name another customer. One who has some is of another shop than the key.',
        ),
  ];
  // A shop may sell in several currencies; the account's own is one of them.
  if (account.currency !== null && stated.size > 0 && !stated.has(account.currency)) {
    const text = `orders are in ${[...stated].join(', ')}, the account is configured in ${account.currency}`;
    checks.push(fail('currency', text, 'Correct `currency`.'));
  }
  return checks;
}
