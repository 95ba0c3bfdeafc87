import type { Provider } from '../domain/provider.js';
import { markdownTable } from './markdown-table.js';

const HEAD = ['provider', 'limit', 'what it counts', 'parallel', 'calls in seconds'];

/** Renders the limits of every provider as a Markdown table with a row per limit. */
export function limitsTable(providers: Readonly<Record<string, Provider>>): string {
  const rows = Object.entries(providers).flatMap(([provider, { limits }]) =>
    Object.entries(limits).map(([name, { counts = 'every call', parallel, rate }], index) => [
      index === 0 ? provider : '',
      `\`${name}\``,
      counts,
      String(parallel ?? ''),
      rate ? `${rate.calls} in ${rate.seconds}${rate.drains ? ', draining' : ''}` : '',
    ]),
  );
  return markdownTable(HEAD, rows).join('\n');
}
