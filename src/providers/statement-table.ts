import type { Provider } from '../domain/provider.js';
import { statedFields, type Statement } from '../domain/statement.js';
import { markdownTable } from './markdown-table.js';

const words: Readonly<Record<Statement, string>> = { STATED: 'stated', DERIVED: 'derived', NOT_STATED: 'not stated' };

/** Renders where the fields of an agreement come from as a Markdown table with a column per provider. */
export function statementTable(providers: Readonly<Record<string, Provider>>): string {
  const columns = Object.entries(providers);
  const rows = statedFields.map((field) => [
    `\`${field}\``,
    ...columns.map(([, { statements }]) => words[statements?.[field] ?? 'NOT_STATED']),
  ]);
  return markdownTable(['', ...columns.map(([word]) => word)], rows).join('\n');
}
