import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { providers } from '../dist/providers/index.js';
import { configurationSchema } from '../dist/server/reference/json-schema.js';
import { settingsReference } from '../dist/server/reference/reference-tables.js';
import { replaceMarked } from './marked.mjs';

/** Writes the JSON Schema of the configuration, and the reference of its settings. */
writeFileSync('schema/configuration.schema.json', `${JSON.stringify(configurationSchema(providers), null, 2)}\n`);
writeFileSync(
  'docs/configuration.md',
  replaceMarked(readFileSync('docs/configuration.md', 'utf8'), 'settings', settingsReference(providers)),
);
