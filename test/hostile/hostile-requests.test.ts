import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { type GraphQLSchema, parse, validate } from 'graphql';
import { entityTypes, fromGlobalId, toGlobalId } from '../../src/domain/reference.js';
import { buildGraphSchema } from '../../src/graph/schema.js';
import { providers } from '../../src/providers/index.js';
import { RandomQueries, type RandomQuery } from '../executor/random-query.js';
import { exampleOperations } from '../schema/example-operations.js';
import { freshDatabase } from '../storage/postgres.js';
import { subjects, unlimitedSwitches } from '../subjects/index.js';
import { type FullStack, startFullStack } from '../support/full-stack.js';
import { incivilitiesOf } from './civil.js';
import { findRecords, type KnownRecords } from './known-records.js';
import { mutateText, mutation } from './mutate-json.js';
import { LONG_ENOUGH_MS, printWhatWasTried, tryAll } from './try-all.js';

printWhatWasTried();

/** Keys of all accounts. */
const accounts = Array.from(subjects.values(), ({ account }) => account);
const byProviderId = accounts
  .map((key, index) => `of${index}: orderByProviderId(accountKey: "${key}", providerId: $key) { id }`)
  .join(' ');
/** Orders that a guest's token may list. */
const listed = Object.fromEntries(
  Array.from(subjects.values(), ({ account, unlisted }) => [account, unlisted.orders ?? []]),
);

let stack: FullStack;
let schema: GraphQLSchema;
let records: KnownRecords;
let authorizations: readonly string[];
const log: string[] = [];

/** PostgreSQL takes fewer texts than the embedded database: some are no text to it. */
let database: Awaited<ReturnType<typeof freshDatabase>> | null = null;
const encryptionKey = 'a key of at least thirty-two bytes';
const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-hostile-'));

beforeAll(async () => {
  database = await freshDatabase().catch(() => null);
  stack = await startFullStack({
    switches: unlimitedSwitches,
    parallel: 64,
    groups: { storage: database ? { url: database.url, encryptionKey } : { file: join(folder, 'ledger.db') } },
    parts: { writeTiming: { deadlineMs: 2_000, recoveryIntervalMs: 200 } },
    log: { level: 'trace', write: (line) => log.push(line) },
  });
  schema = buildGraphSchema(Object.values(providers));
  records = await findRecords(stack);
  authorizations = await Promise.all([
    stack.bearer(),
    stack.bearer({ kind: 'recognised' }),
    stack.bearer({ kind: 'service', customers: {} }),
    stack.bearer({ kind: 'guest', customers: {}, orders: listed }),
    stack.bearer({ scope: '' }),
  ]);
});

afterAll(async () => {
  await stack.close();
  await database?.drop();
  rmSync(folder, { recursive: true });
});

afterEach(() => {
  log.length = 0;
});

/** Sends it, and expects a civil answer and a log without surprises. */
async function expectCivil(body: unknown, who = 0): Promise<string> {
  const answer = await stack.send(body, { authorization: authorizations[who % authorizations.length] ?? '' });
  expect({
    body,
    wrong: [
      ...incivilitiesOf(answer),
      ...log.filter((line) => /"level":"(error|fatal)"|without a classified/.test(line)),
    ],
  }).toEqual({ body, wrong: [] });
  return answer.text;
}

const strange = ['', '\u0000', '\uD800', '💥'.repeat(50), '__proto__', '../..', "' OR 1=1 --", 'x'.repeat(5_000)];

/** What arguments are chosen from. */
function pool(isHostile: boolean): Readonly<Record<string, readonly unknown[]>> {
  const good = {
    ID: Object.values(records).flat(),
    String: [...accounts, '1218', 'a-key-of-sixteen-characters'],
    Int: [1, 2, 5, 50, 100],
    Boolean: [true, false],
    Decimal: ['1.00', '900', '0'],
    CurrencyCode: ['USD', 'SEK'],
    JSON: [{}, [], { klarna_order: 'k-1' }],
    _Any: [{ __typename: 'Order', id: records.Order[0] }],
  };
  if (!isHostile) return good;
  return {
    ID: [...good.ID, ...strange, 12],
    String: [...good.String, ...strange],
    Int: [...good.Int, 0, -1, 2 ** 31 - 1, 2 ** 31, 1.5, '7'],
    Boolean: [true, 'true'],
    Decimal: ['-1', 'NaN', '1e9', '9'.repeat(100), 1],
    CurrencyCode: ['usd', '$', 'constructor'],
    JSON: [null, 'x', JSON.parse('{"__proto__":{"x":1}}')],
    _Any: [null, 'x', {}, { __typename: '__proto__' }, { __typename: 'Order' }, { __typename: 'Order', id: [] }],
  };
}

const who = fc.nat(20);

/** Made of another one by cutting, repeating and inserting. */
const edit = fc.record({
  at: fc.nat(2_000),
  remove: fc.nat(12),
  insert: fc.oneof(
    fc.constantFrom(
      '{',
      '}',
      '(',
      ')',
      ':',
      '$',
      '@include(if: $x)',
      '...',
      '... on',
      '"""',
      '"',
      '#',
      '{ id }',
      '__typename',
      '!',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  ),
});

function garble(text: string, edits: readonly { at: number; remove: number; insert: string }[]): string {
  return edits.reduce((edited, { at, remove, insert }) => {
    const start = at % (edited.length + 1);
    return edited.slice(0, start) + insert + edited.slice(start + remove);
  }, text);
}

describe('the graph', () => {
  test(
    'answers any document of the schema, with arguments good and bad',
    async () => {
      let ran = 0;
      const inputs = fc.record({ generate: fc.gen(), who, writes: fc.boolean(), isHostile: fc.boolean() });
      await tryAll('documents', 120, inputs, async ({ generate, who: asker, writes, isHostile }) => {
        const queries = new RandomQueries(schema, pool(isHostile), (limit) =>
          generate(fc.integer, { min: 0, max: limit - 1 }),
        );
        const next = () => queries.next(writes ? 'mutation' : 'query');
        const isValid = ({ source }: RandomQuery) => validate(schema, parse(source)).length === 0;
        const { source, variables } = isHostile ? next() : ([next(), next(), next()].find(isValid) ?? next());
        const text = await expectCivil({ query: source, variables }, asker);
        if (text.startsWith('{"data":{')) ran += 1;
      });
      // Most of them must have come further than validation.
      expect(ran).toBeGreaterThan(30);
    },
    LONG_ENOUGH_MS,
  );

  test(
    'answers documents that were garbled, and bodies that are none',
    () => {
      const [example = ''] = exampleOperations.map(({ text }) => text);
      const documents = fc
        .record({
          text: fc.constantFrom(example, ...exampleOperations.map(({ text }) => text)),
          edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
        })
        .map(({ text, edits }) => ({ query: garble(text, edits), variables: {} }));
      const bodies = fc.oneof(
        documents,
        fc.record({ query: fc.string({ unit: 'binary' }) }),
        fc.record({
          query: fc.constant('{ viewer { kind } }'),
          variables: fc.jsonValue(),
          operationName: fc.jsonValue(),
          extensions: fc.jsonValue(),
        }),
        fc.jsonValue(),
        fc.string(),
        fc.constantFrom(
          '['.repeat(60_000),
          `{"query":"${'{a'.repeat(30_000)}"}`,
          '{"query":"{__typename}","variables":{"__proto__":1}}',
          '{"__proto__":{}}',
        ),
      );
      return tryAll('bodies', 120, fc.record({ body: bodies, who }), async ({ body, who: asker }) => {
        await expectCivil(body, asker);
      });
    },
    LONG_ENOUGH_MS,
  );
});

describe('a cursor', () => {
  const LISTS = `query ($first: Int!, $after: String) {
    upcomingOrders(first: $first, after: $after) { edges { cursor node { lineItems(first: 1, after: $after) { edges { cursor } } } } }
    viewer { customer {
      upcomingOrders(first: $first, after: $after) { edges { cursor } }
      subscriptions(first: $first, after: $after) { edges { cursor } }
    } }
  }`;

  test(
    'that is forged, cut, of another list or of another shopper is refused or is a place, and breaks nothing',
    async () => {
      const text = await expectCivil({ query: LISTS, variables: { first: 5 } });
      const real = [...new Set(Array.from(text.matchAll(/"cursor":"([^"]+)"/g), ([, cursor = '']) => cursor))];
      expect(real.length).toBeGreaterThan(10);
      const inputs = fc.record({
        cursor: fc.constantFrom(...real, ...records.Order, ...strange, 'A'.repeat(100_000)),
        change: fc.oneof(
          fc.record({ mutations: fc.array(mutation, { maxLength: 3 }) }),
          fc.record({ cut: fc.nat(80), tail: fc.string({ unit: 'binary', maxLength: 4 }) }),
        ),
        first: fc.constantFrom(1, 3, 100),
        who,
      });
      await tryAll('forged cursors', 100, inputs, async ({ cursor, change, first, who: asker }) => {
        const after =
          'cut' in change
            ? cursor.slice(0, change.cut) + change.tail
            : Buffer.from(
                change.mutations.reduce(mutateText, Buffer.from(cursor, 'base64url').toString('utf8')),
              ).toString('base64url');
        await expectCivil({ query: LISTS, variables: { first, after } }, asker);
      });
    },
    LONG_ENOUGH_MS,
  );
});

describe('an ID', () => {
  const types = fc.constantFrom(...entityTypes, 'Nothing', '__proto__');
  const account = fc.constantFrom(...accounts, '', 'nowhere', 'constructor');
  const key = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      ...strange,
      '1218',
      '1218/',
      '31400000001/8100002',
      '31400000001/one-off/x',
      '[["og-us","00026001"]]',
      ' ',
    ),
    fc.json(),
  );
  const made = fc
    .record({ type: types, account, key })
    .map(({ type, account: at, key: text }) => Buffer.from(`${type}:${at}:${text}`).toString('base64url'));
  const cut = fc.record({ id: fc.nat(), end: fc.nat(80), tail: fc.string({ maxLength: 3 }) });
  const forged = fc.oneof(made, cut, fc.string({ unit: 'binary' }), fc.constantFrom('A'.repeat(100_000), ...strange));
  const toText = (id: string | { id: number; end: number; tail: string }) => {
    if (typeof id === 'string') return id;
    const all = Object.values(records).flat();
    return (all[id.id % all.length] ?? '').slice(0, id.end) + id.tail;
  };

  test(
    'that is forged, cut, or of another type leads nowhere, and breaks nothing',
    () =>
      tryAll('forged IDs', 80, fc.record({ forged, other: forged, who }), async (input) => {
        const [id, other] = [toText(input.forged), toText(input.other)];
        const text = await expectCivil(
          {
            query: `query ($id: ID!, $other: ID!, $key: String!, $previews: [UpsellEligibilityInput!]!) {
              node(id: $id) { id } nodes(ids: [$id, $other]) { id } order(id: $id) { id } subscription(id: $id) { id }
              operation(id: $id) { id } operationByKey(idempotencyKey: $key) { id } upsellEligibility(inputs: $previews) { verdict }
              ${byProviderId}
              viewer { customer { upcomingOrders(after: $key) { nodes { id } } subscriptions(after: $key) { nodes { id } } } }
            }`,
            variables: { id, other, key: id, previews: [{ orderId: id, item: { productId: other } }] },
          },
          input.who,
        );
        // What comes back is what was asked for: no other spelling of an ID is one.
        const { node } = (JSON.parse(text) as { data?: { node?: { id: string } | null } | null }).data ?? {};
        expect(node?.id ?? id).toBe(id);
        await expectCivil(
          {
            query: `mutation ($add: AddUpsellItemInput!, $remove: RemoveUpsellItemInput!, $change: ChangeUpsellItemQuantityInput!) {
              addUpsellItem(input: $add) { operation { status } errors { code } }
              removeUpsellItem(input: $remove) { operation { status } errors { code } }
              changeUpsellItemQuantity(input: $change) { operation { status } errors { code } }
            }`,
            variables: {
              add: {
                idempotencyKey: randomUUID(),
                orderId: id,
                item: { providerProduct: { providerId: '44931275400012' } },
                guards: { previewId: other },
              },
              remove: { idempotencyKey: randomUUID(), lineItemId: id },
              change: { idempotencyKey: randomUUID(), lineItemId: other, quantity: 3 },
            },
          },
          input.who,
        );
      }),
    LONG_ENOUGH_MS,
  );

  test('of any type with a strange key leads nowhere', async () => {
    const ids = entityTypes.flatMap((type) =>
      [...accounts, ''].flatMap((at) =>
        ['\u0000', '1218\u0000', '\uD800', ' ', '%00', '../x', '{}', 'null', '[[]]'].map((text) =>
          Buffer.from(`${type}:${at}:${text}`).toString('base64url'),
        ),
      ),
    );
    for (let start = 0; start < ids.length; start += 100) {
      await expectCivil({
        query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
        variables: { ids: ids.slice(start, start + 100) },
      });
    }
    for (const id of ids.filter((each) => each.startsWith(Buffer.from('Order').toString('base64url').slice(0, 6)))) {
      const input = {
        idempotencyKey: randomUUID(),
        orderId: id,
        item: { providerProduct: { providerId: '44931275400012' } },
      };
      await expectCivil({
        query: 'mutation ($input: AddUpsellItemInput!) { addUpsellItem(input: $input) { errors { code } } }',
        variables: { input },
      });
    }
  });

  test(
    'of a preview that was made up cannot break a guard',
    () => {
      const part = fc.oneof(
        fc.jsonValue({ maxDepth: 1 }),
        fc.constantFrom(1e308, -1, 9_007_199_254_740_991, ['5', 'USD'], ['-5', 'constructor'], ['1', ''], true, null),
      );
      return tryAll(
        'forged previews',
        100,
        fc.record({ order: fc.nat(), tail: fc.tuple(part, part, part, part, part) }),
        async ({ order, tail }) => {
          const orderId = records.Order[order % records.Order.length] ?? '';
          const { account: at = '', key: orderKey } = fromGlobalId(orderId) ?? {};
          const bound = [orderKey, '44931275400012', 1, false, ['5', 'USD'], Date.now() + 60_000].map((value, index) =>
            index === 0 || order % 3 === 0 ? value : (tail[index - 1] ?? value),
          );
          const previewId = toGlobalId({ type: 'UpsellPreview', account: at, key: JSON.stringify(bound) });
          await expectCivil({
            query: `mutation ($input: AddUpsellItemInput!) { addUpsellItem(input: $input) {
            operation { status } errors { code message ... on PriceGuardError { allowed { amount currency } found { amount currency } } }
          } }`,
            variables: {
              input: {
                idempotencyKey: randomUUID(),
                orderId,
                item: { providerProduct: { providerId: '44931275400012' } },
                guards: { previewId },
              },
            },
          });
        },
      );
    },
    LONG_ENOUGH_MS,
  );
});
