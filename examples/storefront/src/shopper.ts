import { Client, fetchExchange } from 'urql';
import { createUpsellClient } from 'upsell-graph-client';
import { eventStream } from 'upsell-graph-client/sse';
import { withUrql } from 'upsell-graph-client/urql';

/** Where the graph is; the example's server tells. */
export const graph =
  new URLSearchParams(location.search).get('graph') ?? import.meta.env.VITE_GRAPH ?? 'http://127.0.0.1:4000';

/** Whom the sandbox lets us be. A real shop has a login that gives a token. */
async function tokenOf(shopper: string): Promise<string | null> {
  if (shopper === 'customer') return null;
  const { shoppers } = (await (await fetch(`${graph}/sandbox`)).json()) as {
    shoppers: { key: string; token: string }[];
  };
  return shoppers.find(({ key }) => key === shopper)?.token ?? null;
}

/** Clients of one shopper. */
export async function connect(shopper: string) {
  const token = await tokenOf(shopper);
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const urql = new Client({
    url: `${graph}/graphql`,
    exchanges: [fetchExchange],
    preferGetMethod: false,
    fetchSubscriptions: true,
    fetchOptions: { headers },
    requestPolicy: 'network-only',
  });
  const subscribe = eventStream({ url: `${graph}/graphql`, headers: () => headers });
  return { urql, upsell: createUpsellClient({ execute: withUrql(urql), subscribe }) };
}
