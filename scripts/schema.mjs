import { writeFileSync } from 'node:fs';
import { printApiSchema, printSubgraphSchema } from '../dist/graph/print-schema.js';
import { buildGraphSchema } from '../dist/graph/schema.js';
import { providers } from '../dist/providers/index.js';

/** Emits the schema of the registered providers. */
const folder = new URL('../schema/', import.meta.url);
const schema = buildGraphSchema(Object.values(providers));
writeFileSync(new URL('schema.graphql', folder), printApiSchema(schema));
writeFileSync(new URL('subgraph.graphql', folder), printSubgraphSchema(schema));
