import { parseArgs } from 'node:util';

export type CommandLine =
  | { readonly action: 'start'; readonly configPath: string | null }
  | { readonly action: 'operations'; readonly configPath: string | null; readonly unsettledOnly: boolean }
  | { readonly action: 'help' }
  | { readonly action: 'version' }
  | { readonly action: 'refuse'; readonly message: string };

export const usage = `Usage: upsell-graph [--config <file>]
       upsell-graph operations [--unsettled] [--config <file>]

One GraphQL endpoint for adding an item to an order that already exists.
The command \`operations\` prints the newest writes of the ledger as a table.

  --config <file>  Configuration in YAML. Default: $UPSELL_GRAPH_CONFIG, else ./upsell-graph.yaml when it exists.
                   Without any of them sandbox mode starts: local emulators with demo data, no credentials needed.
  --unsettled      Only writes whose outcome is not known yet.
  --help           Shows this text.
  --version        Shows the version.

Environment: PORT and HOST override the file; NODE_ENV=production turns GraphiQL and
introspection off unless the file asks for them.
`;

const options = {
  config: { type: 'string' },
  unsettled: { type: 'boolean' },
  help: { type: 'boolean' },
  version: { type: 'boolean' },
} as const;

export function readCommandLine(argv: readonly string[]): CommandLine {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], allowPositionals: true, options });
    if (values.help) return { action: 'help' };
    if (values.version) return { action: 'version' };
    return readCommand(positionals, values.config ?? null, values.unsettled ?? false);
  } catch (error) {
    if (!isMisuse(error)) throw error;
    return { action: 'refuse', message: error.message };
  }
}

function readCommand(words: readonly string[], configPath: string | null, unsettledOnly: boolean): CommandLine {
  const [command, ...more] = words;
  if (more.length > 0) return { action: 'refuse', message: `Unexpected argument '${more[0]}'.` };
  if (command === 'operations') return { action: 'operations', configPath, unsettledOnly };
  if (command !== undefined) return { action: 'refuse', message: `Unknown command '${command}'.` };
  if (unsettledOnly) return { action: 'refuse', message: '--unsettled belongs to the command operations.' };
  return { action: 'start', configPath };
}

function isMisuse(error: unknown): error is { readonly message: string } {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS_');
}
