import { readFileSync } from 'node:fs';
import type { AuthRules } from './auth/token-rules.js';
import { checkAccounts, type ConfiguredAccount, type Providers } from './config/accounts.js';
import { authProblems, toAuthRules } from './config/auth.js';
import { AuthSection } from './config/auth-sections.js';
import { checkSection, isSettings } from './config/check-section.js';
import { type ConfigFile, readConfigFile, type ReadFile } from './config/config-file.js';
import { type Environment, fillVariables } from './config/environment.js';
import { checkEmulatorPorts, checkListen, type EmulatorPorts, type ServerConfig } from './config/listen.js';
import { checkObservability, type ObservabilityConfig } from './config/observability.js';
import { type ConfigProblem, configProblem, describeProblems, firstOfEachPath } from './config/problem.js';
import { FileSection } from './config/sections.js';
import { checkStorage, type StorageConfig } from './config/storage.js';
import { checkTrustedDocuments } from './config/trusted-documents.js';

/** Configuration of either mode. The sandbox has no file, replaces providers by local emulators and needs no token. */
export type Config =
  | {
      readonly mode: 'sandbox';
      readonly server: ServerConfig;
      readonly observability: ObservabilityConfig;
      readonly emulatorPorts: EmulatorPorts;
    }
  | {
      readonly mode: 'configured';
      readonly server: ServerConfig;
      readonly auth: AuthRules;
      readonly storage: StorageConfig;
      readonly observability: ObservabilityConfig;
      readonly accounts: readonly ConfiguredAccount[];
    };

export type LoadedConfig =
  | { readonly outcome: 'loaded'; readonly config: Config }
  /** `message` lists every mistake for the operator, with its path and without values. */
  | { readonly outcome: 'invalid'; readonly problems: readonly ConfigProblem[]; readonly message: string };

export interface ConfigSources {
  /** Path from the command line; null when none was given. */
  readonly configPath: string | null;
  /** Settings in place of a file. */
  readonly settings?: unknown;
  /** Starts the sandbox regardless of files, in production too. */
  readonly sandbox?: boolean;
  readonly providers: Providers;
  readonly env?: Environment;
  readonly readFile?: ReadFile;
}

/** Reads and validates the configuration, and reports all mistakes at once. */
export function loadConfig({
  configPath,
  settings,
  sandbox = false,
  providers,
  env = process.env,
  readFile = (path) => readFileSync(path, 'utf8'),
}: ConfigSources): LoadedConfig {
  const file = findSettings({
    configPath: configPath ?? (env['UPSELL_GRAPH_CONFIG'] || null),
    settings,
    sandbox,
    readFile,
  });
  const checked = file ? checkFile(file, providers, env, readFile) : checkSandbox(env, sandbox);
  if ('config' in checked) return { outcome: 'loaded', config: checked.config };
  const problems = firstOfEachPath(checked.problems);
  return { outcome: 'invalid', problems, message: describeProblems(file?.path ?? 'environment', problems) };
}

function findSettings({
  configPath,
  settings,
  sandbox,
  readFile,
}: Pick<ConfigSources, 'configPath' | 'settings' | 'sandbox'> & { readonly readFile: ReadFile }): ConfigFile | null {
  if (sandbox) return null;
  if (settings !== undefined) return { path: 'settings', tree: settings, problems: [] };
  return readConfigFile(configPath, readFile);
}

/** Refuses an accidental sandbox in production, which an unmounted volume would otherwise start. */
const SANDBOX_IN_PRODUCTION = configProblem(
  '',
  'No configuration file was found, and NODE_ENV is production. Name a file with --config or UPSELL_GRAPH_CONFIG, or start the sandbox with --sandbox.',
);

type Checked = { readonly config: Config } | { readonly problems: readonly ConfigProblem[] };

function checkSandbox(env: Environment, isAskedFor: boolean): Checked {
  if (env['NODE_ENV'] === 'production' && !isAskedFor) return { problems: [SANDBOX_IN_PRODUCTION] };
  const { server, problems: listenProblems } = checkListen(null, env, null);
  const { observability, problems: observabilityProblems } = checkObservability({ metrics: true }, env);
  const { emulatorPorts, problems: portProblems } = checkEmulatorPorts(server.port, env);
  const problems = [...listenProblems, ...portProblems, ...observabilityProblems];
  return problems.length > 0
    ? { problems }
    : { config: { mode: 'sandbox', server: withoutRates(server), observability, emulatorPorts } };
}

/** Disables the shopper's rate limit, because all callers of a sandbox are one shopper. */
function withoutRates(server: ServerConfig): ServerConfig {
  const rate = { ...server.limits.rate, shopper: 0 };
  return { ...server, limits: { ...server.limits, rate } };
}

function checkFile(file: ConfigFile, providers: Providers, env: Environment, readFile: ReadFile): Checked {
  if (file.problems.length > 0) return { problems: file.problems };
  const { tree, problems: unset } = fillVariables(file.tree, env);
  if (!isSettings(tree)) return { problems: [configProblem('', 'The file must hold groups of settings.')] };

  const { value, problems: misfits } = checkSection(FileSection, tree, '');
  const entries = Array.isArray(value.accounts) ? value.accounts : [];
  const { accounts, problems: accountProblems } = checkAccounts(entries, providers);
  const { trustedDocuments, problems: manifestProblems } = checkTrustedDocuments(
    value.server?.trustedDocuments ?? null,
    readFile,
  );
  const { server, problems: listenProblems } = checkListen(value.server ?? null, env, trustedDocuments);
  const { storage, problems: storageProblems } = checkStorage(value.storage ?? null);
  const { observability, problems: observabilityProblems } = checkObservability(value.observability ?? null, env);
  const accountKeys = entries.flatMap((entry) => (isSettings(entry) ? [String(entry['key'])] : []));
  const auth = value.auth instanceof AuthSection ? value.auth : null;
  const problems = [
    ...unset,
    ...misfits,
    ...(auth ? authProblems(auth, accountKeys) : []),
    ...storageProblems,
    ...accountProblems,
    ...listenProblems,
    ...manifestProblems,
    ...observabilityProblems,
  ];
  if (problems.length > 0 || !auth) return { problems };
  return { config: { mode: 'configured', server, auth: toAuthRules(auth), storage, observability, accounts } };
}
