import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const script = resolve('scripts/release.mjs');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'upsell-graph-release-'));
  mkdirSync(join(folder, 'schema'));
  for (const file of ['package.json', 'package-lock.json', 'CHANGELOG.md', 'schema/schema.graphql'])
    cpSync(file, join(folder, file));
});

afterEach(() => rmSync(folder, { recursive: true }));

const read = (file: string) => readFileSync(join(folder, file), 'utf8');

test('a release has its version everywhere, its changes, and the contract of its schema', () => {
  const before = JSON.parse(read('package-lock.json'));
  execFileSync(process.execPath, [script, '99.0.0'], { cwd: folder });
  expect(JSON.parse(read('package.json')).version).toBe('99.0.0');
  const lockfile = JSON.parse(read('package-lock.json'));
  expect([lockfile.version, lockfile.packages[''].version]).toEqual(['99.0.0', '99.0.0']);
  const { '': _root, ...others } = lockfile.packages;
  const { '': _was, ...othersBefore } = before.packages;
  expect(others).toEqual(othersBefore);
  expect(read('CHANGELOG.md')).toMatch(/^## Unreleased\n\n## 99\.0\.0, \d{4}-\d\d-\d\d\n\n- /m);
  expect(read('schema/contract.graphql')).toBe(read('schema/schema.graphql'));
});

test('a version that is not newer, and a release without changes, are refused', () => {
  const release = (version: string) => spawnSync(process.execPath, [script, version], { cwd: folder }).status;
  expect([release('0.0.1'), release('soon')]).toEqual([1, 1]);
  expect([release('99.0.0'), release('99.1.0')]).toEqual([0, 1]);
});
