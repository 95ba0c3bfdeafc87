import { readFileSync, writeFileSync } from 'node:fs';
import { emulators } from '../dist/emulators/index.js';
import { misbehaviourRows } from '../dist/emulators/kit/misbehaviours.js';
import { annotatedCapabilityTable, capabilityTable } from '../dist/providers/capability-table.js';
import { providers } from '../dist/providers/index.js';
import { limitsTable } from '../dist/providers/limits-table.js';
import { markdownTable } from '../dist/providers/markdown-table.js';
import { statementTable } from '../dist/providers/statement-table.js';
import { replaceMarked } from './marked.mjs';

/** Writes what the registered providers state, and what their emulators can be made to do, between the markers of the documents that show it. */
write('../README.md', 'capabilities', capabilityTable(providers));
write('../docs/capabilities.md', 'capabilities', annotatedCapabilityTable(providers));
write('../docs/operations.md', 'limits', limitsTable(providers));
write('../docs/capabilities.md', 'statements', statementTable(providers));
for (const [name, provider] of Object.entries(providers)) {
  write(`../src/providers/${name}/README.md`, 'statements', statementTable({ [name]: provider }));
}
const { head, rows, reasons } = misbehaviourRows(emulators);
write(
  '../docs/emulators.md',
  'misbehaviours',
  [...markdownTable(head, rows), '', ...reasons.map((reason) => `- ${reason}`)].join('\n'),
);

function write(name, marker, table) {
  const file = new URL(name, import.meta.url);
  writeFileSync(file, replaceMarked(readFileSync(file, 'utf8'), marker, table));
}
