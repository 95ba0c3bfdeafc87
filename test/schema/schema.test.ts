import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  type GraphQLSchema,
  graphqlSync,
  introspectionFromSchema,
  isInputObjectType,
  lexicographicSortSchema,
  parse,
  printSchema,
  validate,
} from 'graphql';
import { fromGlobalId } from '../../src/domain/reference.js';
import { emulators, startEmulator } from '../../src/emulators/index.js';
import { presetsOf } from '../../src/graph/presets.js';
import { printApiSchema, printSubgraphSchema } from '../../src/graph/print-schema.js';
import { buildGraphSchema } from '../../src/graph/schema.js';
import { providers } from '../../src/providers/index.js';
import { exampleOperations, exampleVariables } from './example-operations.js';

const root = new URL('../../', import.meta.url);

function read(file: string): string {
  return readFileSync(new URL(file, root), 'utf8');
}

let schema: GraphQLSchema;

beforeAll(async () => {
  schema = buildGraphSchema(Object.values(providers));
});

describe('the schema', () => {
  test('is checked in as it is emitted, for clients and for supergraphs', () => {
    expect(read('schema/schema.graphql')).toBe(printApiSchema(schema));
    expect(read('schema/subgraph.graphql')).toBe(printSubgraphSchema(schema));
  });

  test('has presets for client tools, checked in as they are emitted', () => {
    const emitted = presetsOf(schema);
    expect(readdirSync(new URL('schema/presets/', root)).sort()).toEqual([...emitted.keys()].sort());
    for (const [name, text] of emitted) expect(read(`schema/presets/${name}`)).toBe(text);
  });

  test('for clients is read by the reference implementation as it stands, and is what introspection shows', () => {
    const file = buildSchema(read('schema/schema.graphql'));
    const shown = introspectionFromSchema(schema, {
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    });
    expect(introspected(buildClientSchema(shown))).toBe(introspected(file));
  });

  test('for supergraphs leaves out the root fields that other subgraphs have, with what only they need', () => {
    const shared = new Set(['customer', 'node', 'nodes', 'order', 'viewer']);
    const subgraph = buildSchema(read('schema/subgraph.graphql'), { assumeValidSDL: true });
    const [all, left] = [schema, subgraph].map((of) => Object.keys(of.getQueryType()?.getFields() ?? {}).sort());
    expect(left).toEqual(all?.filter((field) => !shared.has(field)));
    const gone = Object.keys(schema.getTypeMap()).filter((type) => !subgraph.getType(type));
    expect(gone.sort()).toEqual([
      'ActorKind',
      'CustomerIdentityInput',
      'UpsellOperationConnection',
      'UpsellOperationEdge',
      'UpsellViewer',
    ]);
  });

  test('describes every type, field, argument, input field and enum value', () => {
    expect(undescribed(schema)).toEqual([]);
  });

  test('marks the input that takes exactly one field', () => {
    const input = schema.getType('UpsellItemInput');
    expect(isInputObjectType(input) && input.isOneOf).toBe(true);
  });
});

describe('the example operations', () => {
  test('are valid, and each begins with a word to its reader', () => {
    for (const { file, text } of exampleOperations) {
      expect({ file, errors: validate(schema, parse(text)) }).toEqual({ file, errors: [] });
      expect({ file, opening: text.slice(0, 2) }).toEqual({ file, opening: '# ' });
      // GraphiQL does not wrap lines.
      expect({ file, cutOff: text.match(/^#.{60,}$/gm) }).toEqual({ file, cutOff: null });
    }
  });

  test('each have example variables, and there are no others', () => {
    expect(Object.keys(exampleVariables).sort()).toEqual(exampleOperations.map(({ name }) => name).sort());
  });

  test('name records of the demo shopper in the sandbox', async () => {
    const named = [...JSON.stringify(exampleVariables).matchAll(/"(?:orderId|lineItemId)":"([^"]*)"/g)].map(
      ([, id = '']) => fromGlobalId(id),
    );
    expect(named).not.toEqual([]);
    const known = new Set<string>();
    for (const definition of Object.values(emulators)) {
      const { account, records } = definition.sandbox('');
      for (const { type, owner, providerId } of records) {
        if (type === 'ORDER' && owner === 'customer') known.add(`Order of ${account.key}: ${providerId}`);
      }
      const emulator = await startEmulator(definition);
      const texts = JSON.stringify(emulator.state()).matchAll(/"([^"]+)"/g);
      for (const [, text = ''] of texts) known.add(`LineItem of ${account.key}: ${text}`);
      await emulator.close();
    }
    const asked = named.map((ref) => `${ref?.type} of ${ref?.account}: ${ref?.key}`);
    expect(asked.filter((each) => !known.has(each))).toEqual([]);
  });
});

/** What has no description, by its coordinate in the introspection result. */
function undescribed(of: GraphQLSchema): readonly string[] {
  const { data } = graphqlSync({ schema: of, source: getIntrospectionQuery({ descriptions: true }) });
  const found: string[] = [];
  walk(data?.['__schema'], [], found);
  return found;
}

/** Parts of an introspection result whose members all carry a description. */
const described = new Set(['types', 'fields', 'args', 'inputFields', 'enumValues']);

function walk(value: unknown, at: readonly string[], found: string[]): void {
  if (Array.isArray(value)) for (const entry of value) walk(entry, at, found);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return;
  const entry: Readonly<Record<string, unknown>> = { ...value };
  const here = typeof entry['name'] === 'string' ? [...at, entry['name']] : at;
  if (here.some((name) => name.startsWith('__'))) return;
  if ('description' in entry && !entry['description'] && here.length > 0) found.push(here.join('.'));
  for (const part of described) walk(entry[part], here, found);
}

/** What introspection can show of a schema, as text. */
function introspected(of: GraphQLSchema): string {
  return printSchema(lexicographicSortSchema(of));
}
