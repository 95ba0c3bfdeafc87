import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery, graphqlSync, isInputObjectType, parse, validate, type GraphQLSchema } from 'graphql';
import { fromGlobalId } from '../../src/domain/reference.js';
import { demoOrders } from '../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { printGraphSchema } from '../../src/graph/print-schema.js';
import { buildGraphSchema } from '../../src/graph/schema.js';
import { exampleOperations, exampleVariables } from './example-operations.js';
import { schemaFacts } from './schema-facts.js';

const run = promisify(execFile);

const root = new URL('../../', import.meta.url);

function read(file: string): string {
  return readFileSync(new URL(file, root), 'utf8');
}

interface Deviation {
  /** Promises of the contract that are not kept. */
  readonly missing?: readonly string[];
  /** Promises the contract does not make. */
  readonly added?: readonly string[];
  readonly reason: string;
}

/** Where the emitted schema differs from its contract, and why. */
const deviations: readonly Deviation[] = [
  {
    missing: ['extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable"])'],
    added: [
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost", "@key", "@listSize", "@shareable"])',
    ],
    reason: 'What an operation costs is part of the schema, so that gateways price it as the server does.',
  },
  {
    missing: [
      'type Subscription',
      'Subscription.orderChanged: Order!',
      'Subscription.orderChanged(orderId: ID!)',
      'Subscription.operationChanged: Operation!',
      'Subscription.operationChanged(operationId: ID!)',
    ],
    reason: 'There is no real-time transport yet; a root that nothing serves would be a promise not kept.',
  },
  {
    added: ['PaymentError.remedy: Remedy'],
    reason: 'After a refused payment the shopper needs to know what helps, as with an ineligible item.',
  },
];

let schema: GraphQLSchema;

beforeAll(async () => {
  schema = await buildGraphSchema();
});

describe('the schema', () => {
  test('is checked in as it is emitted', () => {
    expect(read('schema/schema.graphql')).toBe(printGraphSchema(schema));
  });

  test('is what its contract says, save for the deviations listed with a reason', () => {
    const contract = schemaFacts(read('schema/contract.graphql'));
    const emitted = schemaFacts(printGraphSchema(schema));
    expect(without(contract, emitted)).toEqual(deviations.flatMap(({ missing = [] }) => missing).sort());
    expect(without(emitted, contract)).toEqual(deviations.flatMap(({ added = [] }) => added).sort());
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

  test('name records of the demo shopper in the sandbox', () => {
    const keys = new Set<string>(Object.values(demoOrders));
    const ids = [...JSON.stringify(exampleVariables).matchAll(/"(?:orderId|lineItemId)":"([^"]*)"/g)].map(
      ([, id = '']) => id,
    );
    expect(ids).not.toEqual([]);
    for (const id of ids) expect(keys).toContain(fromGlobalId(id)?.key);
  });

  test('have typed documents checked in as they are generated', async () => {
    const codegen = fileURLToPath(new URL('node_modules/@graphql-codegen/cli/esm/bin.js', root));
    const check = run(process.execPath, [codegen, '--config', 'codegen.yml', '--check'], { cwd: fileURLToPath(root) });
    await expect(check).resolves.toBeDefined();
  }, 120_000);
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

function without(facts: ReadonlySet<string>, others: ReadonlySet<string>): readonly string[] {
  return [...facts].filter((fact) => !others.has(fact)).sort();
}
