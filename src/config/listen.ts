import type { Environment } from './environment.js';
import { type ConfigProblem, configProblem } from './problem.js';
import type { ServerSection } from './sections.js';

export interface ServerConfig {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly graphiql: boolean;
  /** Browser origins besides our own that may call the graph. */
  readonly corsOrigins: readonly string[];
}

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = 4000;

/** Where and how to listen: the environment wins over the file. */
export function checkListen(
  section: ServerSection | null,
  env: Environment,
): { readonly server: ServerConfig; readonly problems: readonly ConfigProblem[] } {
  const port = env['PORT'] ? toPort(env['PORT']) : (section?.port ?? DEFAULT_PORT);
  const server = {
    host: env['HOST'] || (section?.host ?? DEFAULT_HOST),
    port: port ?? DEFAULT_PORT,
    graphiql: section?.graphiql ?? env['NODE_ENV'] !== 'production',
    corsOrigins: section?.cors?.origins ?? [],
  };
  return { server, problems: port === null ? [configProblem('PORT', 'must be a whole number from 0 to 65535')] : [] };
}

function toPort(text: string): number | null {
  const port = Number(text);
  return /^\d{1,5}$/.test(text) && port <= 65_535 ? port : null;
}
