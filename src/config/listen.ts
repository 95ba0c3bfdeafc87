import type { Environment } from './environment.js';
import { type Limits, toLimits } from './limits.js';
import { type ConfigProblem, configProblem } from './problem.js';
import type { ServerSection } from './sections.js';
import type { TrustedDocuments } from './trusted-documents.js';

export interface ServerConfig {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly graphiql: boolean;
  /** Whether clients may read the schema from the server, including suggestions in errors. */
  readonly introspection: boolean;
  /** Additional browser origins that may call the graph. */
  readonly corsOrigins: readonly string[];
  /** Request headers that they may send, besides those of usual clients. */
  readonly corsHeaders: readonly string[];
  readonly trustedProxies: readonly string[];
  readonly trustedDocuments: TrustedDocuments | null;
  readonly limits: Limits;
  /** Time during which requests are still accepted after the stop is announced to load balancers. */
  readonly drainDelaySeconds: number;
  /** Time after that in which what runs may end. The rest is left as a crash would leave it: other replicas go on with it. */
  readonly stopSeconds: number;
}

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = 4000;
/** Default delay, as load balancers check every few seconds. */
const DEFAULT_DRAIN_DELAY_SECONDS = 5;
const DEFAULT_STOP_SECONDS = 30;

/** Reads how to listen; the environment overrides the file. */
export function checkListen(
  section: ServerSection | null,
  env: Environment,
  trustedDocuments: TrustedDocuments | null,
): { readonly server: ServerConfig; readonly problems: readonly ConfigProblem[] } {
  const port = env['PORT'] ? toPort(env['PORT']) : (section?.port ?? DEFAULT_PORT);
  const isProduction = env['NODE_ENV'] === 'production';
  const graphiql = section?.graphiql ?? !isProduction;
  const server = {
    host: env['HOST'] || (section?.host ?? DEFAULT_HOST),
    port: port ?? DEFAULT_PORT,
    graphiql,
    introspection: section?.introspection ?? (graphiql || !isProduction),
    corsOrigins: section?.cors?.origins ?? [],
    corsHeaders: section?.cors?.headers ?? [],
    trustedProxies: section?.trustedProxies ?? [],
    trustedDocuments,
    limits: toLimits(section?.limits ?? null),
    drainDelaySeconds: section?.drainDelaySeconds ?? DEFAULT_DRAIN_DELAY_SECONDS,
    stopSeconds: section?.stopSeconds ?? DEFAULT_STOP_SECONDS,
  };
  return { server, problems: port === null ? [configProblem('PORT', 'must be a whole number from 0 to 65535')] : [] };
}

/** Ports of the sandbox's emulators: consecutive ones. */
export interface EmulatorPorts {
  /** 0 for any free ports. */
  readonly first: number;
  /** Whether the operator named it: then a port in use ends the start, instead of a free one taking its place. */
  readonly isNamed: boolean;
}

/** Reads where the emulators listen: from `EMULATOR_PORT` on, by default from the port after the graph's. */
export function checkEmulatorPorts(
  graphPort: number,
  env: Environment,
): { readonly emulatorPorts: EmulatorPorts; readonly problems: readonly ConfigProblem[] } {
  const named = env['EMULATOR_PORT'];
  if (!named) return { emulatorPorts: { first: graphPort === 0 ? 0 : graphPort + 1, isNamed: false }, problems: [] };
  const port = toPort(named);
  return {
    emulatorPorts: { first: port ?? 0, isNamed: true },
    problems: port === null ? [configProblem('EMULATOR_PORT', 'must be a whole number from 0 to 65535')] : [],
  };
}

function toPort(text: string): number | null {
  const port = Number(text);
  return /^\d{1,5}$/.test(text) && port <= 65_535 ? port : null;
}
