import { writeFile } from 'node:fs/promises';
import { printApiSchema, printSubgraphSchema } from './print-schema.js';
import { buildGraphSchema } from './schema.js';

/** The script behind `npm run schema`. */
const folder = new URL('../../schema/', import.meta.url);
const schema = await buildGraphSchema();
await writeFile(new URL('schema.graphql', folder), printApiSchema(schema));
await writeFile(new URL('subgraph.graphql', folder), printSubgraphSchema(schema));
