import {
  type CapabilityKey,
  capabilityKeys,
  type CapabilityMatrix,
  type CapabilitySupport,
} from '../domain/capability.js';
import type { Provider } from '../domain/provider.js';
import { markdownTable } from './markdown-table.js';

const words: Readonly<Record<CapabilitySupport, string>> = {
  NATIVE: 'yes',
  PARTIAL: 'partly',
  COMPOSED: 'composed',
  UNSUPPORTED: 'no',
};

type Providers = Readonly<Record<string, Provider>>;

/** Renders the capability matrix as a Markdown table with a column per provider. */
export function capabilityTable(providers: Providers): string {
  return table(providers, ({ support }) => words[support]);
}

/** Renders the same table with numbered notes below it. */
export function annotatedCapabilityTable(providers: Providers): string {
  const notes: string[] = [];
  const rows = table(providers, ({ support, note }) => {
    if (note === null) return words[support];
    notes.push(note);
    return `${words[support]} <sup>${notes.length}</sup>`;
  });
  return [rows, '', ...notes.map((note, index) => `${index + 1}. ${note}`)].join('\n');
}

function table(providers: Providers, cellOf: (entry: CapabilityMatrix[CapabilityKey]) => string): string {
  const columns = Object.entries(providers);
  const rows = capabilityKeys.map((key) => [
    `\`${key}\``,
    ...columns.map(([, { capabilities }]) => cellOf(capabilities[key])),
  ]);
  return markdownTable(['', ...columns.map(([word]) => word)], rows).join('\n');
}
