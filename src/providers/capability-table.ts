import { capabilityKeys, type CapabilitySupport } from '../domain/capability.js';
import type { Provider } from '../domain/provider.js';
import { markdownTable } from './markdown-table.js';

const words: Readonly<Record<CapabilitySupport, string>> = {
  NATIVE: 'yes',
  PARTIAL: 'partly',
  COMPOSED: 'composed',
  UNSUPPORTED: 'no',
};

/** The capability matrix as a Markdown table, a column a provider, followed by the numbered notes it refers to. */
export function capabilityTable(providers: Readonly<Record<string, Provider>>): string {
  const columns = Object.entries(providers);
  const notes: string[] = [];
  const rows = capabilityKeys.map((key) => [
    `\`${key}\``,
    ...columns.map(([, { capabilities }]) => {
      const { support, note } = capabilities[key];
      if (note === null) return words[support];
      notes.push(note);
      return `${words[support]} <sup>${notes.length}</sup>`;
    }),
  ]);
  const list = notes.map((note, index) => `${index + 1}. ${note}`);
  return [...markdownTable(['', ...columns.map(([word]) => word)], rows), '', ...list].join('\n');
}
