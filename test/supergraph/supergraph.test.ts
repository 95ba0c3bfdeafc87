import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices as composeWithApollo } from '@apollo/composition';
import { ApolloGateway, type GraphQLDataSourceProcessOptions, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { composeServices as composeWithTheGuild } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { createClient } from 'graphql-sse';
import { Json } from '../emulators/calls.js';
import { type RecordingProxy, startRecordingProxy, type SubgraphCall } from './recording-proxy.js';
import { freePort, runCommand, type RunningCommand } from './running-command.js';

const root = new URL('../../', import.meta.url);

function read(file: string): string {
  return readFileSync(new URL(file, root), 'utf8');
}

const schemas = {
  upsell: read('schema/subgraph.graphql'),
  catalogue: read('examples/supergraph/subgraphs/catalogue.graphql'),
  customers: read('examples/supergraph/subgraphs/customers.graphql'),
};
interface Lines {
  readonly lineItems: { readonly nodes: readonly unknown[] };
}

type Name = keyof typeof schemas;
const names: readonly Name[] = ['upsell', 'catalogue', 'customers'];

describe('the schema composes', () => {
  const composers = { Apollo: composeWithApollo, 'The Guild': composeWithTheGuild };
  const composed: string[] = [];

  afterAll(() => void process.stdout.write(`Supergraphs composed: ${composed.join(', ')}\n`));

  test.each([
    ['alone', ['upsell']],
    ['with a catalogue that extends products', ['upsell', 'catalogue']],
    ['with a service that owns customers', ['upsell', 'customers']],
    ['with both', names],
  ] satisfies [string, readonly Name[]][])('%s', (_how, parts) => {
    const subgraphs = parts.map((name) => ({ name, typeDefs: parse(schemas[name]), url: `http://${name}.test` }));
    for (const [composer, compose] of Object.entries(composers)) {
      const { errors = [], supergraphSdl = '' } = compose(subgraphs);
      expect({ composer, errors: errors.map(({ message }) => message) }).toEqual({ composer, errors: [] });
      for (const { url } of subgraphs) expect(supergraphSdl).toContain(url);
      composed.push(`${parts.join('+')} by ${composer}`);
      for (const [, type] of schemas.upsell.matchAll(/^type (\w+) .*@key/gm)) {
        expect(supergraphSdl).toMatch(new RegExp(`^type ${type}\\b[^{]*@join__type\\(graph: UPSELL, key: "id"`, 'm'));
      }
    }
  });
});

/** The commands of the README's section, a line each. */
function readmeCommands(): readonly string[] {
  const [, section = ''] = /^## Run it in a supergraph\n(.*?)^## /ms.exec(read('README.md')) ?? [];
  return [...section.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block = '']) => block.trim().split('\n'));
}

const operation = (name: string) => read(`examples/supergraph/operations/${name}.graphql`);
const variables = new Json(JSON.parse(read('examples/supergraph/operations/variables.json')));

describe('the example supergraph', () => {
  let folder: string;
  let example: RunningCommand;
  let environment: Readonly<Record<string, string>>;
  let header: Json;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'supergraph-test-'));
    // The tests were built already, and others of them run what was built.
    environment = { PORT: await freePort(), npm_config_ignore_scripts: 'true' };
    const [start = ''] = readmeCommands();
    example = runCommand(start, environment);
    header = new Json(JSON.parse(await example.find(/^ *(\{"authorization": ".*"\})$/m)));
  });

  afterAll(async () => {
    await example.stop();
    rmSync(folder, { recursive: true });
  });

  test('answers as the README says', async () => {
    const [, ...commands] = readmeCommands();
    expect(commands).toHaveLength(2);
    const answers: Json[] = [];
    for (const command of commands) {
      answers.push(new Json(JSON.parse(await runCommand(command, environment).result())));
    }
    const [deliveries, addition] = answers;
    expect(deliveries?.at('data', 'me', 'name')).toBe('Dana Field');
    expect(addition?.at('data', 'addUpsellItem', 'operation', 'status')).toBe('SUCCEEDED');
  });

  test('streams of both subscriptions come through by server-sent events', async () => {
    const { authorization } = Object(header.value);
    const url = `http://127.0.0.1:${environment['PORT']}/graphql`;
    const client = createClient({ url, headers: { authorization }, retryAttempts: 0 });
    const { orderId, ...input } = Object(variables.at('add-to-next-delivery', 'input'));
    const orders = client.iterate<Record<string, Lines>>({
      query: 'subscription ($id: ID!) { orderUpdated(orderId: $id) { id lineItems { nodes { id } } } }',
      variables: { id: orderId },
    });
    const count = ({ value }: IteratorResult<{ data?: Record<string, Lines> | null }, unknown>) =>
      Object(value).data.orderUpdated.lineItems.nodes.length;
    const before = count(await orders.next());
    const asked = {
      query:
        'mutation ($input: AddUpsellItemInput!) { addUpsellItem(input: $input) { operation { id } errors { message } } }',
      variables: { input: { ...input, orderId, idempotencyKey: 'streams-through-the-gateway', ifPresent: 'ADD' } },
    };
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify(asked),
    });
    const answer = new Json(await response.json());
    expect(answer.at('data', 'addUpsellItem', 'errors')).toEqual([]);
    expect(count(await orders.next())).toBe(before + 1);
    await orders.return?.();
    const operations: unknown[] = [];
    const watched = client.iterate({
      query: 'subscription ($id: ID!) { operationUpdated(operationId: $id) { status } }',
      variables: { id: answer.at('data', 'addUpsellItem', 'operation', 'id') },
    });
    for await (const { data } of watched) operations.push(data);
    expect(operations).toEqual([{ operationUpdated: { status: 'SUCCEEDED' } }]);
    client.dispose();
  });

  describe('counted', () => {
    let proxies: Readonly<Record<Name, RecordingProxy>>;
    let supergraph: string;
    let gateway: RunningCommand;
    let gatewayUrl: string;

    beforeAll(async () => {
      const urlOf = (name: Name) => example.find(new RegExp(`^ *${name} +(\\S+)$`, 'm'));
      const session = { 'x-shopper-session': 'shop-se=renewed' };
      proxies = {
        upsell: await startRecordingProxy(await urlOf('upsell'), session),
        catalogue: await startRecordingProxy(await urlOf('catalogue'), session),
        customers: await startRecordingProxy(await urlOf('customers')),
      };
      supergraph = readFileSync(await example.find(/^ *Supergraph +(\S+)$/m), 'utf8');
      for (const name of names) supergraph = supergraph.replaceAll(`"${await urlOf(name)}"`, `"${proxies[name].url}"`);
      const file = join(folder, 'supergraph.graphql');
      writeFileSync(file, supergraph);
      const port = await freePort();
      gateway = runCommand(
        `examples/supergraph/node_modules/.bin/hive-gateway supergraph ${file} -c examples/supergraph/gateway.config.mjs --host 127.0.0.1 --port ${port}`,
      );
      await gateway.find(/Listening on/);
      gatewayUrl = `http://127.0.0.1:${port}/graphql`;
    });

    afterAll(async () => {
      await gateway.stop();
      for (const name of names) await proxies[name].close();
    });

    async function ask(name: string, headers: Readonly<Record<string, string>>, more: object = {}) {
      const response = await fetch(gatewayUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query: operation(name), variables: variables.at(name), ...more }),
      });
      return { headers: response.headers, answer: new Json(await response.json()) };
    }

    /** What each subgraph was asked since the last time, and what of it is for the shopper's eyes. */
    function takeCalls() {
      const [upsell = [], catalogue = [], customers = []] = names.map((name) => proxies[name].calls());
      const all = { upsell, catalogue, customers };
      const counts = { upsell: upsell.length, catalogue: catalogue.length, customers: customers.length };
      return { ...all, counts };
    }

    const SESSION = 'shop-se=of-the-shopper';
    const asShopper = () => ({ authorization: header.text('authorization'), 'x-shopper-session': SESSION });

    test('a query that crosses all three asks each once', async () => {
      const { answer } = await ask('my-deliveries', asShopper());
      const { counts, upsell, catalogue } = takeCalls();
      report('Hive Gateway', 'a query', counts);
      expect(answer.at('errors')).toBeUndefined();
      expect(counts).toEqual({ upsell: 1, catalogue: 1, customers: 1 });
      const products = answer
        .rows('data', 'me', 'upcomingOrders', 'nodes')
        .flatMap((order) => order.rows('lineItems', 'nodes'))
        .map((line) => line.at('product'));
      expect(products.length).toBeGreaterThan(8);
      for (const product of products) {
        expect(product).toHaveProperty('title', expect.any(String));
        expect(product).toHaveProperty('priceList.0.name', 'Everybody');
      }
      const asked = catalogue[0]?.body.rows('variables', 'representations').length;
      expect(upsell[0]?.body.text('query')).not.toContain('title');
      expect(asked).toBe(new Set(products.map((product) => Reflect.get(Object(product), 'title'))).size);
    });

    test('a write goes to one subgraph once, and what it answers is completed by the others', async () => {
      const input = {
        ...Object(variables.at('add-to-next-delivery', 'input')),
        item: { providerProduct: { providerId: CHEWS } },
      };
      const write = { variables: { input: { ...input, idempotencyKey: 'chews-through-the-gateway' } } };
      const { answer } = await ask('add-to-next-delivery', asShopper(), write);
      const { counts, upsell } = takeCalls();
      report('Hive Gateway', 'a mutation', counts);
      expect(answer.value).toMatchObject({
        data: {
          addUpsellItem: {
            operation: { status: 'SUCCEEDED' },
            replayed: false,
            lineItem: { quantity: 1, product: { title: 'Dental Chews for Small Dogs' } },
            order: { customer: { name: 'Dana Field', loyaltyPoints: 1250 } },
            errors: [],
          },
        },
      });
      // Since Product has two keys, Hive Gateway reads the customer of the order once more. Apollo's does not.
      expect(counts).toEqual({ upsell: 2, catalogue: 1, customers: 1 });
      expect(upsell.map(({ body }) => body.text('query').slice(0, 8))).toEqual(['mutation', 'query Ad']);
      const again = await ask('add-to-next-delivery', asShopper(), write);
      expect(again.answer.at('data', 'addUpsellItem', 'replayed')).toBe(true);
      takeCalls();
    });

    test("hands the shopper's token to who knows shoppers, and sessions at providers to upsell-graph alone", async () => {
      const { headers } = await ask('my-deliveries', asShopper());
      const seenBy = (call: SubgraphCall | undefined) => [
        call?.headers.authorization,
        call?.headers['x-shopper-session'],
      ];
      const { upsell, catalogue, customers } = takeCalls();
      expect(seenBy(upsell[0])).toEqual([header.text('authorization'), SESSION]);
      expect(seenBy(customers[0])).toEqual([header.text('authorization'), undefined]);
      expect(seenBy(catalogue[0])).toEqual([undefined, undefined]);
      expect(headers.get('x-shopper-session')).toBe('shop-se=renewed');
    });

    test('shows nothing to somebody without a token', async () => {
      const { answer } = await ask('my-deliveries', {});
      expect(answer.at('data')).toEqual({ me: null });
      expect(takeCalls().counts).toEqual({ upsell: 0, catalogue: 0, customers: 1 });
      const write = await ask('add-to-next-delivery', {});
      expect(write.answer.at('data')).toBeNull();
      expect(write.answer.at('errors', 0, 'extensions', 'code')).toBe('UNAUTHENTICATED');
      expect(takeCalls().counts).toEqual({ upsell: 1, catalogue: 0, customers: 0 });
    });

    test('the same supergraph behind @apollo/gateway answers the same with as many calls', async () => {
      // It would report to its maker.
      process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
      const apollo = new ApolloServer({
        gateway: new ApolloGateway({
          supergraphSdl: supergraph,
          buildService: ({ url = '' }) => new ShoppersSource({ url }),
        }),
      });
      await apollo.start();
      const { body } = await apollo.executeOperation(
        { query: operation('my-deliveries'), variables: Object(variables.at('my-deliveries')) },
        { contextValue: { authorization: header.text('authorization') } },
      );
      const { counts } = takeCalls();
      report('@apollo/gateway', 'a query', counts);
      await apollo.stop();
      const { answer } = await ask('my-deliveries', asShopper());
      expect(takeCalls().counts).toEqual(counts);
      expect(counts).toEqual({ upsell: 1, catalogue: 1, customers: 1 });
      const result: unknown = body.kind === 'single' ? body.singleResult : null;
      expect(JSON.parse(JSON.stringify(result))).toEqual(answer.value);
    });
  });
});

const CHEWS = '44931275400012';

class ShoppersSource extends RemoteGraphQLDataSource {
  override willSendRequest({ request, context }: GraphQLDataSourceProcessOptions): void {
    const { authorization }: { readonly authorization?: string } = context;
    if (authorization !== undefined) request.http?.headers.set('authorization', authorization);
  }
}

function report(gateway: string, what: string, { upsell, catalogue, customers }: Readonly<Record<Name, number>>): void {
  process.stdout.write(`${gateway}, ${what}: upsell ${upsell}, catalogue ${catalogue}, customers ${customers} calls\n`);
}
