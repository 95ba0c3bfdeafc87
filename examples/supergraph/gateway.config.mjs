/** @type {import('@graphql-hive/gateway').GatewayCLIConfig} */
export const gatewayConfig = {
  propagateHeaders: {
    /** A shopper's token goes to who knows shoppers; sessions at providers are upsell-graph's alone. */
    fromClientToSubgraphs({ request, subgraphName }) {
      const pass = (...names) => Object.fromEntries(names.map((name) => [name, request.headers.get(name)]));
      switch (subgraphName) {
        case 'upsell':
          // Streams are asked for by GET, which upsell-graph takes only from who can send such a header: no other site can.
          return { ...pass('authorization', 'x-shopper-session'), 'apollo-require-preflight': 'gateway' };
        case 'customers':
          return pass('authorization');
        default:
          return {};
      }
    },
    /** A session that a provider renewed goes back to the shopper. */
    fromSubgraphsToClient({ response, subgraphName }) {
      return subgraphName === 'upsell' ? { 'x-shopper-session': response.headers.get('x-shopper-session') } : {};
    },
  },
};
