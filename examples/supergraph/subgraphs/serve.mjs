import { readFileSync } from 'node:fs';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

/** The schema of a subgraph in this folder, as text. */
export function readSchema(name) {
  return readFileSync(new URL(`${name}.graphql`, import.meta.url), 'utf8');
}

/** Serves a subgraph on a free port and gives its URL. */
export async function serveSubgraph(name, resolvers, context = async () => ({})) {
  const schema = buildSubgraphSchema([{ typeDefs: parse(readSchema(name)), resolvers }]);
  const { url } = await startStandaloneServer(
    new ApolloServer({ schema, plugins: [ApolloServerPluginInlineTraceDisabled()] }),
    {
      listen: { host: '127.0.0.1', port: 0 },
      context,
    },
  );
  return url;
}
