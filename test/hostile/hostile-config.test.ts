import { readFileSync } from 'node:fs';
import { describe, expect, jest, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config.js';
import { providers } from '../../src/providers/index.js';
import { subjectOf, subjects } from '../subjects/index.js';
import { mutateValue, mutation } from './mutate-json.js';
import { LONG_ENOUGH_MS, printWhatWasTried, tryAll } from './try-all.js';

printWhatWasTried();

/** Recognisable however much of it is cut off. */
const MARK = 'zq7391846205';

const example = readFileSync('upsell-graph.example.yaml', 'utf8');

/** Some hold what means something in YAML. */
const shapes = [`og-${MARK}-og`, `st_live_${MARK}`, `ce ntra-${MARK}`, `ap:pstle-${MARK}`, `re{charge-${MARK}`];

/** The variables of the example; those that are no secret have the value that a suite needs there. */
const credentials: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    (parse(example) as { accounts: Readonly<Record<string, unknown>>[] }).accounts.flatMap((account, index) =>
      Object.entries(account).flatMap(([setting, value]) => {
        const [, name] = /^\$\{(\w+)\}$/.exec(String(value)) ?? [];
        const open = subjectOf(String(account['provider'])).configuration.settings[setting];
        const text = typeof open === 'string' ? open : (shapes[index % shapes.length] ?? MARK);
        return name === undefined ? [] : [[name, text]];
      }),
    ),
  ),
  LEDGER_KEY: `ledger-${MARK}-ledger-${MARK}`,
};

const accounts = Array.from(subjects, ([provider, { account, configuration }]) => {
  const { settings, secrets, furtherSecrets = [] } = configuration;
  const written = {
    key: account,
    provider,
    ...settings,
    ...Object.fromEntries([...Object.keys(secrets), ...furtherSecrets].map((name) => [name, `st_${MARK}`])),
    timeoutMs: 500,
    environment: 'test',
    currency: 'USD',
    label: provider,
  };
  return `  - { ${Object.entries(written)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(', ')} }`;
});

/** Every group of settings there is, its credentials written out. */
const whole = `
server: { host: 127.0.0.1, port: 4000, graphiql: true, cors: { origins: ['https://shop.example'] } }
auth:
  secret: jwt-${MARK}-jwt-${MARK}
  issuer: https://login.example.com/
  audience: upsell-graph
  clockToleranceSeconds: 5
storage:
  url: postgres://shop:pw-${MARK}@db:5432/upsell
  encryptionKey: ledger-${MARK}-ledger-${MARK}
  previousEncryptionKey: '\${LEDGER_KEY}'
  retentionDays: 30
  giveUpAfterHours: 24
accounts:
${accounts.join('\n')}
`;

const texts = [whole, example];

/** Loads it, and says what is wrong with the answer. */
function check(text: string, env: Readonly<Record<string, string>> = credentials): 'loaded' | 'invalid' {
  const loaded = loadConfig({ configPath: 'x.yaml', providers, env, readFile: () => text });
  if (loaded.outcome === 'loaded') return 'loaded';
  expect(loaded.problems.length).toBeGreaterThan(0);
  for (const { path, message } of loaded.problems) {
    expect(message.trim()).not.toBe('');
    expect(path !== '' || /^(Line|No|The file) ?/.test(message)).toBe(true);
  }
  const told = JSON.stringify(loaded);
  expect(fragments.filter((fragment) => told.includes(fragment))).toEqual([]);
  expect(told.length).toBeLessThan(100_000);
  return 'invalid';
}

/** Six characters of a secret are a leak. */
const fragments = Array.from({ length: MARK.length - 5 }, (_, start) => MARK.slice(start, start + 6));

/** What means something in YAML or in JavaScript. */
const punctuation = `: , - & * &a *a <<: !!js/function !!binary !!int | > { } [ ] " ' # %YAML ... --- @ \` ~ null 1e999 \${ \${JWT_SECRET} __proto__: constructor:`;

/** Also what should mean nothing. */
const snippet = fc.oneof(
  fc.constantFrom(
    ...punctuation.split(' '),
    ': ',
    '\n- ',
    '\n  ',
    '\t',
    '? ',
    'a: &a [*a]',
    '\0',
    '\u2028',
    '\uFEFF',
    '\uD800',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);

const edit = fc.record({ at: fc.nat(10_000), remove: fc.oneof(fc.nat(3), fc.nat(200)), insert: snippet });

function editText(text: string, edits: readonly { at: number; remove: number; insert: string }[]): string {
  return edits.reduce((edited, { at, remove, insert }) => {
    const start = at % (edited.length + 1);
    return edited.slice(0, start) + insert + edited.slice(start + remove);
  }, text);
}

describe('a configuration file', () => {
  test('that was written well is loaded', () => {
    expect(texts.map((text) => check(text))).toEqual(['loaded', 'loaded']);
  });

  test(
    'whose text was garbled is loaded or refused with its mistakes, and no secret is told',
    () =>
      tryAll(
        'configuration texts',
        500,
        fc.record({ text: fc.constantFrom(...texts), edits: fc.array(edit, { minLength: 1, maxLength: 4 }) }),
        ({ text, edits }) => {
          check(editText(text, edits));
        },
      ),
    LONG_ENOUGH_MS,
  );

  test(
    'whose settings are others, missing, or of other kinds is loaded or refused with its mistakes',
    () =>
      tryAll(
        'configuration trees',
        300,
        fc.record({ text: fc.constantFrom(...texts), mutations: fc.array(mutation, { minLength: 1, maxLength: 3 }) }),
        ({ text, mutations }) => {
          // JSON is YAML.
          check(JSON.stringify(mutations.reduce(mutateValue, parse(text))) ?? '');
        },
      ),
    LONG_ENOUGH_MS,
  );

  test(
    'meets any environment',
    () =>
      tryAll(
        'environments',
        60,
        fc.record({
          text: fc.constantFrom(...texts),
          values: fc.dictionary(fc.constantFrom(...Object.keys(credentials)), fc.string({ unit: 'binary' })),
        }),
        ({ text, values }) => {
          check(text, { ...values });
        },
      ),
    LONG_ENOUGH_MS,
  );

  test('with a space left out, so that a secret stands where a setting should, does not tell it', () => {
    const misplaced = [
      whole.replace('token: st_', 'token:st_'),
      whole.replace('token: st_', 'token, st_'),
      whole.replace('secret: jwt', 'secret:jwt'),
    ];
    expect(misplaced.map((text) => check(text))).toEqual(['invalid', 'invalid', 'invalid']);
  });

  test('makes the parser warn of nothing: its warnings quote the file', () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    check(whole.replace('token: st_', '? [st_').replace(', timeoutMs', '] : 1, timeoutMs'));
    check(`${whole}? { a: ${MARK} }\n: 1\n`);
    expect(warn.mock.calls).toEqual([]);
    warn.mockRestore();
  });

  test('that refers to itself, or to nothing, is a mistake', () => {
    expect(check('a: &a [*a]')).toBe('invalid');
    expect(check('accounts: *nothing')).toBe('invalid');
    const laughs = Array.from(
      { length: 30 },
      (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}, *a${level}]`,
    );
    expect(check(['a0: &a0 [x]', ...laughs].join('\n'))).toBe('invalid');
  });
});
