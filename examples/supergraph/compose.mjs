import { readFileSync } from 'node:fs';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { readSchema } from './subgraphs/serve.mjs';

const upsellSchema = readFileSync(new URL('../../schema/subgraph.graphql', import.meta.url), 'utf8');

/** The supergraph as text. Elsewhere this is a step of the deployment. */
export function composeSupergraph(urls) {
  const { supergraphSdl, errors } = composeServices([
    { name: 'upsell', url: urls.upsell, typeDefs: parse(upsellSchema) },
    { name: 'catalogue', url: urls.catalogue, typeDefs: parse(readSchema('catalogue')) },
    { name: 'customers', url: urls.customers, typeDefs: parse(readSchema('customers')) },
  ]);
  if (!supergraphSdl) throw new Error(errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}
