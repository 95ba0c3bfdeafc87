import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { federateSubgraphs, LATEST_ROUTER_COMPATIBILITY_VERSION } from '@wundergraph/composition';
import { buildRouterConfig, SubgraphKind } from '@wundergraph/cosmo-shared';
import {
  buildSchema,
  type DocumentNode,
  getNamedType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  printSchema,
  type SelectionSetNode,
  validate,
} from 'graphql';
import { Json } from '../emulators/calls.js';

const root = new URL('../../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');

const subgraphs = [
  { name: 'upsell', sdl: read('schema/subgraph.graphql') },
  { name: 'catalogue', sdl: read('examples/supergraph/subgraphs/catalogue.graphql') },
  { name: 'customers', sdl: read('examples/supergraph/subgraphs/customers.graphql') },
].map((each) => ({ ...each, url: `http://${each.name}.test` }));

/** What `wgc router compose` writes for Cosmo's router. */
function executionConfig(): Json {
  const version = LATEST_ROUTER_COMPATIBILITY_VERSION;
  const federated = federateSubgraphs({
    subgraphs: subgraphs.map(({ name, url, sdl }) => ({ name, url, definitions: parse(sdl) })),
    version,
  });
  if (!federated.success) throw new Error(federated.errors.map(({ message }) => message).join('\n'));
  const config = buildRouterConfig({
    federatedClientSDL: printSchema(federated.federatedGraphClientSchema),
    federatedSDL: print(federated.federatedGraphAST),
    fieldConfigurations: federated.fieldConfigurations,
    routerCompatibilityVersion: version,
    schemaVersionId: 'test',
    subgraphs: subgraphs.map(({ name, url, sdl }) => {
      const of = federated.subgraphConfigBySubgraphName.get(name);
      if (!of) throw new Error(`the configuration lacks ${name}`);
      return {
        kind: SubgraphKind.Standard,
        id: name,
        name,
        url,
        sdl,
        subscriptionUrl: url,
        subscriptionProtocol: 'sse_post',
        configurationDataByTypeName: of.configurationDataByTypeName,
        schema: of.schema,
      };
    }),
  });
  return new Json(JSON.parse(config.toJsonString()));
}

/** A data source of the configuration: which fields it answers, and by which keys records of it are reached. */
class Source {
  readonly name: string;
  private readonly fields = new Map<string, ReadonlySet<unknown>>();
  private readonly entries: ReadonlySet<string>;
  private readonly requires: readonly Json[];

  constructor(private readonly config: Json) {
    this.name = config.text('id');
    const own = config.rows('rootNodes');
    for (const node of [...own, ...config.rows('childNodes')]) {
      this.fields.set(node.text('typeName'), new Set(listIn(node, 'fieldNames')));
    }
    this.entries = new Set(own.map((node) => node.text('typeName')));
    this.requires = config.rows('requires');
  }

  answers(type: string, field: string): boolean {
    return this.fields.get(type)?.has(field) === true;
  }

  /** The key by which this source is entered at a type from another one, and what else it wants for the field. */
  entry(type: string, field: string, from: Source): string | null {
    if (!this.entries.has(type) || !this.answers(type, field)) return null;
    const keys = this.config.rows('keys').filter((key) => key.text('typeName') === type);
    const needed = this.requires
      .filter((each) => each.text('typeName') === type && each.text('fieldName') === field)
      .map((each) => each.text('selectionSet'));
    const isAnswered = (names: string) => names.split(' ').every((name) => from.answers(type, name));
    const key = keys.map((each) => each.text('selectionSet')).find(isAnswered);
    return key !== undefined && needed.every(isAnswered) ? key : null;
  }
}

function listIn(node: Json, name: string): readonly unknown[] {
  const value = node.at(name);
  return Array.isArray(value) ? value : [];
}

/** Plans an operation over the configuration alone: each fetch as `source Type(key)`, in order. Throws where no source answers. */
function plan(sources: readonly Source[], schema: GraphQLSchema, document: DocumentNode): readonly string[] {
  const fetches = new Set<string>();
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  if (!operation) throw new Error('there is no operation');
  const rootType = schema.getRootType(operation.operation);
  if (!rootType) throw new Error(`there is no ${operation.operation}`);

  function descend({ selections }: SelectionSetNode, typeName: string, from: Source | null, path: string): void {
    const type = schema.getType(typeName);
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) throw new Error('fragments have to be inlined');
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        descend(selection.selectionSet, selection.typeCondition?.name.value ?? typeName, from, path);
        continue;
      }
      const { value: field } = selection.name;
      if (field === '__typename') continue;
      if (!isObjectType(type) && !isInterfaceType(type)) throw new Error(`${typeName} has no fields`);
      const source = from?.answers(typeName, field) === true ? from : enter(typeName, field, from, path);
      const below = getNamedType(type.getFields()[field]?.type);
      if (selection.selectionSet && isCompositeType(below)) {
        descend(selection.selectionSet, below.name, source, `${path}.${field}`);
      }
    }
  }

  function enter(type: string, field: string, from: Source | null, path: string): Source {
    for (const source of sources) {
      const key = from ? source.entry(type, field, from) : source.answers(type, field) ? '' : null;
      if (key === null) continue;
      fetches.add(from ? `${source.name} ${type}(${key}) at ${path}` : `${source.name} ${type}`);
      return source;
    }
    throw new Error(`no data source answers ${type}.${field} at ${path}`);
  }

  descend(operation.selectionSet, rootType.name, null, '');
  return [...fetches];
}

describe("the execution configuration of Cosmo's router", () => {
  const config = executionConfig();
  const sources = config.rows('engineConfig', 'datasourceConfigurations').map((each) => new Source(each));
  const clientSchema = buildSchema(config.text('engineConfig', 'graphqlSchema'), { assumeValidSDL: true });

  test.each<[string, string, readonly string[]]>([
    ['the flagship query', 'bench/flagship.graphql', ['upsell Query']],
    [
      'a query across all three',
      'examples/supergraph/operations/my-deliveries.graphql',
      [
        'customers Query',
        'upsell Customer(id) at .me',
        'catalogue Product(id) at .me.upcomingOrders.nodes.lineItems.nodes.product',
      ],
    ],
    [
      'a write whose result the others complete',
      'examples/supergraph/operations/add-to-next-delivery.graphql',
      [
        'upsell Mutation',
        'catalogue Product(id) at .addUpsellItem.lineItem.product',
        'customers Customer(id) at .addUpsellItem.order.customer',
      ],
    ],
  ])('plans %s with one fetch a data source', (what, file, fetches) => {
    const document = parse(read(file));
    expect(validate(clientSchema, document)).toEqual([]);
    expect(plan(sources, clientSchema, document)).toEqual(fetches);
    process.stdout.write(`Cosmo's configuration, ${what}: ${fetches.length} fetches (${fetches.join(', ')})\n`);
  });

  test('subscribes to the subgraph by server-sent events', () => {
    const upsell = config
      .rows('engineConfig', 'datasourceConfigurations')
      .find((source) => source.text('id') === 'upsell');
    expect(upsell?.at('customGraphql', 'subscription')).toMatchObject({
      enabled: true,
      protocol: 'GRAPHQL_SUBSCRIPTION_PROTOCOL_SSE_POST',
    });
  });

  test('has no plan where a key is gone', () => {
    const without = sources.filter(({ name }) => name !== 'catalogue');
    const document = parse(read('examples/supergraph/operations/my-deliveries.graphql'));
    expect(() => plan(without, clientSchema, document)).toThrow('no data source answers Product.title');
  });
});
