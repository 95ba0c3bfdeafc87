import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { getNamedType, type GraphQLField, type GraphQLSchema, isCompositeType, isObjectType } from 'graphql';
import { asSubgraph } from '../../src/graph/federation/subgraph.js';
import { buildGraphSchema } from '../../src/graph/schema.js';
import { providers } from '../../src/providers/index.js';
import { type FullStack, startFullStack } from '../support/full-stack.js';
import { asLiteral, mistakesIn, PLANTED } from './secrets-in-mistakes.js';

/** A request with one mistake, and the argument it is in. */
interface Mistake {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

function fieldsWithArguments(schema: GraphQLSchema): readonly (readonly [string, GraphQLField<unknown, unknown>])[] {
  const within = (type: unknown, document: string) =>
    isObjectType(type)
      ? Object.values(type.getFields()).flatMap((field) => (field.args.length > 0 ? [[document, field] as const] : []))
      : [];
  return [
    ...within(schema.getQueryType(), 'query … { @ }'),
    ...within(schema.getMutationType(), 'mutation … { @ }'),
    ...within(schema.getType('Customer'), 'query … { viewer { customer { @ } } }'),
  ];
}

/** Each unfitting value of each argument: in a variable, and written into the document. */
function mistakesOf(schema: GraphQLSchema): readonly Mistake[] {
  return fieldsWithArguments(schema).flatMap(([document, field]) =>
    field.args.flatMap((argument) => {
      const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
      const asking = (value: string, definition: string) =>
        document.replace('…', definition).replace('@', () => `${field.name}(${argument.name}: ${value})${selection}`);
      return mistakesIn(argument.type).flatMap((value): readonly Mistake[] => {
        const literal = asLiteral(value);
        return [
          { query: asking('$v', `Q($v: ${String(argument.type)})`), variables: { v: value } },
          ...(literal === null ? [] : [{ query: asking(literal, '') }]),
        ];
      });
    }),
  );
}

describe('a value that a client sent', () => {
  let stack: FullStack;
  let authorization: string;
  const schema = asSubgraph(buildGraphSchema(Object.values(providers)));
  const log: string[] = [];

  beforeAll(async () => {
    stack = await startFullStack({
      only: ['ordergroove'],
      log: { level: 'trace', write: (line) => void log.push(line) },
      groups: { observability: { requestLog: true, metrics: true } },
    });
    authorization = await stack.bearer();
  });

  afterAll(() => stack.close());

  const send = (body: unknown) => stack.send(body, { authorization, accept: 'application/graphql-response+json' });

  test('comes back in no error and no log line, wherever in an input it is wrong', async () => {
    const mistakes = mistakesOf(schema);
    let refused = 0;
    for (const { query, variables } of mistakes) {
      const { text, status } = await send({ query, variables });
      if (text.includes(PLANTED)) throw new Error(JSON.stringify({ query, variables, text }, null, 2));
      if (status !== 400 || text.includes('COST_LIMIT_EXCEEDED')) continue;
      refused += 1;
      // What is wrong is told: a type, argument or field by its name in the schema.
      expect({ query, variables, text }).toMatchObject({
        text: expect.stringMatching(/\\"[$[]*[A-Za-z_]|"\w+ must be /),
      });
    }
    process.stdout.write(
      `${mistakes.length} requests with a wrong value in one place: ${refused} refused by the name of what is wrong, values repeated: 0\n`,
    );
    expect(refused).toBeGreaterThan(mistakes.length / 2);
    expect(log.filter((line) => line.includes(PLANTED))).toEqual([]);
  });

  test('comes back from no document that is cut or quoted wrongly', async () => {
    const secret = `"${PLANTED}"`;
    const documents = [
      `mutation { completeCheckout(input: { orderId: ${secret}, paymentFields: { card: ${secret}, number: ${PLANTED} } }) { replayed } }`,
      `query ($v: [String!] = [${secret}]) { nodes(ids: $v) { id } }`,
      `{ order(id: """${PLANTED}""") @include(if: ${secret}) { id } }`,
    ];
    const cuts = fc.record({
      document: fc.constantFrom(...documents),
      from: fc.nat(150),
      length: fc.integer({ min: 1, max: 6 }),
      by: fc.constantFrom(
        '',
        '"',
        '{',
        '}',
        ':',
        '$',
        '\\u12',
        '\n',
        "'",
        '0',
        '#',
        `@a(b: ${PLANTED}) `,
        `_${PLANTED} `,
      ),
    });
    await fc.assert(
      fc.asyncProperty(cuts, async ({ document, from, length, by }) => {
        const query = document.slice(0, from) + by + document.slice(from + length);
        const { text } = await send({ query });
        for (const { message } of JSON.parse(text).errors ?? []) {
          // Names a document gives to things of its own are no values.
          expect(String(message).replaceAll(/"[$@]?[A-Za-z_]\w*"/g, '')).not.toContain(PLANTED);
        }
      }),
      { numRuns: 600 },
    );
    expect(log.filter((line) => line.includes(PLANTED))).toEqual([]);
  });

  test.each([
    ['as the name of an operation', { query: 'query A { __typename }', operationName: PLANTED }],
    ['in variables that are no object', { query: '{ __typename }', variables: PLANTED }],
    ['in a query that is no text', { query: { card: PLANTED } }],
    ['as the hash of a document', { extensions: { persistedQuery: { version: 1, sha256Hash: PLANTED } } }],
    ['in broken JSON', `{ "query": "{ __typename }", "variables": { "card": "${PLANTED}" `],
    [
      'in an argument whose variable is null',
      {
        query: `query ($n: Int = 1, $id: ID!) { viewer { customer { upcomingOrders(first: $n, after: "${PLANTED}") { nodes { id } } } } node(id: $id) { id } }`,
        variables: { n: null, id: PLANTED },
      },
    ],
    [
      'while introspecting',
      { query: 'query ($n: String!) { __type(name: $n) { name } }', variables: { n: [PLANTED] } },
    ],
  ])('does not come back %s', async (_where, body) => {
    expect((await send(body)).text).not.toContain(PLANTED);
    expect(log.filter((line) => line.includes(PLANTED))).toEqual([]);
  });
});
