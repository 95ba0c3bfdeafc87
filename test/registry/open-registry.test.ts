import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isEnumType } from 'graphql';
import { loadConfig } from '../../src/config.js';
import { toGlobalId } from '../../src/domain/reference.js';
import { printApiSchema } from '../../src/graph/print-schema.js';
import { buildGraphSchema } from '../../src/graph/schema.js';
import { annotatedCapabilityTable } from '../../src/providers/capability-table.js';
import { providers } from '../../src/providers/index.js';
import { describeContract } from '../contract/suite.js';
import { type FullStack, startFullStack } from '../support/full-stack.js';
import { toyEmulator, toyOrders } from './toy/emulator.js';
import { toy } from './toy/provider.js';
import { subject } from './toy/subject.js';

const withToy = { ...providers, toy };

describe('a provider that is registered, and nothing else', () => {
  test('is a value of the schema, and says in it what its identifiers mean', () => {
    const schema = buildGraphSchema(Object.values(withToy));
    const type = schema.getType('Provider');
    const values = isEnumType(type) ? type.getValues().map(({ name, description }) => [name, description]) : [];
    expect(values).toContainEqual(['TOY', 'Toy: orders that take items until they are closed.']);
    expect(values).toHaveLength(Object.keys(providers).length + 1);
    const text = printApiSchema(schema);
    for (const meaning of Object.values(toy.idMeaning)) expect(text).toContain(`Toy: ${meaning}.`);
    // A schema is of the providers it is built for, whatever was built before.
    expect(printApiSchema(buildGraphSchema(Object.values(providers)))).not.toContain('Toy');
  });

  test('is the only one that the schema of its own names', () => {
    const text = printApiSchema(buildGraphSchema([toy]));
    const others = Object.values(providers).map(({ title }) => title);
    expect(others.filter((title) => text.includes(title))).toEqual([]);
  });

  test('has its column in the capability matrix', () => {
    const [head = '', , ...rows] = annotatedCapabilityTable(withToy).split('\n');
    const column = head.split('|').findIndex((cell) => cell.trim() === 'toy');
    const support = (key: string) => {
      const cells = rows.find((row) => row.includes(`\`${key}\``))?.split('|') ?? [];
      return cells[column]?.trim();
    };
    expect([support('REMOVE_ITEM'), support('PREVIEW')]).toEqual(['yes', expect.stringMatching(/^no <sup>/)]);
  });

  test('can be configured, and is offered where the configuration names none that is known', () => {
    const auth = { secret: 'a secret of at least thirty-two bytes', issuer: 'https://issuer.test', audience: 'a' };
    const load = (account: object) =>
      loadConfig({
        configPath: 'x.yaml',
        providers: withToy,
        env: {},
        readFile: () => JSON.stringify({ auth, accounts: [{ key: 'a', ...account }] }),
      });
    const messageOf = (account: object) => {
      const loaded = load(account);
      return loaded.outcome === 'invalid' ? loaded.message : loaded.outcome;
    };
    expect(messageOf({ provider: 'toy', token: 't' })).toBe('loaded');
    expect(messageOf({ provider: 'toi', token: 't' })).toMatch(/must be one of .*\btoy\b.*; did you mean toy\?/);
    expect(messageOf({ provider: 'toy' })).toMatch(/token.* is missing/);
    expect(messageOf({ provider: 'toy', token: 't', tocken: 't' })).toContain('did you mean token?');
  });
});

describe('an account of a provider that is registered, and nothing else', () => {
  let stack: FullStack;
  const id = (key: string) => toGlobalId({ type: 'Order', account: 'toy-us', key });

  beforeAll(async () => {
    stack = await startFullStack({ providers: withToy, emulators: { toy: toyEmulator }, only: ['toy'] });
  });
  afterAll(() => stack.close());

  test('is read through the loaders: one that is asked for twice is read once', async () => {
    const query = `query ($a: ID!, $b: ID!) {
      a: order(id: $a) { ...Told } again: order(id: $a) { ...Told } b: order(id: $b) { ...Told }
    }
    fragment Told on Order { providerId account { provider } lineItems { nodes { product { providerId } } } }`;
    const data = await stack.data(query, { a: id(toyOrders.open), b: id(toyOrders.alsoOpen) });
    const told = (providerId: string) => ({
      providerId,
      account: { provider: 'TOY' },
      lineItems: { nodes: [{ product: { providerId: 'ball' } }] },
    });
    expect(data.value).toEqual({ a: told('1'), again: told('1'), b: told('2') });
    expect([...stack.calls('toy')].sort()).toEqual(['GET /orders/1', 'GET /orders/2']);
  });

  test('is written to through the write protocol, and refuses what it has no writer for', async () => {
    const write = async (field: string, input: object) => {
      const type = `${field.slice(0, 1).toUpperCase()}${field.slice(1)}Input`;
      const query = `mutation ($input: ${type}!) {
        ${field}(input: $input) { operation { status lineItem { id } } errors { code } }
      }`;
      const data = await stack.data(query, { input: { idempotencyKey: `a-toy-key-of-${field}`, ...input } });
      return data.at(field);
    };
    const item = { providerProduct: { providerId: 'kite' } };
    const added = await write('addUpsellItem', { orderId: id(toyOrders.open), item });
    const lineItemId = toGlobalId({ type: 'LineItem', account: 'toy-us', key: '1/added-1' });
    expect(added).toEqual({ operation: { status: 'SUCCEEDED', lineItem: { id: lineItemId } }, errors: [] });
    expect(await write('changeUpsellItemQuantity', { lineItemId, quantity: 2 })).toMatchObject({
      errors: [{ code: 'CAPABILITY_MISSING' }],
    });
    expect(await write('removeUpsellItem', { lineItemId })).toMatchObject({ operation: { status: 'SUCCEEDED' } });
    expect(stack.calls('toy').filter((call) => !call.startsWith('GET'))).toEqual([
      'POST /orders/1/lines',
      'DELETE /orders/1/lines/added-1',
    ]);
  });
});

describeContract('toy', toy, subject.contract);
