import { Client, fetchExchange } from 'urql';
import { createUpsellClient } from 'upsell-graph-client';
import { eventStream } from 'upsell-graph-client/sse';
import { withUrql } from 'upsell-graph-client/urql';
import { graph, sandbox } from './sandbox';

/** Whom the sandbox lets us be. A real shop has a login that gives a token. */
async function tokenOf(shopper: string): Promise<string | null> {
  if (shopper === 'customer') return null;
  const { shoppers } = await sandbox();
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
