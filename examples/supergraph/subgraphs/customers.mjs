import { dana, serviceToken, subjectOf } from '../shop.mjs';
import { serveSubgraph } from './serve.mjs';

/** The people of the shop, who are shown to themselves only. */
export async function startCustomers(upsellUrl) {
  const people = [{ ...dana, id: await idAtUpsellGraph(upsellUrl, dana.accounts) }];

  const resolvers = {
    Query: {
      me: (_query, _arguments, { subject }) => people.find(({ sub }) => sub === subject) ?? null,
    },
    Customer: {
      __resolveReference: (reference, { subject }) =>
        people.find(({ id, sub }) => id === reference.id && sub === subject) ?? null,
    },
  };
  return serveSubgraph('customers', resolvers, async ({ req }) => ({
    subject: await subjectOf(req.headers.authorization),
  }));
}

/** Both subgraphs must call a person by the same key: it is asked for once, when the person is registered, and kept. */
async function idAtUpsellGraph(url, accounts) {
  const identities = Object.entries(accounts).map(([accountKey, providerId]) => ({ accountKey, providerId }));
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await serviceToken('customers')}` },
    body: JSON.stringify({
      query: 'query ($identities: [CustomerIdentityInput!]!) { customer(identities: $identities) { id } }',
      variables: { identities },
    }),
  });
  const { data, errors } = await response.json();
  if (!data?.customer) throw new Error(`upsell-graph knows no such customer: ${JSON.stringify(errors)}`);
  return data.customer.id;
}
