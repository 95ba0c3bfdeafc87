import { writeFile } from 'node:fs/promises';
import { printGraphSchema } from './print-schema.js';
import { buildGraphSchema } from './schema.js';

/** The script behind `npm run schema`. */
const file = new URL('../../schema/schema.graphql', import.meta.url);
await writeFile(file, printGraphSchema(await buildGraphSchema()));
