import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readOutput } from '../e2e/program-output.js';

const run = promisify(execFile);

// It installs what the package depends on.
jest.setTimeout(300_000);

/** Outside of the repository, so that nothing is found in its `node_modules`. */
let folder = '';
let installed = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'upsell-graph-package-'));
  const staged = join(folder, 'staged');
  const { stdout } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard']);
  for (const file of stdout.trim().split('\n')) {
    // Deleted, but not yet committed.
    if (!existsSync(file)) continue;
    await mkdir(join(staged, dirname(file)), { recursive: true });
    await cp(file, join(staged, file));
  }
  // Built for all suites: building anew would pull it from under those that run it.
  await cp('dist', join(staged, 'dist'), { recursive: true });
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: staged, maxBuffer: 1e8 });
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  const user = join(folder, 'user');
  await mkdir(user);
  await writeFile(join(user, 'package.json'), '{"name":"user","private":true,"type":"module"}');
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', join(folder, String(tarball))], {
    cwd: user,
  });
  installed = join(user, 'node_modules/upsell-graph');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function filesIn(path: string): Promise<readonly string[]> {
  return (await readdir(path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .filter((file) => !file.startsWith('node_modules/'));
}

describe('the packed program', () => {
  test('holds what it runs, its types, schema, licence and documentation, and no tests', async () => {
    const files = await filesIn(installed);
    expect(files).toEqual(
      expect.arrayContaining([
        'dist/main.js',
        'dist/index.js',
        'dist/index.d.ts',
        'dist/graphiql/graphiql.min.js',
        'schema/schema.graphql',
        'docs/operations.md',
        'upsell-graph.example.yaml',
        'LICENSE',
        'README.md',
      ]),
    );
    expect(files.filter((file) => /^(test|bench|node_modules|\.)/.test(file))).toEqual([]);
  });

  test('has the source of each map', async () => {
    const maps = (await filesIn(installed)).filter((file) => file.endsWith('.map'));
    expect(maps.length).toBeGreaterThan(100);
    const lost: string[] = [];
    for (const map of maps) {
      const { sources } = JSON.parse(await readFile(join(installed, map), 'utf8'));
      lost.push(...sources.filter((source: string) => !existsSync(join(installed, dirname(map), source))));
    }
    expect(lost).toEqual([]);
  });

  test('brings packages that run on the oldest Node, though newer ones exist', async () => {
    const locked = JSON.parse(await readFile('package-lock.json', 'utf8')).packages;
    for (const name of ['light-my-request', 'fastify', '@graphql-tools/schema', '@graphql-tools/merge']) {
      const places = [join(installed, 'node_modules', name), join(dirname(installed), name)];
      const place = places.find((path) => existsSync(path)) ?? name;
      const { version } = JSON.parse(await readFile(join(place, 'package.json'), 'utf8'));
      expect([name, version]).toEqual([name, locked[`node_modules/${name}`].version]);
    }
  });

  test('answers a query when `npx` starts it in an empty folder', async () => {
    const server = spawn('npx', ['--no-install', 'upsell-graph'], {
      cwd: dirname(dirname(installed)),
      env: { ...process.env, PORT: '0', NODE_ENV: '' },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    try {
      const url = await readOutput(server, 'npx upsell-graph', 60_000).find(/GraphQL +(\S+)/);
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ upcomingOrders { nodes { id } } }' }),
      });
      expect(await answer.json()).toHaveProperty('data.upcomingOrders.nodes.0.id');
    } finally {
      if (server.pid !== undefined) process.kill(-server.pid, 'SIGKILL');
    }
  });

  test('has types that a strict program compiles against', async () => {
    const user = dirname(dirname(installed));
    await writeFile(
      join(user, 'embed.ts'),
      `import { createServer, type Server, type Settings } from 'upsell-graph';
const config: Settings = { auth: { issuer: 'i', audience: 'a' }, accounts: [{ key: 'og', provider: 'ordergroove' }] };
export const server: Promise<Server> = createServer({ config, clock: () => new Date() });
// @ts-expect-error: a path, settings or the sandbox
void createServer({ config: 4000 });
`,
    );
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022'];
    const compiler = join(process.cwd(), 'node_modules/typescript/bin/tsc');
    const types = ['--types', 'node', '--typeRoots', join(process.cwd(), 'node_modules/@types')];
    const compiled = run(process.execPath, [compiler, ...options, ...types, 'embed.ts'], { cwd: user });
    await expect(compiled).resolves.toHaveProperty('stdout', '');
  });
});

describe('the examples of docs/embedding.md', () => {
  test('run as they are', async () => {
    const page = await readFile('docs/embedding.md', 'utf8');
    const examples = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code);
    expect(examples).toHaveLength(2);
    const user = dirname(dirname(installed));
    for (const [index, code] of examples.entries()) {
      const file = join(user, `example-${index}.mjs`);
      await writeFile(file, code);
      const { stdout } = await run(process.execPath, [file], { cwd: user });
      expect(stdout).toContain(index === 0 ? 'upcomingOrders' : '');
    }
  });
});
