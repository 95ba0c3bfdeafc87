import type { Config } from '../config.js';
import type { Logger } from './log.js';
import type { SandboxEmulator } from './sandbox.js';

type ConfiguredMode = Extract<Config, { mode: 'configured' }>;

/** Formats the banner of a sandbox for the terminal, one line per URL. */
export function sandboxBanner(
  url: string,
  { server, observability }: Config,
  emulators: readonly SandboxEmulator[],
): string {
  const lines: (readonly [string, string])[] = [
    ...(server.graphiql ? [['GraphiQL', `${url}/`] as const] : []),
    ['GraphQL', `${url}/graphql`],
    ['Sandbox', `${url}/sandbox`],
    ['Metrics', `${url}/metrics`],
    ...(observability.otlpUrl === null ? [] : [['Traces to', observability.otlpUrl] as const]),
    ...emulators.map((emulator) => [emulator.title, `${emulator.url}/__emulator`] as const),
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return [
    'upsell-graph runs in sandbox mode: local emulators with demo data, no credentials needed.',
    ...lines.map(([name, address]) => `  ${name.padEnd(width)}  ${address}`),
    'Operations are kept in memory. Stop with Ctrl+C.',
  ].join('\n');
}

/** Logs the start of a configured server, with no more of an account than identifies it. */
export function logStart(log: Logger, url: string, { accounts, server, storage, observability }: ConfiguredMode): void {
  for (const { account } of accounts) {
    const { key, label, provider, environment } = account;
    log.info({ account: key, label, provider, environment }, 'account configured');
  }
  log.info({}, 'credentials and reach of the providers were not checked: `upsell-graph doctor` does');
  log.info({ ledger: storage.url === null ? storage.file : new URL(storage.url).host }, 'ledger open');
  if (observability.otlpUrl !== null) log.info({ traces: observability.otlpUrl }, 'spans are exported');
  log.info({ graphql: `${url}/graphql`, graphiql: server.graphiql ? `${url}/` : null }, 'listening');
}
