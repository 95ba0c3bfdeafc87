import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseSync } from '@swc/core';
import { sidePackages, suitesWithPackages } from '../../scripts/side-packages.mjs';

interface Manifest {
  readonly name?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

type Lockfile = Readonly<Record<string, Locked>>;

const folders = ['.', ...sidePackages];

/** Packages of this repository, which others of it take from where they stand. */
const ownNames = new Set(sidePackages.map((folder) => manifestOf(folder).name));

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function lockfileOf(folder: string): Lockfile {
  return JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages;
}

/** Machines that people install on: developers' and CI's. */
const platforms = [
  { os: 'darwin', cpu: 'arm64', libc: '' },
  { os: 'darwin', cpu: 'x64', libc: '' },
  { os: 'win32', cpu: 'x64', libc: '' },
  { os: 'linux', cpu: 'x64', libc: 'glibc' },
  { os: 'linux', cpu: 'x64', libc: 'musl' },
  { os: 'linux', cpu: 'arm64', libc: 'glibc' },
] as const;

describe.each(folders)('the lockfile of %s', (folder) => {
  const lockfile = lockfileOf(folder);
  const locked = Object.entries(lockfile).filter(([path]) => path !== '');

  test('holds each package at the version of its manifest', () => {
    const { dependencies = {}, devDependencies = {} } = manifestOf(folder);
    const asked = Object.entries({ ...dependencies, ...devDependencies });
    expect(asked.map(([name]) => [name, lockfile[`node_modules/${name}`]?.version])).toEqual(asked);
  });

  test('has a checksum for each package and names no registry', () => {
    expect(locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([]);
    // An alias needs the address of what it stands for.
    const aliases = new Set(['empty-npm-package']);
    const addressed = locked.filter(
      ([, { resolved }]) => resolved !== undefined && ![...aliases].some((name) => resolved.includes(`/${name}/`)),
    );
    expect(addressed.map(([path]) => path)).toEqual([]);
  });

  test('holds every optional package, whatever platform wrote it', () => {
    const missing = locked.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => find(lockfile, path, name) === undefined)
        .map((name) => `${name}, for ${path}`),
    );
    expect(missing).toEqual([]);
  });

  test('has the native parts of each package for macOS, Windows, and Linux with glibc and musl', () => {
    const gaps = nativeFamilies(lockfile).flatMap(({ path, parts }) =>
      platforms
        .filter((platform) => !parts.some((part) => runsOn(part, platform)))
        .map((platform) => `${path} on ${Object.values(platform).join(' ')}`),
    );
    expect(gaps).toEqual([]);
  });
});

test('the packages with native parts are found', () => {
  const names = nativeFamilies(lockfileOf('.')).map(({ path }) => path.replace('node_modules/', ''));
  expect(names).toEqual(expect.arrayContaining(['@swc/core', 'libsql', 'oxlint', 'oxlint-tsgolint', 'typescript']));
});

function nativeFamilies(lockfile: Lockfile) {
  return (
    Object.entries(lockfile)
      .map(([path, { optionalDependencies = {} }]) => ({
        path,
        parts: Object.keys(optionalDependencies).flatMap((name) => find(lockfile, path, name) ?? []),
      }))
      .map(({ path, parts }) => ({ path, parts: parts.filter(({ os, cpu }) => os && cpu) }))
      // One part for one platform is a help for it, as fsevents is; several are a program for each.
      .filter(({ parts }) => parts.length > 1)
  );
}

/** The locked package that a package at a path would load: the nearest folder above it that has one. */
function find(lockfile: Lockfile, path: string, name: string): Locked | undefined {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const found = lockfile[at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`];
    if (found || at === '') return found;
  }
}

function runsOn({ os, cpu, libc }: Locked, platform: (typeof platforms)[number]): boolean {
  return (
    (os?.includes(platform.os) ?? true) &&
    (cpu?.includes(platform.cpu) ?? true) &&
    (!libc || platform.libc === '' || libc.includes(platform.libc))
  );
}

describe('side packages', () => {
  test('are listed, each with a lockfile, and each suite names some', () => {
    const manifests = execFileSync('git', ['ls-files', 'package.json', '*/package.json'], { encoding: 'utf8' });
    expect(
      manifests
        .trim()
        .split('\n')
        .map((file) => dirname(file))
        .sort(),
    ).toEqual([...folders].sort());
    for (const folder of sidePackages) {
      expect(existsSync(join(folder, 'package-lock.json'))).toBe(true);
      expect(readFileSync(join(folder, '.npmrc'), 'utf8')).toBe(readFileSync('.npmrc', 'utf8'));
    }
    for (const [suite, needs] of Object.entries(suitesWithPackages)) {
      expect(existsSync(suite)).toBe(true);
      expect(sidePackages).toEqual(expect.arrayContaining([...needs]));
    }
  });

  test('have the packages they share at one version', () => {
    const versions = new Map<string, Set<string>>();
    for (const folder of folders) {
      const { dependencies = {}, devDependencies = {} } = manifestOf(folder);
      for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
        versions.set(name, (versions.get(name) ?? new Set()).add(version));
      }
    }
    // GraphiQL's page loads React as one published file, which the line that a shop uses has no more.
    const apart = new Set(['react', 'react-dom']);
    const several = [...versions].filter(([name, found]) => found.size > 1 && !apart.has(name));
    expect(several.map(([name, found]) => `${name}: ${[...found].join(', ')}`)).toEqual([]);
  });

  test.each(sidePackages)('%s lists what its files import, or leaves it to the root alone', (folder) => {
    const { dependencies = {} } = manifestOf(folder);
    const atRoot = { ...manifestOf('.').dependencies, ...manifestOf('.').devDependencies };
    const lockfile = lockfileOf(folder);
    const unlisted = filesOf(folder).flatMap((file) =>
      packagesIn(file)
        .filter(
          (name) =>
            !ownNames.has(name) && !(name in dependencies || (name in atRoot && !(`node_modules/${name}` in lockfile))),
        )
        .map((name) => `${name} in ${file}`),
    );
    expect(unlisted).toEqual([]);
  });
});

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.d)\.(ts|js|mjs)$/.test(file) && !file.includes('node_modules'))
    .map((file) => join(folder, file));
}

function packagesIn(file: string): readonly string[] {
  const { body } = parseSync(readFileSync(file, 'utf8'), { syntax: 'typescript', target: 'es2022' });
  return body.flatMap((item) => {
    if (item.type !== 'ImportDeclaration') return [];
    const name = item.source.value;
    if (/^(\.|node:)/.test(name)) return [];
    return [
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    ];
  });
}
