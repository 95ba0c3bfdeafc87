import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { addMocksToSchema } from '@graphql-tools/mock';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  graphql,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { scalarMocks } from '../../schema/presets/scalar-mocks.js';
import { examples, root, schemaText, startSandbox } from './sandbox.js';

// Each starts programs, which take their time on a busy machine.
jest.setTimeout(240_000);

const run = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));
const schemaFile = fileURLToPath(new URL('schema/schema.graphql', root));
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'upsell-graph-clients-'));
  symlinkSync(join(here, 'node_modules'), join(folder, 'node_modules'));
});

afterAll(() => rmSync(folder, { recursive: true }));

function bin(name: string): string {
  return join(here, 'node_modules', '.bin', name);
}

test('introspection of the running server is the emitted file', async () => {
  const sandbox = await startSandbox();
  try {
    const query = getIntrospectionQuery({
      schemaDescription: true,
      specifiedByUrl: true,
      inputValueDeprecation: true,
      directiveIsRepeatable: true,
      oneOf: true,
    });
    const response = await fetch(sandbox.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { data }: { data: Parameters<typeof buildClientSchema>[0] } = JSON.parse(await response.text());
    const print = (schema: Parameters<typeof printSchema>[0]) => printSchema(lexicographicSortSchema(schema));
    expect(print(buildClientSchema(data))).toBe(print(buildSchema(schemaText)));
  } finally {
    await sandbox.stop();
  }
});

test('graphql-tools mocks answer every example with the scalar preset', async () => {
  const schema = addMocksToSchema({ schema: makeExecutableSchema({ typeDefs: schemaText }), mocks: scalarMocks });
  for (const { name, text, variables } of examples) {
    const { errors } = await graphql({ schema, source: text, variableValues: variables });
    expect([name, errors]).toEqual([name, undefined]);
  }
});

test('graphql-inspector reads the schema and finds all examples valid', async () => {
  const { stdout } = await run(bin('graphql-inspector'), [
    'validate',
    fileURLToPath(new URL('schema/operations/*.graphql', root)),
    schemaFile,
  ]);
  expect(stdout).toMatch(/all documents are valid/i);
});

describe('the client preset', () => {
  test('leaves nothing unknown but JSON', async () => {
    const out = join(folder, 'client/');
    const config = {
      schema: schemaFile,
      documents: fileURLToPath(new URL('schema/operations/*.graphql', root)),
      generates: {
        [out]: {
          preset: 'client',
          config: {
            strictScalars: true,
            scalars: JSON.parse(readFileSync(new URL('schema/presets/codegen-scalars.json', root), 'utf8')),
          },
        },
      },
    };
    writeFileSync(join(folder, 'codegen.json'), JSON.stringify(config));
    await run(bin('graphql-codegen'), ['--config', join(folder, 'codegen.json')], { cwd: folder });
    const generated = readFileSync(join(out, 'graphql.ts'), 'utf8');
    const untyped = [...generated.matchAll(/(\w+)\??: (?:unknown|any)\b/g)].map(([, name]) => name);
    expect(new Set(untyped)).toEqual(new Set(['paymentFields']));
    expect(generated).toContain('UpcomingOrdersQuery');
  });
});

test('gql.tada types documents against the schema, and refuses a field there is not', async () => {
  const source = join(folder, 'tada');
  mkdirSync(source);
  const plugin = { name: 'gql.tada/ts-plugin', schema: schemaFile, tadaOutputLocation: './graphql-env.d.ts' };
  const options = { strict: true, module: 'NodeNext', moduleResolution: 'NodeNext', skipLibCheck: true, noEmit: true };
  writeFileSync(join(source, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(source, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...options, types: [], plugins: [plugin] }, include: ['.'] }),
  );
  await run(bin('gql.tada'), ['generate-output'], { cwd: source });
  const typed = `import { initGraphQLTada, type ResultOf, type VariablesOf } from 'gql.tada';
import type { introspection } from './graphql-env.js';
const graphql = initGraphQLTada<{ introspection: introspection; scalars: { DateTime: string; Decimal: string } }>();
const document = graphql(\`query ($id: ID!) { order(id: $id) { id totals { total { amount } } window { asOf } } }\`);
const answer: ResultOf<typeof document> = { order: { id: '1', totals: { total: { amount: '1.00' } }, window: { asOf: '' } } };
const variables: VariablesOf<typeof document> = { id: '1' };
export const read = [answer.order?.totals?.total?.amount.length, variables.id.length];
`;
  const check = () => run(bin('tsc'), ['--project', source], { cwd: source });
  writeFileSync(join(source, 'shop.ts'), typed);
  await expect(check()).resolves.toBeDefined();
  writeFileSync(join(source, 'shop.ts'), typed.replace('window { asOf: ', 'window { closes: '));
  writeFileSync(join(source, 'shop.ts'), typed.replace("id: '1', totals", 'id: 1, totals'));
  await expect(check()).rejects.toMatchObject({ stdout: expect.stringContaining('TS2322') });
});

test('relay-compiler compiles fragments, refetch, pages and list edits, and types what is null only on an error', async () => {
  const source = join(folder, 'relay');
  mkdirSync(join(source, 'src'), { recursive: true });
  writeFileSync(
    join(source, 'relay.config.json'),
    JSON.stringify({
      src: './src',
      schema: './schema.graphql',
      language: 'typescript',
      customScalarTypes: JSON.parse(readFileSync(new URL('schema/presets/codegen-scalars.json', root), 'utf8')),
      noSourceControl: true,
    }),
  );
  writeFileSync(join(source, 'schema.graphql'), schemaText);
  writeFileSync(join(source, 'package.json'), '{}');
  writeFileSync(join(source, 'src', 'shop.ts'), RELAY);
  const { stdout, stderr } = await run(bin('relay-compiler'), ['relay.config.json'], { cwd: source });
  expect(stdout + stderr).not.toMatch(/error|panic/i);
  const artifacts = readdirSync(join(source, 'src', '__generated__'));
  expect(artifacts).toEqual(
    expect.arrayContaining([
      'shopOrdersQuery.graphql.ts',
      'shopOrdersPageQuery.graphql.ts',
      'shopOrderRefetchQuery.graphql.ts',
      'shopAddMutation.graphql.ts',
      'shopRemoveMutation.graphql.ts',
    ]),
  );
  const order = readFileSync(join(source, 'src', '__generated__', 'shopOrder.graphql.ts'), 'utf8');
  expect(order).toMatch(/readonly lineItems: \{/);
  expect(order).toMatch(/readonly totals: \{[^}]*\}[^}]*\} \| null/s);
});

const RELAY = `
graphql\`
  query shopOrdersQuery { ...shopOrders @arguments(count: 5) }
\`;
graphql\`
  fragment shopOrders on Query @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" })
  @refetchable(queryName: "shopOrdersPageQuery") {
    upcomingOrders(first: $count, after: $cursor) @connection(key: "shop_upcomingOrders") {
      edges { node { id ...shopOrder } }
    }
  }
\`;
graphql\`
  fragment shopOrder on Order @argumentDefinitions(count: { type: "Int", defaultValue: 50 }, cursor: { type: "String" })
  @refetchable(queryName: "shopOrderRefetchQuery") @throwOnFieldError {
    id
    totals { total { amount currency } }
    lineItems(first: $count, after: $cursor) @connection(key: "shopOrder_lineItems") { __id edges { node { id quantity } } }
  }
\`;
graphql\`
  mutation shopAddMutation($input: AddUpsellItemInput!, $connections: [ID!]!) {
    addUpsellItem(input: $input) {
      lineItem @appendNode(connections: $connections, edgeTypeName: "LineItemEdge") { id quantity }
      order { ...shopOrder }
      errors { __typename code shopperMessage retry }
    }
  }
\`;
graphql\`
  mutation shopRemoveMutation($input: RemoveUpsellItemInput!, $connections: [ID!]!) {
    removeUpsellItem(input: $input) {
      removedLineItemId @deleteEdge(connections: $connections)
      errors { code }
    }
  }
\`;
declare function graphql(text: TemplateStringsArray): void;
`;
