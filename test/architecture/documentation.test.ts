import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { buildSchema, isEnumType, parse, validate } from 'graphql';
import { settingsOf } from '../../src/config/check-section.js';
import { AuthSection } from '../../src/config/auth-sections.js';
import { AccountSection } from '../../src/config/sections.js';
import { providers } from '../../src/providers/index.js';
import { writeErrorCatalogue } from '../../scripts/error-catalogue.mjs';
import { sidePackages } from '../../scripts/side-packages.mjs';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...['docs', 'src', 'examples', 'packages'].flatMap(pagesIn),
];

function pagesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : pagesIn(path);
    return path.endsWith('.md') ? [path] : [];
  });
}

function findIn(pattern: RegExp): readonly { readonly page: string; readonly text: string }[] {
  return pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(pattern)].map(([, text = '']) => ({ page, text })),
  );
}

/** Signs of a cache: a class or function that keeps values, a map of the module, or a variable that outlives a call. */
const isCaching = new RegExp(
  [
    'new (?:LRUCache|DataLoader|RecordLoader)\\b',
    '\\b(?:memoize|memoizeById|memoizeBounded|batch|createListPlan|createRecordCollection)[<(]',
    '^const \\w+ = new Map\\b',
    '\\bconst (?:costs|known) = new (?:Weak)?Map\\b',
    '^ {2}let (?:known|latest)\\b',
  ].join('|'),
  'm',
);

/** A call that logs a text: `log.warn(fields, 'text')`, `report('text', …)`. */
const logCall = /\b(?:log\.(?:info|warn|error)|report)\((?:[^'"`;]*?,\s*)?(['"`])([A-Za-z](?:(?!\1).){6,})\1/gs;

/** The anchors of a page, as GitHub and VitePress make them of its headings. */
function anchorsOf(page: string): readonly string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function matchesGlob(path: string, glob: string): boolean {
  const [before = '', after] = glob.split('*');
  return after === undefined ? path === glob : path.startsWith(before) && path.endsWith(after);
}

describe('the documentation', () => {
  test('names only commands that exist', () => {
    const readme = readFileSync('README.md', 'utf8');
    expect(readme).toContain('```sh\nnpm install && npm start\n```');
    expect(readme).toContain('```sh\nnpm install && npm test\n```');
    const commands = findIn(/npm (?:run (?:--silent )?([\w:-]+))/g);
    expect(commands.length).toBeGreaterThan(5);
    expect(commands.filter(({ text }) => !(text in (manifest['scripts'] ?? {})))).toEqual([]);
  });

  test('has links that lead somewhere', () => {
    const links = findIn(/\]\((?!https?:|#)([^)#\s]+)/g);
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter(({ page, text }) => !existsSync(join(dirname(page), text)))).toEqual([]);
  });

  test('has links to headings that exist', () => {
    const links = pages.flatMap((page) =>
      [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)/g)].map(([, file, anchor]) => ({
        page,
        target: file ? join(dirname(page), file) : page,
        anchor,
      })),
    );
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter(({ target, anchor }) => !anchorsOf(target).includes(anchor ?? ''))).toEqual([]);
  });

  test('is all in the contents of the site', () => {
    const site = readFileSync('site/.vitepress/config.mjs', 'utf8');
    const files = readdirSync('docs').filter((file) => file.endsWith('.md'));
    expect(files.filter((file) => !site.includes(`'/docs/${file.replace('.md', '')}'`))).toEqual([]);
  });

  test('explains every line of the log', () => {
    const text = ['operations', 'observability'].map((name) => readFileSync(`docs/${name}.md`, 'utf8')).join('');
    const said = text.toLowerCase().replaceAll('`', '');
    const lines = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/^(emulators|server\/doctor)\//.test(file))
      .flatMap((file) => [...readFileSync(join('src', file), 'utf8').matchAll(logCall)])
      .map(([, , line = '']) => line.replaceAll('`', ''));
    expect(lines.length).toBeGreaterThan(30);
    expect(lines.filter((line) => !said.includes(line.toLowerCase()))).toEqual([]);
  });

  test('has queries to copy that the schema accepts', () => {
    const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));
    const queries = findIn(/"query":"([^"]+)"/g);
    expect(queries.map(({ page }) => page)).toContain('README.md');
    for (const { page, text } of queries) {
      const errors = validate(schema, parse(text)).map(({ message }) => message);
      expect({ page, errors }).toEqual({ page, errors: [] });
    }
  });

  test('follows a read and a write through files that exist', () => {
    const files = [...readFileSync('docs/architecture.md', 'utf8').matchAll(/^\d\. `(src\/[^`]+)`/gm)].map(
      ([, file = '']) => file,
    );
    expect(files.length).toBeGreaterThan(8);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  test('lists every cache of the source, and no file without one', () => {
    const [, section = ''] = readFileSync('docs/architecture.md', 'utf8').split('## What is cached where');
    const named = [...section.matchAll(/`(src\/[^`]+\.ts)`/g)].map(([, file = '']) => file);
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .map((path) => join('src', path))
      .filter((path) => path.endsWith('.ts') && !path.startsWith('src/emulators/'));
    const caching = files.filter((path) => isCaching.test(readFileSync(path, 'utf8')));
    expect(caching.length).toBeGreaterThan(15);
    expect(caching.filter((path) => !named.some((name) => matchesGlob(path, name)))).toEqual([]);
    expect(named.filter((name) => !caching.some((path) => matchesGlob(path, name)))).toEqual([]);
  });

  test('explains every code of a refusal, every advice and every setting', () => {
    const page = readFileSync('docs/errors.md', 'utf8');
    const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));
    expect(writeErrorCatalogue(page, readFileSync('schema/schema.graphql', 'utf8'))).toBe(page);
    for (const name of ['UpsellErrorCode', 'RetryAdvice']) {
      const type = schema.getType(name);
      const values = isEnumType(type) ? type.getValues().map((value) => value.name) : [];
      expect(values.length).toBeGreaterThan(3);
      expect(values.filter((value) => !page.includes(`\`${value}\``))).toEqual([]);
    }
    const configuration = readFileSync('docs/configuration.md', 'utf8');
    for (const [word, { settings }] of Object.entries(providers)) {
      const [, section = ''] = new RegExp(`^### ${word}\n(.*?)(?=^##)`, 'ms').exec(configuration) ?? [];
      const named = settingsOf(settings).filter((setting) => !section.includes(`\`${setting}\``));
      expect({ word, missing: named }).toEqual({ word, missing: [] });
    }
    const common = [AccountSection, AuthSection].flatMap((section) => settingsOf(section));
    expect(common.filter((setting) => !configuration.includes(`\`${setting}\``))).toEqual([]);
  });

  test('gives one reason for every dependency and override, and for nothing else', () => {
    const text = readFileSync('docs/dependencies.md', 'utf8');
    const [atRunTime = '', forDevelopment = '', besides = '', overrides = ''] = text.split(/^## /m).slice(1);
    expect(namedIn(atRunTime)).toEqual(Object.keys(manifest['dependencies'] ?? {}).sort());
    expect(namedIn(forDevelopment)).toEqual(Object.keys(manifest['devDependencies'] ?? {}).sort());
    const inFolders = Object.fromEntries(
      besides
        .split(/^### /m)
        .slice(1)
        .map((section) => [section.slice(0, section.indexOf('\n')), namedIn(section)]),
    );
    expect(inFolders).toEqual(Object.fromEntries(sidePackages.map((folder) => [folder, ownDependencies(folder)])));
    expect(namedIn(overrides)).toEqual(
      [...new Set(['.', ...sidePackages].flatMap((folder) => Object.keys(read(folder)['overrides'] ?? {})))].sort(),
    );
  });
});

/** What a side package has that the root has not: what both have is explained at the root. */
function ownDependencies(folder: string): readonly string[] {
  const atRoot = { ...manifest['dependencies'], ...manifest['devDependencies'] };
  return Object.keys(read(folder)['dependencies'] ?? {})
    .filter((name) => !(name in atRoot))
    .sort();
}

function read(folder: string): Record<string, Record<string, string>> {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function namedIn(section: string): readonly string[] {
  return section
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .flatMap((line) => [...line.slice(0, line.indexOf(':')).matchAll(/\*\*([^*]+)\*\*/g)].map(([, name = '']) => name))
    .sort();
}
