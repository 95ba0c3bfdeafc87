import { readFileSync, writeFileSync } from 'node:fs';
import { capabilityTable } from '../dist/providers/capability-table.js';
import { providers } from '../dist/providers/index.js';

/** Writes the capability matrix of the registered providers between its markers in the README. */
const file = new URL('../README.md', import.meta.url);
const [start, end] = ['<!-- capabilities:start -->', '<!-- capabilities:end -->'];
const text = readFileSync(file, 'utf8');
const before = text.slice(0, text.indexOf(start) + start.length);
const after = text.slice(text.indexOf(end));
writeFileSync(file, `${before}\n\n${capabilityTable(providers)}\n\n${after}`);
