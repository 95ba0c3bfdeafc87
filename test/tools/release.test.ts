import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const script = resolve('scripts/release.mjs');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'upsell-graph-release-'));
  mkdirSync(join(folder, 'schema'));
  for (const file of ['package.json', 'package-lock.json', 'CHANGELOG.md', 'schema/schema.graphql', '.changeset'])
    cpSync(file, join(folder, file), { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true }));

const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const release = () => spawnSync(process.execPath, [script], { cwd: folder, encoding: 'utf8' });
const change = (level: string, text: string) => `---\n'upsell-graph': ${level}\n---\n\n${text}\n`;

/** Makes these the only changes of the next release. */
function only(...changes: readonly string[]): void {
  for (const file of readdirSync(join(folder, '.changeset'))) rmSync(join(folder, '.changeset', file));
  changes.forEach((text, index) => writeFileSync(join(folder, '.changeset', `change-${index}.md`), text));
}

test('a release has its version everywhere, its changes, and the contract of its schema', () => {
  const before = JSON.parse(read('package-lock.json'));
  const changelogBefore = read('CHANGELOG.md');
  only(change('patch', 'A small\nthing.'), change('minor', 'Something new.'));
  execFileSync(process.execPath, [script], { cwd: folder });
  const [major, minor] = before.version.split('.').map(Number);
  const version = `${major}.${minor + 1}.0`;
  expect(JSON.parse(read('package.json')).version).toBe(version);
  const lockfile = JSON.parse(read('package-lock.json'));
  expect([lockfile.version, lockfile.packages[''].version]).toEqual([version, version]);
  const { '': _root, ...others } = lockfile.packages;
  const { '': _was, ...othersBefore } = before.packages;
  expect(others).toEqual(othersBefore);
  const day = /, (\d{4}-\d\d-\d\d)\n/.exec(read('CHANGELOG.md'))?.[1];
  const section = `## ${version}, ${day}\n\n- A small thing.\n- Something new.\n`;
  expect(read('CHANGELOG.md')).toBe(changelogBefore.replace('## Unreleased\n\n', section));
  expect(read('schema/contract.graphql')).toBe(read('schema/schema.graphql'));
  expect(readdirSync(join(folder, '.changeset'))).toEqual([]);
});

test('a release goes above the one before it', () => {
  writeFileSync(join(folder, 'CHANGELOG.md'), '# Changelog\n\n## 0.1.0, 2026-01-01\n\n- The first.\n');
  only(change('patch', 'A small thing.'));
  expect(release().status).toBe(0);
  expect(read('CHANGELOG.md')).toMatch(
    /^# Changelog\n\n## \d+\.\d+\.\d+, [\d-]+\n\n- A small thing\.\n\n## 0\.1\.0, 2026-01-01\n\n- The first\.\n$/,
  );
});

test('the changes that wait for the next release can be read', () => {
  expect(release().stderr).not.toContain('does not say');
});

test('a release without changes, or with one that says too little, is refused and changes nothing', () => {
  const before = read('package.json');
  for (const changes of [[], [change('big', 'Something.')], [change('minor', '')], ['Something.']]) {
    only(...changes);
    expect(release().status).toBe(1);
    expect(read('package.json')).toBe(before);
  }
});
