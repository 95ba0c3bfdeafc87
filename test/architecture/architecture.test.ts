import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { circlesAmong } from './circles.js';
import { violationsOf } from './rules.js';
import { factsOf } from './source-facts.js';

function violationsIn(path: string, source: string) {
  return violationsOf(factsOf(path, source)).map((violation) => violation.slice(path.length + 1));
}

function sourceFiles(): readonly string[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts'));
}

/** Nothing imports them: they keep what others bring at versions that run on the oldest Node. */
const heldBack = ['@graphql-tools/merge', '@graphql-tools/schema', 'light-my-request'];

describe('the source', () => {
  test('keeps every rule of the layout', () => {
    const files = sourceFiles();
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap((path) => violationsOf(factsOf(path, readFileSync(path, 'utf8'))))).toEqual([]);
  });
});

describe('imports', () => {
  test('go round in no circle, those of types included', () => {
    expect(circlesAmong(sourceFiles().map((path) => factsOf(path, readFileSync(path, 'utf8'))))).toEqual([]);
  });

  test('that go round in a circle are found, over whatever way', () => {
    const file = (path: string, ...imports: string[]) => ({ path: `src/${path}.ts`, imports });
    const files = [
      file('a/one', '../b/two.js', 'zod'),
      file('b/two', './three.js', './four.js'),
      file('b/three', '../a/one.js'),
      file('b/four', './five.js'),
      file('b/five'),
      file('c/self', './self.js'),
    ];
    expect(circlesAmong(files)).toEqual([['src/a/one.ts', 'src/b/three.ts', 'src/b/two.ts'], ['src/c/self.ts']]);
    expect(circlesAmong(files.slice(1))).toEqual([['src/c/self.ts']]);
  });
});

describe('the dependencies', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };

  test('at run time are the packages the source imports, no more and no fewer', () => {
    const imports = sourceFiles().flatMap((path) => factsOf(path, readFileSync(path, 'utf8')).imports);
    const packages = imports.filter((name) => !/^(\.|node:)/.test(name)).map(packageOf);
    expect([...new Set([...packages, ...heldBack])].sort()).toEqual(Object.keys(dependencies).sort());
  });

  test('are each of one version, with a word on what would replace them', () => {
    expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+(-rc\.\d+)?$/.test(version))).toEqual([]);
    const [, atRunTime = ''] = readFileSync('docs/dependencies.md', 'utf8').split(/^## /m);
    const reasons = atRunTime.split('\n').filter((line) => line.startsWith('- **'));
    expect(reasons.length).toBeGreaterThan(20);
    expect(reasons.filter((line) => !/ In (its|their) place: ./.test(line))).toEqual([]);
  });

  test('are locked with their checksums, and run no script that is not told of', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
    const locked = Object.entries(packages).filter(([path]) => path !== '');
    expect(locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
    const withScript = locked.filter(([, { dev, hasInstallScript }]) => hasInstallScript && !dev);
    expect(withScript.map(([path]) => path)).toEqual(['node_modules/@apollo/protobufjs']);
  });
});

interface Locked {
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

describe('an import against the direction is found', () => {
  const forbidden = {
    'the domain knows nobody': ['src/domain/order.ts', '../http/json.js', 'imports http; domain may not'],
    'http knows the domain only': ['src/http/call.ts', '../providers/index.js', 'imports providers; http may not'],
    'a provider does not know operations': [
      'src/providers/centra/index.ts',
      '../../operations/ledger.js',
      'imports operations; providers may not',
    ],
    'a provider does not know another': [
      'src/providers/centra/index.ts',
      '../appstle/index.js',
      'imports providers/appstle; its neighbours may not',
    ],
    'what providers share does not know one of them': [
      'src/providers/kit/pages.ts',
      '../centra/client.js',
      'imports providers/centra; its neighbours may not',
    ],
    'a provider does not know the registry': [
      'src/providers/centra/index.ts',
      '../index.js',
      'imports providers/index; its neighbours may not',
    ],
    'operations do not know http': ['src/operations/claim.ts', '../http/json.js', 'imports http; operations may not'],
    'storage does not know the graph': [
      'src/storage/tables.ts',
      '../graph/context.js',
      'imports graph; storage may not',
    ],
    'auth knows the domain only': ['src/auth/access.ts', '../graph/context.js', 'imports graph; auth may not'],
    'the graph knows no provider': [
      'src/graph/order/order.resolver.ts',
      '../../providers/centra/index.js',
      'imports providers; graph may not',
    ],
    'config knows no provider': ['src/config.ts', './providers/index.js', 'imports providers; config may not'],
    'an emulator shares nothing with its provider': [
      'src/emulators/centra/store.ts',
      '../../domain/money.js',
      'imports domain; emulators may not',
    ],
    'an emulator does not know another': [
      'src/emulators/centra/store.ts',
      '../appstle/store.js',
      'imports emulators/appstle; its neighbours may not',
    ],
    'nobody knows the server': ['src/graph/context.ts', '../server/log.js', 'imports server; graph may not'],
  } as const;

  test.each(Object.entries(forbidden))('%s', (_rule, [path, module, violation]) => {
    expect(violationsIn(path, `import { a } from '${module}';`)).toEqual([violation]);
  });

  test('in whatever form it is written', () => {
    const forms = [
      "import '../http/a.js';",
      "import type { A } from '../http/a.js';",
      "import { type A } from '../http/a.js';",
      "import * as a from '../http/a.js';",
      "export { a } from '../http/a.js';",
      "export type { A } from '../http/a.js';",
      "export * from '../http/a.js';",
      "const a = await import('../http/a.js');",
      "type A = import('../http/a.js').A;",
      "import a = require('../http/a.js');",
      "const a = require('../http/a.js');",
    ];
    for (const form of forms) {
      expect([form, violationsIn('src/domain/order.ts', form)]).toEqual([form, ['imports http; domain may not']]);
    }
  });

  test('but not in a comment or a text', () => {
    expect(violationsIn('src/domain/a.ts', "// import '../http/a.js'\nconst a = `import '../http/a.js'`;")).toEqual([]);
  });

  test('and one that is computed is not let through', () => {
    expect(violationsIn('src/graph/a.ts', 'await import(name);')).toEqual([
      'imports a module that cannot be told by reading',
    ]);
  });

  test('while the allowed ones pass', () => {
    const allowed = [
      ['src/providers/centra/index.ts', '../../http/call.js'],
      ['src/providers/centra/routes/a.ts', '../client.js'],
      ['src/providers/centra/wire.ts', '../kit/decode.js'],
      ['src/providers/kit/json-api.ts', '../../http/call.js'],
      ['src/providers/index.ts', './centra/index.js'],
      ['src/emulators/centra/store.ts', '../kit/clock.js'],
      ['src/graph/order/order.resolver.ts', '../../auth/access.js'],
      ['src/server/sandbox.ts', '../emulators/index.js'],
      ['src/main.ts', './server.js'],
    ] as const;
    for (const [path, module] of allowed) {
      expect(violationsIn(path, `import { a } from '${module}';`)).toEqual([]);
    }
  });
});

describe('a package', () => {
  test('is not for the domain, not even one of Node', () => {
    expect(violationsIn('src/domain/a.ts', "import { z } from 'zod';\nimport fs from 'node:fs';")).toEqual([
      'imports zod; the domain imports no package',
      'imports node:fs; the domain imports no package',
    ]);
  });

  test('of GraphQL stays in the graph and the server', () => {
    for (const name of ['graphql', 'type-graphql', '@apollo/server/plugin/disabled', 'dataloader']) {
      const source = `import { a } from '${name}';`;
      expect(violationsIn('src/operations/a.ts', source)).toHaveLength(1);
      expect(violationsIn('src/providers/centra/a.ts', source)).toHaveLength(1);
      expect(violationsIn('src/graph/a.ts', source)).toEqual([]);
    }
  });
});

describe('what may be off', () => {
  test('is loaded only when it is switched on', () => {
    expect(violationsIn('src/server/a.ts', "import { trace } from '@opentelemetry/api';")).toEqual([
      'loads @opentelemetry/api; only observability/tracing may',
    ]);
    expect(violationsIn('src/observability/a.ts', "import { startMetrics } from './metrics/metrics.js';")).toEqual([
      'loads observability/metrics although it may be off',
    ]);
    expect(violationsIn('src/server/a.ts', "export * from '../observability/tracing/tracing.js';")).toEqual([
      'loads observability/tracing although it may be off',
    ]);
    expect(violationsIn('src/server.ts', "import { startSandbox } from './server/sandbox.js';")).toEqual([
      'loads server/sandbox although it may be off',
    ]);
    expect(violationsIn('src/server/a.ts', "import { emulators } from '../emulators/index.js';")).toEqual([
      'loads src/emulators/index.js; only server/sandbox may',
    ]);
  });

  test('may be known by its types', () => {
    const forms = [
      "import type { Tracing } from './tracing/tracing.js';",
      "import { type Tracing } from './tracing/tracing.js';",
      "import type { Context } from '@opentelemetry/api';",
      "const { startTracing } = await import('./tracing/tracing.js');",
    ];
    for (const form of forms) expect([form, violationsIn('src/observability/a.ts', form)]).toEqual([form, []]);
    expect(violationsIn('src/observability/metrics/a.ts', "import { Gauge } from 'prom-client';")).toEqual([]);
  });
});

describe('the environment and the console', () => {
  test('are read by config only, however it is written', () => {
    const forms = [
      'process.env.PORT;',
      "process['env'];",
      'const { env } = process;',
      'globalThis.process.env;',
      "import { env } from 'node:process';",
    ];
    for (const form of forms) {
      expect(violationsIn('src/server/a.ts', form)).toEqual(['reads the environment; only config may']);
      expect(violationsIn('src/config/a.ts', form)).toEqual([]);
      expect(violationsIn('src/config.ts', form)).toEqual([]);
    }
    expect(violationsIn('src/server/a.ts', 'process.exit(1); other.env;')).toEqual([]);
  });

  test('are written to by main only', () => {
    expect(violationsIn('src/graph/a.ts', "console.log('a');")).toEqual(['writes to the console; only main may']);
    expect(violationsIn('src/main.ts', "console.log('a');")).toEqual([]);
  });
});

describe('identifiers of customers', () => {
  test('are compared by the rule of their provider only, however it is written', () => {
    const forms = [
      'one.customerId === other.customerId;',
      'if (customerId !== shopper.id) stop();',
      'rows.filter((row) => row.customer === id);',
      'const isOwn = ownerId === who;',
    ];
    for (const form of forms) {
      expect(violationsIn('src/providers/a/b.ts', form)).toContain('compares customers as text; `sameCustomer` may');
    }
    for (const form of ['customerId === null;', 'undefined !== ownerId;', 'sameCustomer(owner, customerId);']) {
      expect(violationsIn('src/providers/a/b.ts', form)).not.toContain(
        'compares customers as text; `sameCustomer` may',
      );
    }
  });
});

describe('a data source', () => {
  const past = ['asks a provider past the guard'];

  test('is opened by the guard and the write protocol only, however it is written', () => {
    const forms = [
      'connected.connection.open(scope);',
      "connected['connection'].open(scope);",
      'const { connection } = connected;',
      'const { connection: way } = connected;',
      'function open({ connection }: ConnectedAccount) {}',
    ];
    for (const form of forms) {
      expect([form, violationsIn('src/graph/a.ts', form)]).toEqual([form, past]);
      expect(violationsIn('src/operations/read-back.ts', form)).toEqual(past);
      expect(violationsIn('src/server/connect-accounts.ts', form)).toEqual(past);
      expect(violationsIn('src/auth/guarded-source.ts', form)).toEqual([]);
      expect(violationsIn('src/operations/write-service.ts', form)).toEqual([]);
    }
    expect(violationsIn('src/graph/a.ts', 'const connection = toConnection(page); use({ connection });')).toEqual([]);
  });

  test('is known to the graph only as it comes from the guard', () => {
    const source = "import type { DataSource as Source, GuardedSource } from '../domain/provider.js';";
    expect(violationsIn('src/graph/a.ts', source)).toEqual(['knows DataSource; the graph reads through the guard']);
    expect(violationsIn('src/operations/a.ts', source)).toEqual([]);
  });
});

describe('a record of a provider', () => {
  test('is not made the slow way', () => {
    const slow = 'export const a = { ...b, c: 1, d: 2, e: 3, f: 4 };';
    expect(violationsIn('src/providers/centra/a.ts', slow)).toEqual([
      'names 4 properties after a spread; put the spread last',
    ]);
    expect(violationsIn('src/config/a.ts', slow)).toEqual([]);
    expect(violationsIn('src/providers/centra/a.ts', 'export const a = { c: 1, d: 2, e: 3, f: 4, ...b };')).toEqual([]);
  });
});

describe('what is made for one request', () => {
  test('has no functions that V8 keeps', () => {
    const kept = ['has a getter, a setter or a generator in an object literal; make it a class or a function'];
    for (const source of [
      'export const a = (b) => ({ get c() { return b; } });',
      'export const a = (b) => ({ set c(d) { b = d; } });',
      'export const a = (b) => ({ *c() { yield b; } });',
      'export const a = (b) => ({ async *c() { yield b; } });',
      'export const a = (b) => ({ c: function* () { yield b; } });',
    ]) {
      expect(violationsIn('src/graph/a.ts', source)).toEqual(kept);
      expect(violationsIn('src/emulators/kit/a.ts', source)).toEqual([]);
    }
    expect(violationsIn('src/graph/a.ts', 'export class A { get c() { return 1; } *[Symbol.iterator]() {} }')).toEqual(
      [],
    );
    expect(violationsIn('src/graph/a.ts', 'export function* a() { yield { b() {} }; }')).toEqual([]);
  });
});

describe('the comment of an exported function', () => {
  test('starts with a verb in the third person, or with "Whether"', () => {
    for (const comment of ['/** The order. */', '/** Return it. */', '/**\n * https://example.com: its order.\n */']) {
      for (const start of ['function', 'async function', 'function*']) {
        expect(violationsIn('src/graph/a.ts', `${comment}\nexport ${start} orderOf() {}`)).toEqual([
          'describes orderOf without saying first what it does',
        ]);
      }
    }
    for (const comment of ['/** Returns it. */', '/**\n * Whether it is there.\n */', '// Null without one.', '']) {
      expect(
        violationsIn('src/graph/a.ts', `/** A. */\nconst a = 1;\n${comment}\nexport function orderOf() {}`),
      ).toEqual([]);
    }
  });
});

describe('a name', () => {
  test('is kebab-case with a known suffix and says what is in the file', () => {
    for (const path of ['src/graph/OrderType.ts', 'src/graph/order.service.ts', 'src/graph/order_type.ts']) {
      expect(violationsIn(path, '')).toEqual(['is not named in kebab-case with a known suffix']);
    }
    for (const path of [
      'src/graph/utils/a.ts',
      'src/graph/date-helpers.ts',
      'src/http/common.ts',
      'src/http/misc.ts',
    ]) {
      expect(violationsIn(path, '')).toEqual(['has a name that says nothing of what is in it']);
    }
    expect(violationsIn('src/graph/order/order.type.ts', '')).toEqual([]);
  });

  test('of a folder is one of the layout', () => {
    expect(violationsIn('src/services/a.ts', '')).toEqual(['lies in services, which is no folder of the layout']);
  });
});
