import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { emulators as knownEmulators } from '../../src/emulators/index.js';
import { startOtlpReceiver } from '../observability/otlp-receiver.js';
import { type ServerProcess, startProcess } from './server-process.js';

/** One at each emulator. */
const sandboxAccounts = Object.values(knownEmulators).map(
  (definition) => definition.sandbox('http://127.0.0.1:1').account.key,
);

const secret = 'a-shared-secret-of-32-bytes-or-more';

let directory = '';
const started: ServerProcess[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'upsell-graph-'));
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});

afterAll(() => rm(directory, { recursive: true }));

function start(parameters: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): ServerProcess {
  const server = startProcess(parameters, environment, directory);
  started.push(server);
  return server;
}

async function configFile(text: string): Promise<string> {
  const path = join(directory, 'configured.yaml');
  await writeFile(path, text);
  return path;
}

const configuration = `
server: { graphiql: true }
auth: { secret: '\${JWT_SECRET}', issuer: https://issuer.example, audience: upsell }
accounts:
  - key: og-us
    provider: ordergroove
    label: Ordergroove US
    currency: USD
    baseUrl: http://127.0.0.1:1
    merchantId: 0f1e2d3c4b5a69788796a5b4c3d2e1f0
    apiKey: \${OG_KEY}
`;

async function occupyPort(wanted = 0) {
  const server = createServer().listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    async release() {
      server.close();
      await once(server, 'close');
    },
  };
}

/** Occupies two ports beside each other. */
async function occupyNeighbours() {
  for (;;) {
    const first = await occupyPort();
    const second = await occupyPort(first.port + 1).catch(() => null);
    if (second) return [first, second] as const;
    await first.release();
  }
}

async function ask(url: string, query: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${url}graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return { status: answer.status, body: await answer.json() };
}

describe('started without a file, it is a sandbox that', () => {
  let sandbox: ServerProcess;

  beforeAll(() => {
    sandbox = startProcess([], {}, directory);
  });

  afterAll(() => sandbox.stop());

  test('has a line per URL, each of which answers', async () => {
    const graphiql = await sandbox.find(/GraphiQL +(http\S+)/);
    const page = await sandbox.find(/Sandbox +(http\S+)/);
    const metrics = await sandbox.find(/Metrics +(http\S+)/);
    const emulator = await sandbox.find(/Ordergroove emulator +(http\S+)/);
    await sandbox.find(/Operations are kept in memory/);
    expect(await (await fetch(graphiql)).text()).toContain('<title>upsell-graph · GraphiQL</title>');
    expect(await (await fetch(page, { headers: { accept: 'text/html' } })).text()).toContain(
      '<title>upsell-graph · Sandbox</title>',
    );
    expect((await fetch(emulator)).status).toBe(200);
    expect(await (await fetch(metrics)).text()).toContain('upsell_ledger_operations{state="pending"} 0');
    expect(await ask(graphiql, '{ viewer { kind scopes } accounts { key environment } }')).toEqual({
      status: 200,
      body: {
        data: {
          viewer: { kind: 'CUSTOMER', scopes: ['READ', 'WRITE'] },
          accounts: sandboxAccounts.map((key) => ({ key, environment: 'EMULATOR' })),
        },
      },
    });
  });

  test('serves GraphiQL from itself alone', async () => {
    const answer = await fetch(await sandbox.find(/GraphiQL +(http\S+)/));
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(await answer.text()).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  test('shows commands that do what they say', async () => {
    const page = await sandbox.find(/Sandbox +(http\S+)/);
    const { emulators } = (await (await fetch(page)).json()) as {
      emulators: { account: string; controls: { command: string }[] }[];
    };
    expect(emulators.map(({ account }) => account)).toEqual(sandboxAccounts);
    const commands = (emulators[0]?.controls ?? []).map(({ command }) => command);
    const answers = await Promise.all(
      commands.map((command) => {
        const [, url = '', body] = /(http:\S+)(?:.* -d '(.*)')?$/.exec(command) ?? [];
        const headers = { 'content-type': 'application/json' };
        return fetch(url, body === undefined ? {} : { method: 'POST', headers, body });
      }),
    );
    expect(answers).toHaveLength(8);
    expect(answers.filter(({ ok }) => !ok)).toEqual([]);
  });
});

describe('emulators', () => {
  const emulatorUrl = (server: ServerProcess) => server.find(/Appstle Subscriptions emulator +(http\S+)/);

  test('listen where EMULATOR_PORT says, or the start ends and says so', async () => {
    const taken = await occupyPort();
    const refused = start([], { EMULATOR_PORT: String(taken.port) });
    expect(await refused.ended()).toBe(1);
    expect(refused.output()).toContain(
      `Port ${taken.port} on 127.0.0.1 is already in use. Choose another with EMULATOR_PORT.`,
    );
    await taken.release();
    expect(await emulatorUrl(start([], { EMULATOR_PORT: String(taken.port) }))).toContain(`:${taken.port}/`);
  });

  test('listen next to the graph, or anywhere free when that is taken', async () => {
    const [graph, neighbour] = await occupyNeighbours();
    await graph.release();
    const server = start([], { PORT: String(graph.port) });
    const url = await emulatorUrl(server);
    expect(new URL(url).port).not.toBe(String(neighbour.port));
    expect((await fetch(url)).ok).toBe(true);
    await server.stop();
    await neighbour.release();
    expect(await emulatorUrl(start([], { PORT: String(graph.port) }))).toContain(`:${neighbour.port}/`);
  });
});

test('started with the standard variable for it, it sends its spans there, the last of them on stop', async () => {
  const collector = await startOtlpReceiver();
  const server = start([], {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_SERVICE_NAME: 'a-trial',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
    OTEL_TRACES_SAMPLER: 'always_off',
  });
  await ask(await server.find(/GraphiQL +(http\S+)/), '{ viewer { kind } }');
  expect(await server.find(/Traces to +(http\S+)/)).toBe(collector.url);
  server.child.kill('SIGTERM');
  expect(await server.ended()).toBe(0);
  await collector.close();
  expect(collector.spans.map(({ name }) => name)).toEqual(['query']);
  expect(collector.resource).toMatchObject({ 'service.name': 'a-trial', 'deployment.environment.name': 'test' });
  expect(server.output()).toContain('"variables":["OTEL_TRACES_SAMPLER"]');
});

describe('started with a file', () => {
  test('it lets in tokens only, and logs its accounts but no secret', async () => {
    const path = await configFile(configuration);
    const server = start(['--config', path], { JWT_SECRET: secret, OG_KEY: 'og-key-never-shown' });
    const url = await server.find(/"graphiql":"([^"]+)"/);
    expect(await ask(url, '{ viewer { kind } }')).toEqual({
      status: 401,
      body: { errors: [{ message: 'A valid bearer token is needed.', extensions: { code: 'UNAUTHENTICATED' } }] },
    });
    const token = await new SignJWT({ kind: 'service', scope: 'upsell:read' })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('https://issuer.example')
      .setAudience('upsell')
      .setSubject('till-1')
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(secret));
    expect(await ask(url, '{ viewer { kind } }', { authorization: `Bearer ${token}` })).toEqual({
      status: 200,
      body: { data: { viewer: { kind: 'SERVICE' } } },
    });
    expect((await fetch(`${url}sandbox`)).status).toBe(404);
    expect((await fetch(`${url}readyz`)).status).toBe(200);
    expect(server.output()).toContain('"label":"Ordergroove US"');
    expect(server.output()).toContain('"ledger":".data/ledger.db"');
    expect(server.output()).not.toContain('og-key-never-shown');
    expect(server.output()).not.toContain(secret);
  });

  test('it ends with status 78 and every mistake when the file is wrong', async () => {
    const path = await configFile(configuration.replace('merchantId', 'merchantID').replace('USD', 'DOLLARS'));
    const server = start([], { UPSELL_GRAPH_CONFIG: path, JWT_SECRET: secret });
    expect(await server.ended()).toBe(78);
    expect(server.output()).toContain('accounts[0].apiKey: The environment variable OG_KEY is not set.');
    expect(server.output()).toContain('accounts[0].merchantID: is not a setting; did you mean merchantId?');
    expect(server.output()).toContain('accounts[0].currency: must be an ISO 4217 currency code');
    expect(server.output()).not.toContain('    at ');
  });
});

describe('the command line', () => {
  test('explains itself', async () => {
    const [help, version, wrong] = [start(['--help']), start(['--version']), start(['--prot', '80'])];
    expect([await help.ended(), await version.ended(), await wrong.ended()]).toEqual([0, 0, 64]);
    expect(help.output()).toContain('Usage: upsell-graph');
    expect(version.output().trim()).toMatch(/^\d+\.\d+\.\d+/);
    expect(wrong.output()).toContain("Unknown option '--prot'");
  });
});

describe('the address', () => {
  test('comes from HOST and PORT; in production there is no GraphiQL at it', async () => {
    const { port, release } = await occupyPort();
    await release();
    const server = start(['--sandbox'], { PORT: String(port), HOST: 'localhost', NODE_ENV: 'production' });
    expect(await server.find(/GraphQL +(\S+)/)).toBe(`http://localhost:${port}/graphql`);
    expect((await fetch(`http://localhost:${port}/`)).status).toBe(404);
    expect(server.output()).not.toContain('GraphiQL');
  });

  test('that is taken ends it with a readable message', async () => {
    const { port, release } = await occupyPort();
    const server = start([], { PORT: String(port) });
    const status = await server.ended().finally(() => void release());
    expect([status, server.output()]).toEqual([
      1,
      `Port ${port} on 127.0.0.1 is already in use. Choose another with PORT and HOST, or in the configuration.\n`,
    ]);
  });
});

describe('in production', () => {
  test('there is no sandbox unless it is asked for: a file that is missing ends it with status 78', async () => {
    const server = start([], { NODE_ENV: 'production' });
    expect(await server.ended()).toBe(78);
    expect(server.output()).toContain('No configuration file was found, and NODE_ENV is production.');
    expect(server.output()).toContain('--sandbox');
  });
});

describe('a signal', () => {
  test('that asks to reload changes nothing and says so', async () => {
    const path = await configFile(configuration);
    const server = start(['--config', path], { JWT_SECRET: secret, OG_KEY: 'og-key-never-shown' });
    const url = await server.find(/"graphiql":"([^"]+)"/);
    server.child.kill('SIGHUP');
    await server.find(/SIGHUP is ignored/);
    expect((await fetch(`${url}healthz`)).status).toBe(200);
  });

  test('ends it in order', async () => {
    const ends = (['SIGTERM', 'SIGINT'] as const).map(async (signal) => {
      const server = start();
      await server.find(/Stop with Ctrl/);
      server.child.kill(signal);
      return server.ended();
    });
    expect(await Promise.all(ends)).toEqual([0, 0]);
  });

  test('a second one ends it at once, while requests still run', async () => {
    const server = start();
    const graph = await server.find(/GraphQL +(http\S+)graphql/);
    const emulator = await server.find(/Ordergroove emulator +(http\S+)/);
    await fetch(`${emulator}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ times: 'always', action: { kind: 'hang' } }),
    });
    const hanging = ask(graph, '{ upcomingOrders { nodes { id } } }').catch(() => 'cut');
    await new Promise((resolve) => setTimeout(resolve, 200));
    server.child.kill('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(server.child.exitCode).toBeNull();
    server.child.kill('SIGTERM');
    expect(await server.ended()).toBe(1);
    expect(await hanging).toBe('cut');
  });
});

describe('the example configuration', () => {
  test('is valid once its variables are set', async () => {
    const path = await configFile(readFileSync('upsell-graph.example.yaml', 'utf8'));
    const named = [...readFileSync('.env.example', 'utf8').matchAll(/^(\w+)=$/gm)].map(([, name = '']) => name);
    const env = Object.fromEntries(named.map((name) => [name, '0f1e2d3c4b5a69788796a5b4c3d2e1f0']));
    const settings = readFileSync('upsell-graph.example.yaml', 'utf8').replaceAll(/#.*$/gm, '');
    expect(named).toEqual([...settings.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name));
    const server = start(['--config', path], env);
    await server.find(/"msg":"listening"/);
  });
});
