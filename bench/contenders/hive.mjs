/**
 * Hive Gateway over the upstream described by OpenAPI, its relations resolved in code with its batching on: one call for
 * the items of all orders, one for all subscriptions. https://the-guild.dev/graphql/mesh/v1/additional-resolvers
 * Batches cannot follow pages, so it may ask for longer pages than the others.
 */
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { createGatewayRuntime } from '@graphql-hive/gateway';
import { composeSubgraphs } from '@graphql-mesh/fusion-composition';
import rest from '@graphql-mesh/transport-rest';
import { loadOpenAPISubgraph } from '@omnigraph/openapi';
import { Kind, parse } from 'graphql';

const LONG_PAGE = '1000';

const gateway = createGatewayRuntime({
  supergraph: await composeSupergraph(),
  transports: { rest },
  logging: false,
  landingPage: false,
  graphiql: false,
  additionalTypeDefs: parse(`
    extend type UpstreamOrder { items: [UpstreamItem!]! }
    extend type UpstreamItem { subscriptionRecord: UpstreamSubscription }
  `),
  additionalResolvers: {
    UpstreamOrder: {
      items: {
        selectionSet: '{ public_id }',
        resolve: (order, _input, context, info) =>
          context.og.Query.listItems({
            root: order,
            context,
            info,
            key: order.public_id,
            argsFromKeys: () => ({ customer: customerOf(context), status: '1', page_size: LONG_PAGE }),
            selectionSet: (wanted) => rowsWith(wanted, 'order'),
            valuesFromResults: ({ results }, ids) => {
              const byOrder = groupByOrder(results);
              return ids.map((id) => byOrder.get(id) ?? []);
            },
          }),
      },
    },
    UpstreamItem: {
      subscriptionRecord: {
        selectionSet: '{ subscription }',
        resolve: (item, _input, context, info) =>
          context.og.Query.listSubscriptions({
            root: item,
            context,
            info,
            key: item.subscription,
            argsFromKeys: () => ({ customer: customerOf(context), page_size: LONG_PAGE }),
            selectionSet: (wanted) => rowsWith(wanted, 'public_id'),
            valuesFromResults: ({ results }, ids) => {
              const byId = new Map(results.map((each) => [each.public_id, each]));
              return ids.map((id) => byId.get(id) ?? null);
            },
          }),
      },
    },
  },
});

async function composeSupergraph() {
  const logger = { log() {}, debug() {}, info() {}, warn() {}, error: process.stderr.write, child: () => logger };
  const source = fileURLToPath(new URL('../upstream/openapi.json', import.meta.url));
  const load = loadOpenAPISubgraph('og', { source, endpoint: process.env.UPSTREAM_URL });
  const { name, schema$ } = load({ cwd: import.meta.dirname, fetch, logger });
  const { supergraphSdl } = composeSubgraphs([{ name, schema: await schema$ }]);
  return supergraphSdl;
}

function customerOf({ request }) {
  return request.headers.get('x-customer');
}

/** The rows of a page with what the client wants of them and the fields they are joined by. */
function rowsWith({ selections }, ...names) {
  const fields = names.map((value) => ({ kind: Kind.FIELD, name: { kind: Kind.NAME, value } }));
  return {
    kind: Kind.SELECTION_SET,
    selections: [
      {
        kind: Kind.FIELD,
        name: { kind: Kind.NAME, value: 'results' },
        selectionSet: { kind: Kind.SELECTION_SET, selections: [...selections, ...fields] },
      },
    ],
  };
}

function groupByOrder(items) {
  const groups = new Map();
  for (const item of items) {
    const group = groups.get(item.order);
    if (group) group.push(item);
    else groups.set(item.order, [item]);
  }
  return groups;
}

createServer((request, response) => void gateway(request, response)).listen(Number(process.env.PORT), '127.0.0.1');
