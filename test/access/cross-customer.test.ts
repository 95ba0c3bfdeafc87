import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type GraphQLSchema, isEnumType, printSchema } from 'graphql';
import { asSubgraph } from '../../src/graph/federation/subgraph.js';
import { buildGraphSchema } from '../../src/graph/schema.js';
import { providers as registered } from '../../src/providers/index.js';
import { type FullStack, startFullStack } from '../support/full-stack.js';
import { openStream } from '../streams/raw-stream.js';
import { subjects, unlimitedSwitches } from '../subjects/index.js';
import { Markers, textsIn, withoutNames } from './answers.js';
import { MixedUpProviders } from './mixed-up-providers.js';
import { demoShopperOf, findSubjects, missingTwin, otherShopperOf, type Person, type Subject } from './subjects.js';
import { neverFilled, publicRecords } from './unfilled-paths.js';
import { type Asked, Walk } from './walk.js';

const personalWords = [...subjects.values()].flatMap(({ access }) => access.personalWords ?? []);
const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-access-'));
const providers = new MixedUpProviders();
/** The walk asks for everything at once. */
const limits = {
  rate: { shopper: 0, service: 0, anonymous: 0 },
  depth: 50,
  breadth: 1_000,
  fields: 100_000,
  aliases: 10_000,
  tokens: 1_000_000,
  cost: 100_000_000,
  bodyKiB: 10_000,
  streams: { shopper: 1_000, service: 1_000, process: 1_000 },
};

type Claims = Readonly<Record<string, unknown>>;

let stack: FullStack;
let schema: GraphQLSchema;
let walk: Walk;
let dana: Person;
let robin: Person;
let hers: readonly Subject[];
let his: readonly Subject[];
let twins: ReadonlyMap<Subject, Subject>;
let markers: Markers;
let requests = 0;
/** How often a foreign record was asked for beside a missing one. */
let pairs = 0;
/** Whoever asks for what is not theirs. */
let others: Readonly<Record<string, Claims>>;
const filled = new Set<string>();

beforeAll(async () => {
  stack = await startFullStack({
    groups: { server: { limits }, storage: { file: join(folder, 'ledger.db') } },
    switches: unlimitedSwitches,
    parallel: 64,
    between: providers.between,
  });
  schema = asSubgraph(buildGraphSchema(Object.values(registered)));
  walk = new Walk(schema);
  dana = demoShopperOf(stack);
  robin = otherShopperOf(stack);
  his = await findSubjects(stack, robin);
  hers = await findSubjects(stack, dana);
  hers = [...hers, ...(await addedBy(dana, hers))];
  twins = new Map(await Promise.all(hers.map(async (each) => [each, await missingTwin(stack, each)] as const)));
  const orders = his.filter(({ type }) => type === 'Order');
  others = {
    customer: claimsOf(robin),
    recognised: { ...claimsOf(robin), sub: 'recognised', kind: 'recognised' },
    guest: {
      sub: 'guest',
      kind: 'guest',
      customers: {},
      orders: Object.fromEntries(orders.map(({ account, providerId }) => [account, [providerId]])),
    },
    stranger: { sub: 'stranger', customers: {} },
    service: staff,
  };
});

afterAll(async () => {
  await stack.close();
  rmSync(folder, { recursive: true });
  process.stdout.write(
    `Access: ${walk.recordPaths(publicRecords).length} paths to records, ${Object.keys(others).length + 1} actors, ` +
      `${hers.length} foreign records, ${pairs} times beside a missing one with as many calls, ${markers.count} markers, ` +
      `${requests} requests, ${mixUps()} answers mixed up\n`,
  );
});

function mixUps(): number {
  return [...providers.struck.values()].reduce((sum, count) => sum + count, 0);
}

const staff = { sub: 'staff', kind: 'service', customers: {} };

function claimsOf({ name, customers }: Person): Claims {
  return { sub: name, customers };
}

async function send(claims: Claims, { text, variables }: Asked): Promise<string> {
  requests += 1;
  if (text.startsWith('subscription')) return firstEvent(claims, text, variables);
  return (await stack.send({ query: text, variables }, { authorization: await stack.bearer(claims) })).text;
}

/** The result of the first event; the stream of a record that is visible would go on. */
async function firstEvent(claims: Claims, query: string, variables: object): Promise<string> {
  const headers = { authorization: await stack.bearer(claims) };
  const stream = await openStream(stack.url, { query, variables, headers });
  if (stream.status !== 200) throw new Error(`a stream was refused: ${stream.status}`);
  const [result] = await stream.wait(1);
  stream.close();
  return JSON.stringify(result);
}

/** What the rightful actor gets; the paths it fills are noted. */
async function sendAsOwner(claims: Claims, asked: Asked): Promise<string> {
  const answer = await send(claims, asked);
  for (const path of walk.filledBy(asked, answer)) filled.add(path);
  return answer;
}

/** One write at each account that takes one, and its operations as further subjects. */
async function addedBy(person: Person, subjects: readonly Subject[]): Promise<readonly Subject[]> {
  const operations: Subject[] = [];
  for (const asked of walk.asking('mutation', ['addUpsellItem'], subjects)) {
    const answer = JSON.parse(await sendAsOwner(claimsOf(person), asked));
    const operation = answer.data?.addUpsellItem?.operation;
    expect([asked.subject?.account, operation?.status]).toEqual([asked.subject?.account, 'SUCCEEDED']);
    const { id, idempotencyKey } = operation;
    const account = asked.subject?.account ?? '';
    operations.push({ type: 'UpsellOperation', account, id, key: idempotencyKey, providerId: idempotencyKey });
  }
  return operations;
}

test('whoever owns a record sees it on every path there is to it', async () => {
  const own: string[] = [];
  const everywhere: string[] = [];
  for (const asked of [...walk.asking('query', null, hers), ...walk.asking('subscription', null, hers)]) {
    const isForStaff = asked.field.name === 'customer';
    own.push(await sendAsOwner(isForStaff ? staff : claimsOf(dana), asked));
  }
  const asHimself = [...walk.asking('mutation', ['addUpsellItem'], his), ...walk.asking('query', null, his)];
  for (const asked of asHimself) everywhere.push(await send(claimsOf(robin), asked));
  for (const type of Object.values(schema.getTypeMap())) {
    everywhere.push(JSON.stringify([type.name, ...(isEnumType(type) ? type.getValues().map(({ name }) => name) : [])]));
  }
  // The words of the schema are everybody's.
  everywhere.push(JSON.stringify(printSchema(schema).split(/[^\w-]+/)));
  const texts = (answers: readonly string[]) => answers.flatMap((answer) => textsIn(JSON.parse(answer)));
  markers = new Markers(new Set(texts(own)), texts(everywhere), personalWords);
  expect(markers.count).toBeGreaterThan(100);
});

test('a guest sees the orders of the token, a recognised shopper their own, staff all', async () => {
  const orders = hers.filter(({ type }) => type === 'Order');
  expect(orders.map(({ account }) => account).sort()).toEqual(Object.keys(dana.customers).sort());
  const listed = Object.fromEntries(orders.map(({ account, providerId }) => [account, [providerId]]));
  const guest = { sub: 'a guest', kind: 'guest', customers: {}, orders: listed };
  const recognised = { ...claimsOf(dana), sub: 'dana again', kind: 'recognised' };
  for (const claims of [guest, recognised, staff]) {
    for (const asked of walk.asking('query', ['order'], orders)) {
      const { data } = JSON.parse(await send(claims, asked));
      expect([claims.kind, data?.order?.id]).toEqual([claims.kind, asked.subject?.id]);
    }
  }
});

test('nobody else gets anything of it: foreign is answered exactly like missing, and asked for like it', async () => {
  providers.writes.length = 0;
  const before = stack.fixtures.map(({ emulator }) => JSON.stringify(emulator.state()));
  const findings: unknown[] = [];
  for (const [who, claims] of Object.entries(others)) {
    for (const kind of ['query', 'mutation', 'subscription'] as const) {
      for (const asked of walk.asking(kind, null, hers)) {
        const { subject } = asked;
        if (!subject) {
          const leaked = who === 'service' ? [] : markers.foundIn(await send(claims, asked), asked.variables);
          if (leaked.length > 0) findings.push([who, asked.field.path, leaked.slice(0, 3)]);
          continue;
        }
        // Staff see every record; operations are nobody's but their owner's.
        if (who === 'service' && subject.type !== 'UpsellOperation') continue;
        const twin = twins.get(subject) ?? subject;
        providers.writes.length = 0;
        providers.calls = 0;
        const foreign = await send(claims, asked);
        const writes = [...providers.writes];
        const foreignCalls = providers.calls;
        providers.calls = 0;
        const missing = await send(claims, { ...asked, ...walk.about(asked, twin) });
        const leaked = markers.foundIn(foreign, asked.variables);
        const isSame = withoutNames(foreign, subject) === withoutNames(missing, twin);
        pairs += 1;
        // Every call takes time, so that a clock could tell one call more from one call less.
        const calls = { foreign: foreignCalls, missing: providers.calls };
        if (leaked.length > 0 || writes.length > 0 || !isSame || calls.foreign !== calls.missing) {
          findings.push({
            who,
            path: asked.field.path,
            subject: subject.key,
            at: subject.account,
            leaked: leaked.slice(0, 5),
            writes,
            calls,
            ...(!isSame && { foreign: foreign.slice(0, 700), missing: missing.slice(0, 700) }),
          });
        }
      }
    }
  }
  expect(findings).toEqual([]);
  expect(stack.fixtures.map(({ emulator }) => JSON.stringify(emulator.state()))).toEqual(before);
});

test('an idempotency key is its actor’s: another one’s write with it neither conflicts nor shows', async () => {
  const operation = hers.find(({ type }) => type === 'UpsellOperation');
  const add = walk.asking('mutation', ['addUpsellItem'], his)[0];
  if (!operation || !add) throw new Error('there is nothing to try');
  const name = add.field.args[0]?.variable ?? '';
  const input = { ...Object(add.variables[name]), idempotencyKey: operation.key };
  const variables = { ...add.variables, [name]: input };
  for (const claims of [claimsOf(robin), staff]) {
    const answer = await send(claims, { ...add, variables });
    expect(answer).toContain('"replayed":false');
    expect(answer).not.toContain('IDEMPOTENCY_CONFLICT');
    expect(markers.foundIn(answer, variables)).toEqual([]);
  }
});

test('a provider that answers with another shopper’s records lets none of them out', async () => {
  const findings: unknown[] = [];
  const own = hers.filter(({ type }) => type === 'UpsellOperation').map(({ key }) => key);
  const askAll = async (how: string) => {
    for (const claims of [others['customer'] ?? {}, others['recognised'] ?? {}, others['guest'] ?? {}]) {
      for (const asked of [...walk.asking('query', null, his), ...walk.asking('subscription', null, his)]) {
        if (asked.field.name === 'customer') continue;
        // He used her key above: it names a write of his own now.
        const leaked = markers.foundIn(await send(claims, asked), { ...asked.variables, own });
        if (leaked.length > 0)
          findings.push([how, asked.field.path, asked.subject?.account, claims['kind'], leaked.slice(0, 5)]);
      }
    }
  };
  providers.begin(robin, dana, his, hers);
  await askAll('mixed up');
  providers.end();
  expect([...providers.struck.keys()].sort()).toEqual(Object.keys(robin.customers).sort());
  for (const { emulator } of stack.fixtures) emulator.switches.set('leakForeignRows', true);
  await askAll('leaking');
  for (const { emulator } of stack.fixtures) emulator.switches.set('leakForeignRows', false);
  expect(findings).toEqual([]);
});

test('no path was walked in vain', async () => {
  // What is converted can no longer be removed.
  for (const name of walk.names('mutation').toReversed()) {
    const now = await findSubjects(stack, dana);
    for (const asked of walk.asking('mutation', [name], now)) await sendAsOwner(claimsOf(dana), asked);
  }
  const unfilled = walk.recordPaths(publicRecords).filter((path) => !filled.has(path));
  const unexplained = unfilled.filter((path) => !neverFilled.some(({ paths }) => paths.test(path)));
  expect(unexplained).toEqual([]);
  expect(neverFilled.filter(({ paths }) => !unfilled.some((path) => paths.test(path)))).toEqual([]);
});
