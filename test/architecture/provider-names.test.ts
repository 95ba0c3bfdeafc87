import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { emulators } from '../../src/emulators/index.js';
import { providers } from '../../src/providers/index.js';
import { suitesOf } from '../mutation/suites.mjs';
import { loadPart } from '../subjects/parts.js';
import { type Exception, namesIn, type ProviderName, unexpectedNames } from './provider-names.js';

/** Stand for all where one account is enough: orders to come with much to them, and the settings of a single token. */
const examples = ['ordergroove', 'surecart'];

const exceptions: readonly Exception[] = [
  { place: 'src/providers/index.ts', words: Object.keys(providers), why: 'the registry' },
  { place: 'src/emulators/index.ts', words: Object.keys(emulators), why: 'the registry' },
  { place: 'test/architecture/architecture.test.ts', words: ['appstle', 'centra'], why: 'paths that break a rule' },
  {
    place: 'test/auth/logins.test.ts',
    words: ['appstle', 'centra'],
    why: 'accounts of the examples in the documentation',
  },
  { place: 'test/calls/calls.test.ts', words: ['ordergroove'], why: 'orders whose items come on pages of their own' },
  { place: 'test/config/reference.test.ts', words: ['surecart'], why: 'what an account is where it says nothing' },
  { place: 'test/doctor/doctor.test.ts', words: ['ordergroove', 'surecart'], why: 'each further mishap once' },
  { place: 'test/e2e/paging.test.ts', words: ['appstle'], why: 'one list of two accounts' },
  { place: 'test/e2e/process.test.ts', words: ['appstle', 'ordergroove'], why: 'two of the lines of a start' },
  {
    place: 'test/federation/entities.test.ts',
    words: ['appstle', 'centra', 'surecart'],
    why: 'three ways of reading lines',
  },
  { place: 'test/limits/overload.test.ts', words: ['recharge'], why: 'an account beside one that is slow' },
  { place: 'test/longest-first.sequencer.js', words: ['appstle'], why: 'the longest suites, as measured' },
  {
    place: 'test/outbound/outbound.test.ts',
    words: ['appstle', 'centra'],
    why: 'writes of two kinds under slow answers',
  },
  { place: 'test/providers/as-planned.test.ts', words: ['centra'], why: 'three answers to one question' },
  {
    place: 'test/providers/misread-answers.test.ts',
    words: Object.keys(providers),
    why: 'a table of answers, each of one API, with the one reading that none of them allows',
  },
  { place: 'test/server/digits.test.ts', words: ['centra'], why: 'payment fields, which one provider takes' },
  { place: 'test/server/surprises.test.ts', words: ['appstle'], why: 'a second account beside the example' },
  { place: 'test/storefront/walk.test.ts', words: ['appstle', 'centra'], why: 'pages of the example shop' },
  { place: 'test/unit/fairness.test.ts', words: ['appstle'], why: 'limits of another shape than those of the example' },
  { place: 'test/webhooks/inbox.test.ts', words: ['ordergroove'], why: 'a change behind the back of the server' },
  { place: 'bench/hanging.mjs', words: ['appstle', 'centra'], why: 'measures three accounts beside one that hangs' },
  { place: 'bench/upstream/emulators.mjs', words: ['ordergroove', 'surecart'], why: 'the limits of those three' },
];

const names: readonly ProviderName[] = Object.entries(providers).map(([word, { key, title }]) => ({
  word,
  key,
  title,
}));

/** Every file of code that is of no provider of its own. */
function* sharedFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    const isOwn = /^(?:src|test)\/(?:providers|emulators|subjects)\/([^/]+)$/.exec(path)?.[1] ?? '';
    if (entry.isFile() && /(?<!\.d)\.[cm]?[jt]sx?$/.test(path)) yield path;
    if (entry.isDirectory() && !(isOwn in providers) && !['node_modules', 'generated'].includes(entry.name))
      yield* sharedFiles(path);
  }
}

describe('what is shared by all providers', () => {
  test('names none of them, where it is no example', () => {
    const files = ['src', 'test', 'bench', 'scripts'].flatMap((folder) => [...sharedFiles(folder)]);
    const own = import.meta.url.slice(-'test/architecture/provider-names.test.ts'.length);
    const named = files.filter((path) => path !== own).map((path) => namesIn(path, readFileSync(path, 'utf8'), names));
    expect(named.length).toBeGreaterThan(500);
    expect(unexpectedNames(named, examples, exceptions)).toEqual([]);
  });

  test.each([
    'const tables = { toy: 1 };',
    "const tables = { 'toy-us': 1 };",
    "import { a } from '../../src/emulators/toy/index.js';",
    "import { a as ofToy } from './a.js';",
    'const { toyScenarios } = all;',
    'const query = `{ accounts(provider: TOY) { key } }`;',
    "test('a list of Toy & Co', () => {});",
    'const pattern = /^toy-/;',
  ])('is found to name one in %s', (source) => {
    const toy = { word: 'toy', key: 'TOY', title: 'Toy & Co' };
    expect(namesIn('test/a.test.ts', source, [toy]).words).toEqual(['toy']);
  });

  test('may speak of one in a comment, and of words that begin as its own does', () => {
    const source = "/** As toy does. */\nconst a = ['toys', 'stoyed', 'destoy'];";
    expect(namesIn('test/a.test.ts', source, [{ word: 'toy', key: 'TOY', title: 'Toy' }]).words).toEqual([]);
  });

  test('may take an example, unless it goes through all', () => {
    const files = ['providers', 'others'].map((all) =>
      namesIn(`test/${all}.test.ts`, `const surecart = Object.keys(${all});`, names),
    );
    expect(unexpectedNames(files, ['surecart'], [])).toEqual([
      'test/providers.test.ts names surecart: what differs by provider belongs to test/subjects/surecart',
    ]);
    const exception = { place: 'test/', words: ['surecart', 'centra'], why: '' };
    expect(unexpectedNames(files, [], [exception])).toEqual(['test/ is no exception for centra']);
  });
});

describe('a provider that is registered', () => {
  test('is missed by name where a part of its subject is missing', async () => {
    for (const part of ['subject', 'crash', 'plans', 'stage', 'webhooks'] as const) {
      const file = part === 'subject' ? 'index' : part;
      await expect(loadPart(part, ['nobody'])).rejects.toThrow(
        `the provider nobody is registered, and test/subjects/nobody/${file}.ts is missing`,
      );
    }
  });

  test('has suites by which its mutants are judged', () => {
    for (const word of Object.keys(providers)) expect(suitesOf).toHaveProperty(`src/providers/${word}`);
    const files = [
      ...sharedFiles('test'),
      ...Object.keys(providers).flatMap((word) => [...sharedFiles(`test/providers/${word}`)]),
    ];
    for (const pattern of Object.values(suitesOf).flat()) {
      const expression = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`);
      expect([pattern, files.some((path) => expression.test(path))]).toEqual([pattern, true]);
    }
  });
});
