import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import type { ClassConstructor } from 'class-transformer';
import { parse as parseYaml } from 'yaml';
import { loadConfig } from '../../src/config.js';
import { AccountSection, FileSection } from '../../src/config/sections.js';
import { providers } from '../../src/providers/index.js';
import { describeSettings } from '../../src/server/reference/describe.js';
import { configurationSchema } from '../../src/server/reference/json-schema.js';
import { settingsReference } from '../../src/server/reference/reference-tables.js';

type Tree = Record<string, unknown>;

const schema = configurationSchema(providers);
const conforms = new Ajv({ allErrors: true, strict: false }).compile(schema);

function isAccepted(tree: Tree, env: Record<string, string> = {}): boolean {
  const loaded = loadConfig({ configPath: null, settings: tree, providers, env });
  return loaded.outcome === 'loaded';
}

/** Values that the words of a rule leave open. */
const samples: Readonly<Record<string, unknown>> = {
  merchantId: '0'.repeat(32),
  shop: 'acme.myshopify.com',
  key: 'og-us',
  currency: 'USD',
  timeZone: 'Europe/Stockholm',
  url: 'postgres://db:5432/upsell',
  origins: ['https://shop.example'],
  headers: ['x-store'],
  trustedProxies: ['10.0.0.0/8'],
  values: { a: 'customer' },
  otherwise: 'guest',
  listenUrl: 'postgres://db:5432/upsell',
  redis: 'redis://cache:6379',
  replicas: 2,
  webhookSecrets: ['one', 'two'],
  processingTime: '00:00',
};

/** A group with a value for each of its settings. */
function filled(section: ClassConstructor<object>): Tree {
  return Object.fromEntries(
    describeSettings(section).map(({ name, rules, section: nested }) => {
      const rule = (wanted: string) => rules.find((each) => each.name === wanted)?.constraints[0];
      const isList = rules.some((each) => each.name === 'isArray');
      if (nested) return [name, isList ? [filled(nested)] : filled(nested)];
      if (rules.some((each) => each.name === 'isScopeValues')) return [name, { a: ['upsell:read'] }];
      if (name in samples) return [name, samples[name]];
      const choice = rule('isIn');
      if (Array.isArray(choice)) return [name, isList ? [choice[0]] : choice[0]];
      if (rule('min') !== undefined) return [name, rule('min')];
      if (rules.some((each) => each.name === 'isBoolean')) return [name, true];
      if (rules.some((each) => each.name.endsWith('Url'))) return [name, 'https://host.example'];
      return [name, 'x'.repeat(Number(rule('hasBytes') ?? 8))];
    }),
  );
}

/** A file with every setting of the program, but for those that exclude each other. */
function fullFile(): Tree {
  const file = filled(FileSection) as Record<string, Tree>;
  const { issuers, session, ...one } = file['auth'] ?? {};
  delete one['secret'];
  const { file: _embedded, ...storage } = file['storage'] ?? {};
  const { trustedDocuments: _manifest, ...server } = file['server'] ?? {};
  const accounts = Object.entries(providers).map(([word, { settings, limits }]) => {
    const [limit = ''] = Object.keys(limits);
    return {
      ...filled(AccountSection),
      ...filled(settings),
      provider: word,
      key: `at-${word}`,
      limits: { [limit]: { parallel: 1, calls: 1, seconds: 1 } },
    };
  });
  void issuers;
  return { ...file, server, storage, auth: { ...one, session }, accounts };
}

/** Every path of a tree that leads to a setting. */
function pathsOf(tree: unknown, at: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([name, value]) => [[...at, name], ...pathsOf(value, [...at, name])]);
}

function changed(tree: Tree, path: readonly string[], value: unknown): Tree {
  const copy: Tree = structuredClone(tree);
  let group: object = copy;
  for (const name of path.slice(0, -1)) group = Object(Reflect.get(group, name));
  Reflect.set(group, path.at(-1) ?? '', value);
  return copy;
}

describe('the reference of the configuration', () => {
  test('is written from the settings (npm run configuration writes it)', () => {
    expect(readFileSync('schema/configuration.schema.json', 'utf8')).toBe(`${JSON.stringify(schema, null, 2)}\n`);
    const page = readFileSync('docs/configuration.md', 'utf8');
    const [, shown] = /<!-- settings:start -->\n\n(.*)\n\n<!-- settings:end -->/s.exec(page) ?? [];
    expect(shown).toBe(settingsReference(providers));
  });

  test('says the defaults that the program has', () => {
    const accounts = [{ key: 'sc', provider: 'surecart', token: 't' }];
    const auth = { jwksUrl: 'https://a.test/keys', issuer: 'i', audience: 'a', session: { secret: 'x'.repeat(32) } };
    const loaded = loadConfig({ configPath: null, settings: { auth, accounts }, providers, env: {} });
    if (loaded.outcome !== 'loaded' || loaded.config.mode !== 'configured') throw new Error('not loaded');
    const { server, storage, observability, auth: tokens, accounts: configured } = loaded.config;
    // Groups of claims have names as defaults, which the program keeps as paths.
    const used: Readonly<Record<string, object>> = {
      Server: server,
      Limits: server.limits,
      RateLimits: server.limits.rate,
      StreamLimits: server.limits.streams,
      Storage: storage,
      Observability: observability,
      Issuer: tokens.issuers[0] ?? {},
      Session: tokens.session ?? {},
    };
    const stated = Object.entries(used).flatMap(([group, values]) =>
      defaultsIn(Object(schema['definitions'])[group]).map(
        ([name, fallback]) => [`${group}.${name}`, fallback, Reflect.get(values, name)] as const,
      ),
    );
    expect(stated.length).toBeGreaterThan(20);
    expect(stated.filter(([, fallback, value]) => fallback !== value)).toEqual([]);
    expect(configured[0]?.account.timeoutMs).toBe(5_000);
  });
});

describe('the JSON Schema of the configuration', () => {
  test('accepts the example, which names it for editors', () => {
    const example = readFileSync('upsell-graph.example.yaml', 'utf8');
    expect(example).toMatch(/^# yaml-language-server: \$schema=\.\/schema\/configuration\.schema\.json\n/);
    conforms(parseYaml(example));
    expect(conforms.errors ?? []).toEqual([]);
  });

  test('accepts whatever the program accepts, and no setting that does not exist', () => {
    const file = fullFile();
    conforms(file);
    expect([conforms.errors ?? [], isAccepted(file)]).toEqual([[], true]);
    const values = [null, '', -1, 10 ** 9, true, [], {}, '${NAME}'];
    let agreed = 0;
    let refused = 0;
    for (const path of pathsOf(file)) {
      for (const value of values) {
        const spoilt = changed(file, path, value);
        const isTaken = isAccepted(spoilt, { NAME: '1' });
        if (isTaken && !conforms(spoilt)) throw new Error(`${path.join('.')}: ${JSON.stringify(value)} is accepted`);
        agreed += isTaken ? 1 : 0;
        refused += conforms(spoilt) ? 0 : 1;
      }
    }
    for (const path of pathsOf(file).filter((each) => typeof at(file, each) === 'object' && !isOpen(each))) {
      if (Array.isArray(at(file, path))) continue;
      const misspelt = changed(file, [...path, 'notASetting'], 'x');
      expect([path.join('.'), isAccepted(misspelt), conforms(misspelt)]).toEqual([path.join('.'), false, false]);
    }
    expect(agreed).toBeGreaterThan(150);
    expect(refused).toBeGreaterThan(500);
  });

  test('accepts every template of the page on logins', () => {
    const page = readFileSync('docs/logins.md', 'utf8');
    const templates = [...page.matchAll(/```yaml\n# template: (\w+)\n(.*?)```/gs)];
    expect(templates.length).toBeGreaterThan(5);
    for (const [, name = '', text = ''] of templates) {
      conforms({ ...fullFile(), auth: parseYaml(text) });
      expect([name, conforms.errors ?? []]).toEqual([name, []]);
    }
  });
});

function defaultsIn(group: unknown): readonly (readonly [string, unknown])[] {
  return Object.entries(Object(Object(group).properties)).flatMap(([name, setting]) => {
    const fallback: unknown = Object(setting).default;
    return fallback === undefined ? [] : [[name, fallback] as const];
  });
}

function at(tree: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((group, name) => Reflect.get(Object(group), name), tree);
}

/** Groups whose names are the operator's. */
function isOpen(path: readonly string[]): boolean {
  return ['values', 'customers', 'orders'].includes(path.at(-1) ?? '');
}
