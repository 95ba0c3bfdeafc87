import { parseArgs } from 'node:util';
import type { NewToken } from '../auth/mint-token.js';
import { readTokenOptions, tokenOptions } from './token-options.js';

export type CommandLine =
  | { readonly action: 'start'; readonly configPath: string | null; readonly sandbox: boolean }
  | { readonly action: 'operations'; readonly configPath: string | null; readonly unsettledOnly: boolean }
  | { readonly action: 'token'; readonly configPath: string | null; readonly token: NewToken }
  | {
      readonly action: 'doctor';
      readonly configPath: string | null;
      readonly customers: Readonly<Record<string, string>>;
      readonly json: boolean;
    }
  | { readonly action: 'record'; readonly configPath: string | null; readonly recording: RecordOptions }
  | { readonly action: 'replay'; readonly files: readonly string[] }
  | { readonly action: 'help' }
  | { readonly action: 'version' }
  | { readonly action: 'refuse'; readonly message: string };

/** What is recorded, and where to. */
export interface RecordOptions {
  readonly folder: string;
  /** Whether a server runs and its traffic is recorded until it is stopped. */
  readonly serve: boolean;
  /** Account key → a customer whose records are read. */
  readonly customers: Readonly<Record<string, string>>;
  /** Account key → orders that are read. */
  readonly orders: Readonly<Record<string, readonly string[]>>;
}

const options = {
  config: { type: 'string' },
  help: { type: 'boolean' },
  version: { type: 'boolean' },
  unsettled: { type: 'boolean' },
  sandbox: { type: 'boolean' },
  json: { type: 'boolean' },
  out: { type: 'string' },
  serve: { type: 'boolean' },
  ...tokenOptions,
} as const;

/** Options that belong to one command. */
const ownOptions: Readonly<Record<string, readonly string[]>> = {
  operations: ['unsettled'],
  token: Object.keys(tokenOptions),
  doctor: ['customer', 'json'],
  record: ['customer', 'order', 'out', 'serve'],
  replay: [],
};

export function readCommandLine(argv: readonly string[]): CommandLine {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], allowPositionals: true, options });
    if (values.help) return { action: 'help' };
    if (values.version) return { action: 'version' };
    const misuse = misuseOf(positionals, Object.keys(values));
    if (misuse !== null) return { action: 'refuse', message: misuse };
    const configPath = values.config ?? null;
    const [command] = positionals;
    if (command === 'operations') return { action: command, configPath, unsettledOnly: values.unsettled ?? false };
    if (command === 'doctor') {
      const { token, misuse: mistake } = readTokenOptions({ customer: values.customer });
      if (!token) return { action: 'refuse', message: mistake };
      return { action: command, configPath, customers: token.customers, json: values.json ?? false };
    }
    if (command === 'replay') return { action: command, files: positionals.slice(1) };
    if (command === 'record') {
      const { token, misuse: mistake } = readTokenOptions({ customer: values.customer, order: values.order });
      if (!token) return { action: 'refuse', message: mistake };
      const { customers, orders } = token;
      const recording = { folder: values.out ?? 'recordings', serve: values.serve ?? false, customers, orders };
      return { action: command, configPath, recording };
    }
    if (command !== 'token') return { action: 'start', configPath, sandbox: values.sandbox ?? false };
    const { token, misuse: mistake } = readTokenOptions(values);
    return token ? { action: command, configPath, token } : { action: 'refuse', message: mistake };
  } catch (error) {
    if (!isMisuse(error)) throw error;
    return { action: 'refuse', message: error.message };
  }
}

function misuseOf([command, ...more]: readonly string[], given: readonly string[]): string | null {
  if (command === 'replay' && more.length === 0) return 'replay needs the recordings to decode.';
  if (command !== 'replay' && more.length > 0) return `Unexpected argument '${more[0]}'.`;
  if (command !== undefined && !Object.hasOwn(ownOptions, command)) return `Unknown command '${command}'.`;
  if (given.includes('sandbox')) {
    if (command !== undefined) return `--sandbox cannot be combined with the command ${command}.`;
    if (given.includes('config')) return '--sandbox and --config exclude each other.';
  }
  const taken = ownOptions[command ?? ''] ?? [];
  for (const [owner, names] of Object.entries(ownOptions)) {
    const foreign = given.find((name) => names.includes(name) && !taken.includes(name));
    if (foreign !== undefined) return `--${foreign} belongs to the command ${owner}.`;
  }
  return null;
}

function isMisuse(error: unknown): error is { readonly message: string } {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS_');
}
