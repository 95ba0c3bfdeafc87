import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApolloServer } from '@apollo/server';
import { buildSchema } from 'graphql';
import { createTransport } from '../../src/http/transport.js';
import { asApolloExecutor } from '../../src/server/executor/apollo-executor.js';
import { createExecutor } from '../../src/server/executor/executor.js';
import { Page } from '../../src/graph/connection/page.js';
import type { OutboundRequest } from '../../src/domain/transport.js';
import { leftByEach } from './quick-collections.js';

const KIB = 100;
/** A tenth of what each of them holds while it runs. */
const TOLERATED_KIB = KIB / 10;

const something = () => Array.from({ length: (KIB * 1024) / 8 }, (_, index) => index);

const outbound = (url: string): OutboundRequest => ({
  method: 'GET',
  url,
  urlTemplate: '/',
  attempt: 1,
  headers: {},
  kind: 'read',
  caller: { actorId: 'shopper-1', shopper: { customerId: null, recognised: false } },
  timeoutMs: 5_000,
  patienceMs: 5_000,
  signal: new AbortController().signal,
});

describe('what a request held is given back without collecting all garbage', () => {
  test('when its operation was answered', async () => {
    const schema = buildSchema('type Query { held: Int }');
    const executor = asApolloExecutor(schema, createExecutor(schema));
    const apollo = new ApolloServer<{ held?: readonly number[] }>({
      gateway: executor.gateway,
      plugins: [executor.plugin],
      rootValue: {},
    });
    await apollo.start();
    const left = await leftByEach(() =>
      apollo.executeOperation({ query: '{ held }' }, { contextValue: { held: something() } }),
    );
    await apollo.stop();
    expect(left).toBeLessThan(TOLERATED_KIB);
  });

  test('when a page of a list was read', async () => {
    const left = await leftByEach(async () => {
      const nodes = something();
      const { pageInfo } = new Page(nodes, { before: false, after: false }, (index) => String(nodes[index]));
      expect(pageInfo.endCursor).toBe(String(nodes.length - 1));
    });
    expect(left).toBeLessThan(TOLERATED_KIB);
  });

  describe('and when a provider has answered', () => {
    let provider: Server;
    let url = '';
    beforeAll(async () => {
      provider = createServer((_request, response) => response.end('a'.repeat(KIB * 1024)));
      provider.listen(0, '127.0.0.1');
      await once(provider, 'listening');
      const address = provider.address();
      url = typeof address === 'object' ? `http://127.0.0.1:${address?.port}/` : '';
    });
    afterAll(() => {
      provider.close();
    });

    test('its text', async () => {
      const { send, close } = createTransport();
      const left = await leftByEach(() => send(outbound(url)));
      await close();
      expect(left).toBeLessThan(TOLERATED_KIB);
    });
  });
});
