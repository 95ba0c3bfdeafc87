import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readOutput } from '../e2e/program-output.js';

// It installs what the program needs at run time.
jest.setTimeout(400_000);

const run = promisify(execFile);
const USER = 65_532;

/** Unpacking an image with its owners, and changing the root, are root's. */
const whyNot = reasonNotTo();
const describeImage = whyNot === null ? describe : describe.skip;

function reasonNotTo(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'this is not Linux on x64';
  if (process.getuid?.() !== 0) return 'only root may change the root';
  try {
    execFileSync('buildah', ['--version'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'there is no buildah here';
  }
}

describeImage(`the image built from scratch${whyNot === null ? '' : ` (${whyNot})`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-image-'));
  // Storage of its own, so that nothing of it stays on the machine.
  const env = {
    ...process.env,
    STORAGE_DRIVER: 'vfs',
    BUILDAH_ISOLATION: 'chroot',
    CONTAINERS_STORAGE_CONF: '/dev/null',
  };
  const storage = ['--root', join(folder, 'storage'), '--runroot', join(folder, 'run')];
  let root = '';
  let config: { readonly User: string; readonly Entrypoint: readonly string[]; readonly Env: readonly string[] };

  beforeAll(async () => {
    const layout = `oci:${join(folder, 'oci')}:upsell-graph`;
    await run('deploy/container/build-from-scratch.sh', [layout], {
      env: { ...env, BUILDAH_FLAGS: storage.join(' ') },
      maxBuffer: 1e8,
    });
    const blobs = join(folder, 'oci/blobs/sha256');
    const blob = (digest: string) => join(blobs, digest.replace('sha256:', ''));
    const json = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
    const manifest = json(blob(json(join(folder, 'oci/index.json')).manifests[0].digest));
    ({ config } = json(blob(manifest.config.digest)));
    root = join(folder, 'root');
    execFileSync('mkdir', [root]);
    for (const { digest } of manifest.layers) execFileSync('tar', ['-xf', blob(digest), '-C', root]);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function filesOf(path: string): readonly string[] {
    return readdirSync(path, { recursive: true, encoding: 'utf8' }).map((file) => join(path, file));
  }

  test('runs as nobody in particular, in production', () => {
    expect(config.User).toBe(`${USER}:${USER}`);
    expect(config.Env).toContain('NODE_ENV=production');
    expect(config.Entrypoint[0]).toBe('/nodejs/bin/node');
  });

  test('has no shell, no package manager, and nothing its user may change', () => {
    const files = filesOf(root);
    const size = files.reduce((sum, file) => sum + (lstatSync(file).isFile() ? lstatSync(file).size : 0), 0);
    process.stdout.write(`The root of the image: ${Math.round(size / 1e6)} MB, ${files.length} entries\n`);
    const programs = files.filter((file) =>
      /\/(sh|bash|dash|busybox|npm|npx|apt|apt-get|dpkg|apk|curl|wget)$/.test(file),
    );
    expect(programs.filter((file) => lstatSync(file).isFile() && !file.includes('/node_modules/'))).toEqual([]);
    const writable = files.filter((file) => !lstatSync(file).isSymbolicLink() && isWritable(file));
    expect(writable).toEqual([]);
    expect(size).toBeLessThan(350e6);
  });

  /** To the image's user: as its owner, or as anybody. */
  function isWritable(file: string): boolean {
    const { uid, gid, mode } = lstatSync(file);
    return (uid === USER && (mode & 0o200) !== 0) || (gid === USER && (mode & 0o020) !== 0) || (mode & 0o002) !== 0;
  }

  test('answers as its user in a root of its own, and leaves nothing behind', async () => {
    const before = filesOf(root).length;
    const [node = '', ...parameters] = config.Entrypoint;
    const begun = performance.now();
    const chroot = [`--userspec=${USER}:${USER}`, root, node, ...parameters, '--sandbox'];
    const server = spawn('chroot', chroot, {
      env: { PATH: process.env['PATH'], NODE_ENV: 'production', PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const closed = once(server, 'close');
    try {
      const url = await readOutput(server, 'The image', 120_000).find(/GraphQL +(\S+)/);
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ upcomingOrders { nodes { id } } }' }),
      });
      expect(await answer.json()).toHaveProperty('data.upcomingOrders.nodes.0.id');
      process.stdout.write(`Its first answer: after ${Math.round(performance.now() - begun)} ms\n`);
      expect(readFileSync(`/proc/${server.pid}/status`, 'utf8')).toMatch(
        new RegExp(`^Uid:\\s+${USER}\\s+${USER}`, 'm'),
      );
    } finally {
      server.kill('SIGTERM');
      await closed;
    }
    expect(server.exitCode).toBe(0);
    expect(filesOf(root)).toHaveLength(before);
  });
});
