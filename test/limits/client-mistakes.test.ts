import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import { asSubgraph } from '../../src/graph/federation/subgraph.js';
import { buildGraphSchema } from '../../src/graph/schema.js';
import { providers } from '../../src/providers/index.js';
import { type FullStack, startFullStack } from '../support/full-stack.js';

/** A request with one null where the schema may or may not want one. */
interface Mistake {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The least that a type takes. */
function valueOf(type: GraphQLInputType): unknown {
  const plain = getNullableType(type);
  if (isListType(plain)) return [valueOf(plain.ofType)];
  if (isEnumType(plain)) return plain.getValues()[0]?.name;
  if (isInputObjectType(plain)) {
    const fields = Object.values(plain.getFields());
    const given = plain.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField);
    return Object.fromEntries(given.map((field) => [field.name, valueOf(field.type)]));
  }
  switch (plain.name) {
    case 'Int':
      return 1;
    case 'Boolean':
      return true;
    case 'Decimal':
      return '1.00';
    case 'CurrencyCode':
      return 'USD';
    default:
      return 'x';
  }
}

/** The value with null in each of its places, one at a time. */
function nullsIn(type: GraphQLInputType, depth = 0): readonly unknown[] {
  const plain = getNullableType(type);
  if (depth > 3) return [null];
  if (isListType(plain)) return [null, [null], ...nullsIn(plain.ofType, depth + 1).map((value) => [value])];
  if (!isInputObjectType(plain)) return [null];
  const least = Object(valueOf(plain));
  const fields = Object.values(plain.getFields()).flatMap(({ name, type: of }) =>
    nullsIn(of, depth + 1).map((value) => (plain.isOneOf ? { [name]: value } : { ...least, [name]: value })),
  );
  return [null, ...fields];
}

function below(field: GraphQLField<unknown, unknown>): string {
  return isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
}

/** Each argument of each field, by a variable that may be null and by what it holds. */
function mistakesAt(kind: string, path: string, field: GraphQLField<unknown, unknown>): readonly Mistake[] {
  return field.args.flatMap((argument) => {
    const others = field.args.filter((other) => other !== argument && isRequiredArgument(other));
    const nullable =
      isNonNullType(argument.type) && argument.defaultValue !== undefined ? argument.type.ofType : argument.type;
    const declared = [argument, ...others].map(
      (each) => `$${each.name}: ${String(each === argument ? nullable : each.type)}`,
    );
    const standard = isNonNullType(nullable) ? '' : ' = null';
    const given = [argument, ...others].map(({ name }) => `${name}: $${name}`);
    const rest = Object.fromEntries(others.map(({ name, type }) => [name, valueOf(type)]));
    const call = path.replace('…', `${field.name}(${given.join(', ')})${below(field)}`);
    const query = `${kind} (${declared.join(', ')}) ${call}`;
    return [
      ...nullsIn(argument.type).map((value) => ({ query, variables: { ...rest, [argument.name]: value } })),
      {
        query: query.replace(
          `$${argument.name}: ${String(nullable)}`,
          `$${argument.name}: ${String(nullable)}${standard}`,
        ),
        variables: rest,
      },
    ];
  });
}

describe("a client's mistake", () => {
  let schema: GraphQLSchema;
  let stack: FullStack;
  const log: string[] = [];

  beforeAll(async () => {
    schema = asSubgraph(buildGraphSchema(Object.values(providers)));
    stack = await startFullStack({
      only: ['ordergroove'],
      log: { level: 'warn', write: (line) => void log.push(line) },
    });
  });

  afterAll(() => stack.close());

  test("is the client's, whatever is null, and rings no alarm", async () => {
    const roots = [
      ...Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) =>
        mistakesAt('query', '{ … }', field),
      ),
      ...Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap((field) =>
        mistakesAt('mutation', '{ … }', field),
      ),
    ];
    const customer = schema.getType('Customer');
    const nested = isObjectType(customer)
      ? Object.values(customer.getFields()).flatMap((field) =>
          mistakesAt('query', '{ viewer { customer { … } } }', field),
        )
      : [];
    const mistakes = [...roots, ...nested];
    for (const { query, variables } of mistakes) {
      const { errors = [] } = await stack.ask<object, object>(query, variables);
      const codes = errors.map(({ extensions }) => extensions?.['code']);
      expect({ query, variables, codes }).toEqual({
        query,
        variables,
        codes: expect.not.arrayContaining(['INTERNAL_SERVER_ERROR']),
      });
    }
    process.stdout.write(`${mistakes.length} nulls from the schema: none an error of ours\n`);
    expect(mistakes.length).toBeGreaterThan(100);
    expect(log.filter((line) => line.includes('unexpected error'))).toEqual([]);
  });

  test.each([
    'subscription { viewer { kind } }',
    'subscription S { __typename }',
    'mutation { __typename }',
    'query { __typename }',
  ])('is no alarm in %s', async (query) => {
    const { errors = [] } = await stack.ask<object, object>(query, {});
    expect(errors.map(({ extensions }) => extensions?.['code'])).not.toContain('INTERNAL_SERVER_ERROR');
    expect(log.filter((line) => line.includes('unexpected error'))).toEqual([]);
  });
});
