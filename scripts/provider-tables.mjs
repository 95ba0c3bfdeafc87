import { readFileSync, writeFileSync } from 'node:fs';
import { annotatedCapabilityTable, capabilityTable } from '../dist/providers/capability-table.js';
import { providers } from '../dist/providers/index.js';
import { limitsTable } from '../dist/providers/limits-table.js';

/** Writes what the registered providers state between the markers of the documents that show it. */
write('../README.md', 'capabilities', capabilityTable(providers));
write('../docs/capabilities.md', 'capabilities', annotatedCapabilityTable(providers));
write('../docs/operations.md', 'limits', limitsTable(providers));

function write(name, marker, table) {
  const file = new URL(name, import.meta.url);
  const [start, end] = [`<!-- ${marker}:start -->`, `<!-- ${marker}:end -->`];
  const text = readFileSync(file, 'utf8');
  const before = text.slice(0, text.indexOf(start) + start.length);
  const after = text.slice(text.indexOf(end));
  writeFileSync(file, `${before}\n\n${table}\n\n${after}`);
}
