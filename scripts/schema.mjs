import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { presetsOf } from '../dist/graph/presets.js';
import { printApiSchema, printSubgraphSchema } from '../dist/graph/print-schema.js';
import { buildGraphSchema } from '../dist/graph/schema.js';
import { providers } from '../dist/providers/index.js';
import { writeErrorCatalogue } from './error-catalogue.mjs';

/** Emits the schema of the registered providers, and what follows from it. */
const folder = new URL('../schema/', import.meta.url);
const presets = new URL('presets/', folder);
const schema = buildGraphSchema(Object.values(providers));
writeFileSync(new URL('schema.graphql', folder), printApiSchema(schema));
writeFileSync(new URL('subgraph.graphql', folder), printSubgraphSchema(schema));
mkdirSync(presets, { recursive: true });
for (const [name, text] of presetsOf(schema)) writeFileSync(new URL(name, presets), text);
const errors = new URL('../docs/errors.md', import.meta.url);
writeFileSync(errors, writeErrorCatalogue(readFileSync(errors, 'utf8'), printApiSchema(schema)));
