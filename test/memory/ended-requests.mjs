/**
 * Prints as JSON how many KiB an operation, a page and an answer of a provider leave in memory after they have ended, until
 * all garbage is collected. Each holds 100 KiB while it runs. Run in a process of its own, with `--expose-gc`: what others
 * left before it would be counted too.
 */
import 'reflect-metadata';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { buildSchema } from 'graphql';
import { Page } from '../../dist/graph/connection/page.js';
import { createTransport } from '../../dist/http/transport.js';
import { asApolloExecutor } from '../../dist/server/executor/apollo-executor.js';
import { createExecutor } from '../../dist/server/executor/executor.js';

const RUNS = 60;
const HELD_BYTES = 100 * 1024;

const something = () => Array.from({ length: HELD_BYTES / 8 }, (_, index) => index);

const left = { operation: await ofOperation(), page: await ofPage(), answer: await ofAnswer() };
process.stdout.write(JSON.stringify(left));

async function ofOperation() {
  const schema = buildSchema('type Query { held: Int }');
  const executor = asApolloExecutor(schema, createExecutor(schema));
  const apollo = new ApolloServer({ gateway: executor.gateway, plugins: [executor.plugin] });
  await apollo.start();
  const kib = await leftByEach(() =>
    apollo.executeOperation({ query: '{ held }' }, { contextValue: { kept: something() } }),
  );
  await apollo.stop();
  return kib;
}

function ofPage() {
  return leftByEach(async () => {
    const nodes = something();
    const { pageInfo } = new Page(nodes, { before: false, after: false }, (index) => String(nodes[index]));
    if (pageInfo.endCursor !== String(nodes.length - 1)) throw new Error('the page has another end');
  });
}

async function ofAnswer() {
  const provider = createServer((_request, response) => response.end('a'.repeat(HELD_BYTES))).listen(0, '127.0.0.1');
  await once(provider, 'listening');
  const { send, close } = createTransport();
  const request = {
    method: 'GET',
    url: `http://127.0.0.1:${provider.address().port}/`,
    headers: {},
    timeoutMs: 5_000,
    signal: new AbortController().signal,
    caller: { actorId: 'somebody', shopper: {} },
  };
  const kib = await leftByEach(async () => {
    const { text } = await send(request);
    if (text.length !== HELD_BYTES) throw new Error('the answer is not whole');
  });
  await close();
  provider.close();
  return kib;
}

async function leftByEach(run) {
  await repeat(run);
  const before = usedAfterQuickCollections();
  await repeat(run);
  return (usedAfterQuickCollections() - before) / 1024 / RUNS;
}

async function repeat(run) {
  for (let done = 0; done < RUNS; done += 1) await run();
}

function usedAfterQuickCollections() {
  // What survived once is looked at once more.
  for (let round = 0; round < 3; round += 1) globalThis.gc({ type: 'minor' });
  return process.memoryUsage().heapUsed;
}
