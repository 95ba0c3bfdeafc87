import { describe, expect, test } from '@jest/globals';
import { standardClaims } from '../../src/auth/claim-rules.js';
import { loadConfig } from '../../src/config.js';
import { readCommandLine } from '../../src/config/command-line.js';
import { defaultLimits } from '../../src/config/limits.js';
import type { Providers } from '../../src/config/accounts.js';
import { demoProvider, DemoSettings } from './demo-provider.js';

const providers: Providers = {
  demo: demoProvider,
  hosted: { ...demoProvider, defaultBaseUrl: null, defaultTimeZone: null },
};

const secret = 'a-shared-secret-of-32-bytes-or-more';

const valid = `
server: { host: 0.0.0.0, port: 4100, graphiql: false, cors: { origins: ['https://shop.example'] } }
auth: { secret: '\${JWT_SECRET}', issuer: https://issuer.example, audience: upsell }
accounts:
  - { key: og-us, provider: demo, merchantId: '0042', apiKey: '\${OG_KEY}', currency: usd, label: Demo shop, environment: test }
`;

function load(
  text: string | null,
  env: Record<string, string> = {},
  configPath: string | null = null,
  sandbox = false,
) {
  const readFile = (path: string) => {
    if (text === null) throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' });
    return text;
  };
  return loadConfig({ configPath, sandbox, env, providers, readFile });
}

function configOf(text: string | null, env: Record<string, string> = {}) {
  const loaded = load(text, env);
  if (loaded.outcome === 'invalid') throw new Error(loaded.message);
  return loaded.config;
}

/** The mistakes as `path: message` lines. */
function mistakesIn(text: string | null, env: Record<string, string> = {}, configPath: string | null = null) {
  const loaded = load(text, env, configPath);
  return loaded.outcome === 'invalid' ? loaded.problems.map(({ path, message }) => `${path}: ${message}`) : [];
}

const environment = { JWT_SECRET: secret, OG_KEY: 'key-1' };

function account(more: string) {
  return `auth: { secret: ${secret}, issuer: i, audience: a }\naccounts:\n  - { key: og-us, provider: demo, merchantId: m, ${more} }`;
}

describe('a valid file', () => {
  test('becomes typed accounts, token rules and server settings, with variables filled in', () => {
    const config = configOf(valid, environment);
    if (config.mode !== 'configured') throw new Error('expected the file to be used');
    expect(config.server).toEqual({
      host: '0.0.0.0',
      port: 4100,
      graphiql: false,
      corsHeaders: [],
      drainDelaySeconds: 5,
      stopSeconds: 30,
      introspection: true,
      corsOrigins: ['https://shop.example'],
      trustedProxies: [],
      trustedDocuments: null,
      limits: defaultLimits,
    });
    expect(config.auth).toEqual({
      issuers: [
        {
          key: { kind: 'secret', secret },
          issuer: 'https://issuer.example',
          audience: 'upsell',
          clockToleranceSeconds: 5,
          claims: standardClaims,
        },
      ],
      session: null,
    });
    expect(config.accounts).toHaveLength(1);
    expect(config.accounts[0]?.account).toMatchObject({
      key: 'og-us',
      provider: 'DEMO',
      label: 'Demo shop',
      environment: 'TEST',
      baseUrl: 'https://api.example.com',
      timeZone: 'America/Chicago',
      currency: 'USD',
      timeoutMs: 5000,
      settings: { merchantId: '0042', apiKey: 'key-1' },
    });
    expect(config.accounts[0]?.account.settings).toBeInstanceOf(DemoSettings);
  });

  test('is live, labelled by its key and without a currency unless it says otherwise', () => {
    const config = configOf(account('baseUrl: http://127.0.0.1:9/'));
    expect(config.mode === 'configured' && config.accounts[0]?.account).toMatchObject({
      environment: 'LIVE',
      label: 'og-us',
      currency: null,
      baseUrl: 'http://127.0.0.1:9',
    });
  });

  test('numbers may come from the environment', () => {
    const config = configOf(`server: { port: '\${WEB_PORT}' }\n${account('timeoutMs: "${WAIT}"')}`, {
      WEB_PORT: '8080',
      WAIT: '900',
    });
    expect(config.server.port).toBe(8080);
    expect(config.mode === 'configured' && config.accounts[0]?.account.timeoutMs).toBe(900);
  });

  test('a variable is not looked for inside the value of another one', () => {
    const config = configOf(valid, { JWT_SECRET: secret, OG_KEY: 'a${JWT_SECRET}' });
    expect(config.mode === 'configured' && config.accounts[0]?.account.settings).toMatchObject({
      apiKey: 'a${JWT_SECRET}',
    });
  });
});

describe('what is measured', () => {
  function observabilityOf(group: string, env: Readonly<Record<string, string>> = {}) {
    return configOf(`observability: ${group}\n${account('')}`, env).observability;
  }

  test('is nothing unless it is asked for', () => {
    const off = {
      otlpUrl: null,
      serviceName: 'upsell-graph',
      resourceAttributes: {},
      variablesNotRead: [],
      sampleRatio: 1,
      metrics: false,
      metricsPort: null,
      requestLog: false,
    };
    expect(observabilityOf('{}')).toEqual(off);
    expect(observabilityOf('{ otlpUrl: http://collector:4318, sampleRatio: 0.1 }')).toEqual({
      ...off,
      otlpUrl: 'http://collector:4318',
      sampleRatio: 0.1,
    });
    expect(observabilityOf('{ metricsPort: 9464 }')).toEqual({ ...off, metrics: true, metricsPort: 9464 });
  });

  test('follows the standard variables, which win over the file', () => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://standard:4318', OTEL_SERVICE_NAME: 'shop' };
    const named = { otlpUrl: 'http://standard:4318', serviceName: 'shop' };
    expect(observabilityOf('{ otlpUrl: http://collector:4318, serviceName: mine }', env)).toMatchObject(named);
    expect(configOf(null, env).observability).toMatchObject(named);
    expect(mistakesIn(null, { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' })).toEqual([
      'OTEL_EXPORTER_OTLP_ENDPOINT: must be an http or https URL, without credentials, query or fragment',
    ]);
  });

  test('takes attributes from the standard variable, and names the variables that have no effect', () => {
    const env = {
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=live,team=a%20b, =x,broken,bad=%E0%A4%A',
      OTEL_EXPORTER_OTLP_HEADERS: 'a=b',
      OTEL_BSP_SCHEDULE_DELAY: '1000',
      OTEL_TRACES_SAMPLER: 'always_on',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    };
    expect(observabilityOf('{}', env)).toMatchObject({
      resourceAttributes: { 'deployment.environment.name': 'live', team: 'a b' },
      variablesNotRead: ['OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_TRACES_SAMPLER'],
    });
  });

  test('in a sandbox counts, and traces nothing unless it is asked for', () => {
    expect(configOf(null).observability).toMatchObject({ otlpUrl: null, metrics: true, requestLog: false });
  });

  test('goes to a collector that is named without credentials', () => {
    const mistakes = mistakesIn(
      `observability: { otlpUrl: 'http://user:pw@collector', sampleRatio: 2, metricsPort: -1 }\n${account('')}`,
    );
    expect(mistakes).toEqual([
      'observability.otlpUrl: must be an http or https URL, without credentials, query or fragment',
      'observability.sampleRatio: must not be greater than 1',
      'observability.metricsPort: must not be less than 0',
    ]);
    expect(mistakesIn(`observability: { otlpUrl: 'http://:pw@collector' }\n${account('')}`)).toHaveLength(1);
  });
});

describe('where writes are remembered', () => {
  function storageOf(text: string) {
    const config = configOf(text);
    return config.mode === 'configured' ? config.storage : null;
  }

  test('is an embedded file unless a database is named', () => {
    const times = { retentionDays: 30, giveUpAfterHours: 24 };
    expect(storageOf(account(''))).toEqual({
      url: null,
      connections: 10,
      listenUrl: null,
      replicas: 1,
      redis: null,
      file: '.data/ledger.db',
      encryptionKeys: [],
      ...times,
    });
    expect(
      storageOf(`storage: { url: 'postgres://db/upsell', encryptionKey: '${secret}' }\n${account('')}`),
    ).toMatchObject({ url: 'postgres://db/upsell', encryptionKeys: [secret] });
  });

  test('is shared by several processes only where they can share it', () => {
    const shared = (more: string) =>
      mistakesIn(`storage: { url: 'postgres://db/upsell', encryptionKey: '${secret}', ${more} }\n${account('')}`);
    expect(shared("replicas: 4, redis: 'rediss://cache.example:6379'")).toEqual([]);
    expect(shared("redis: 'redis://cache.example'")).toEqual(['storage.redis: needs storage.replicas above 1']);
    expect(shared("replicas: 2, redis: 'https://cache.example'")).toEqual([
      'storage.redis: must be a URL such as rediss://user:password@host:6379',
    ]);
    expect(mistakesIn(`storage: { replicas: 2 }\n${account('')}`)).toEqual([
      'storage.replicas: above 1 needs storage.url',
    ]);
    expect(mistakesIn(`storage: { connections: 5 }\n${account('')}`)).toEqual([
      'storage.connections: needs storage.url',
    ]);
  });

  test('is one place, not two', () => {
    const storage = `{ url: 'postgres://db/upsell', file: a.db, encryptionKey: '${secret}' }`;
    expect(mistakesIn(`storage: ${storage}\n${account('')}`)).toEqual([
      'storage.file: cannot stand beside storage.url. Remove one.',
    ]);
  });

  test('a database needs a key to seal with; an old key only stands beside a new one', () => {
    const missing = 'storage.encryptionKey: is missing. Make one with `openssl rand -base64 32` and keep it.';
    expect(mistakesIn(`storage: { url: 'postgres://db/upsell' }\n${account('')}`)).toEqual([missing]);
    expect(mistakesIn(`storage: { previousEncryptionKey: '${secret}' }\n${account('')}`)).toEqual([missing]);
    expect(mistakesIn(`storage: { encryptionKey: short }\n${account('')}`)).toEqual([
      'storage.encryptionKey: must be text of at least 32 bytes',
    ]);
  });
});

describe('the environment', () => {
  test('PORT and HOST win over the file', () => {
    expect(configOf(valid, { ...environment, PORT: '0', HOST: '::1' }).server).toMatchObject({ host: '::1', port: 0 });
  });

  test('a PORT that is no port is a mistake', () => {
    for (const PORT of ['65536', '-1', '80a', '1e3', '4.5', ' 80']) {
      expect(mistakesIn(null, { PORT })).toEqual(['PORT: must be a whole number from 0 to 65535']);
    }
  });

  test('production turns GraphiQL off unless the file asks for it', () => {
    const production = { ...environment, NODE_ENV: 'production' };
    expect(configOf(null, {}).server.graphiql).toBe(true);
    expect(configOf(valid.replace('graphiql: false, ', ''), production).server).toMatchObject({
      graphiql: false,
      introspection: false,
    });
    expect(configOf(valid.replace('graphiql: false', 'graphiql: true'), production).server.graphiql).toBe(true);
  });
});

test('a sandbox in production has to be asked for, and then whatever files there are', () => {
  const production = { NODE_ENV: 'production' };
  expect(mistakesIn(null, production)).toEqual([expect.stringContaining('No configuration file was found')]);
  expect(load(null, production, null, true)).toMatchObject({ outcome: 'loaded', config: { mode: 'sandbox' } });
  expect(load(valid, { UPSELL_GRAPH_CONFIG: 'a.yaml' }, null, true)).toMatchObject({ config: { mode: 'sandbox' } });
});

test('switches and shares come from the environment as well', () => {
  const file = `${valid}observability: { metrics: '\${METRICS}', sampleRatio: '\${RATIO}' }\n`.replace(
    'graphiql: false',
    "graphiql: '${GQ}'",
  );
  const config = configOf(file, { ...environment, METRICS: 'true', RATIO: '0.25', GQ: 'true' });
  expect(config.server.graphiql).toBe(true);
  expect(config.observability).toMatchObject({ metrics: true, sampleRatio: 0.25 });
  expect(mistakesIn(file, { ...environment, METRICS: 'yes', RATIO: 'half', GQ: 'true' })).toEqual([
    'observability.sampleRatio: must be a number conforming to the specified constraints',
    'observability.metrics: must be a boolean value',
  ]);
});

describe('the limits of a server', () => {
  const server = (settings: string) => `server: { ${settings} }\n${account('')}`;

  test('are the defaults but for what the file says, also as text from the environment', () => {
    const limits = 'limits: { depth: 7, cost: "${COST}", aliases: , rate: { shopper: 0 } }';
    expect(configOf(server(limits), { COST: '900' }).server.limits).toEqual({
      ...defaultLimits,
      depth: 7,
      cost: 900,
      rate: { ...defaultLimits.rate, shopper: 0 },
    });
  });

  test('of a sandbox count no requests of its one shopper', () => {
    expect(configOf(null).server.limits.rate).toEqual({ ...defaultLimits.rate, shopper: 0 });
  });

  test('are mistakes when they limit nothing, everything or what is not known', () => {
    const settings =
      "limits: { depth: 0, cost: lots, tokens: 1.5, batch: 101, requestSeconds: 0, aliasses: 3, rate: { shopper: -1, perMinute: 5 } }, trustedProxies: ['10.0.0.0/33', proxy], introspection: yes please";
    expect([...mistakesIn(server(settings))].sort()).toEqual([
      'server.introspection: must be a boolean value',
      'server.limits.aliasses: is not a setting; did you mean aliases?',
      'server.limits.batch: must not be greater than 100',
      'server.limits.cost: must be an integer number',
      'server.limits.depth: must not be less than 3',
      'server.limits.rate.perMinute: is not a setting; known are windowSeconds, shopper, service, anonymous',
      'server.limits.rate.shopper: must not be less than 0',
      'server.limits.requestSeconds: must not be less than 1',
      'server.limits.tokens: must be an integer number',
      'server.trustedProxies: must list addresses or ranges such as 10.0.0.0/8',
    ]);
    expect(mistakesIn(server('limits: 5'))).toEqual(['server.limits: must be a group of settings']);
  });

  test('GraphiQL brings introspection with it; either can be had alone', () => {
    const env = { NODE_ENV: 'production' };
    const of = (settings: string) => configOf(server(settings), env).server;
    expect(of('graphiql: true').introspection).toBe(true);
    expect(of('introspection: true')).toMatchObject({ graphiql: false, introspection: true });
    expect(of('graphiql: true, introspection: false').introspection).toBe(false);
  });
});

describe('the limits of an account', () => {
  const accountOf = (settings: string, env = {}) => {
    const config = configOf(account(settings), env);
    return config.mode === 'configured' ? config.accounts[0] : undefined;
  };

  test('are those of its provider, but for what the file says', () => {
    expect(accountOf('')).toMatchObject({ limits: demoProvider.limits, cacheSeconds: 0 });
    const limits = 'limits: { all: { parallel: "${WIDTH}" }, writes: { calls: 5, seconds: 2 } }, cacheSeconds: 30';
    expect(accountOf(limits, { WIDTH: '16' })).toMatchObject({
      limits: {
        all: { parallel: 16, rate: { calls: 100, seconds: 10 } },
        writes: { parallel: 1, rate: { calls: 5, seconds: 2 } },
      },
      cacheSeconds: 30,
    });
    expect(accountOf('limits: { all: { calls: 0 } }')?.limits.all).toEqual({ parallel: 4 });
  });

  test('are mistakes when they are none of its provider, or no numbers', () => {
    const settings =
      'limits: { write: { parallel: 2 }, all: { parallel: 0, perMinute: 5 }, writes: 3 }, cacheSeconds: -1';
    expect([...mistakesIn(account(settings))].sort()).toEqual([
      'accounts[0].cacheSeconds: must not be less than 0',
      'accounts[0].limits.all.parallel: must not be less than 1',
      'accounts[0].limits.all.perMinute: is not a setting; known are parallel, calls, seconds',
      'accounts[0].limits.write: is not a setting; did you mean writes?',
      'accounts[0].limits.writes: must be a group of settings',
    ]);
    expect(mistakesIn(account('limits: 5'))).toEqual(['accounts[0].limits: must be a group of settings']);
  });
});

describe('trusted documents', () => {
  const text = `server: { trustedDocuments: { manifest: trusted.json, only: true } }\n${account('')}`;

  function loadWith(manifest: string | null) {
    const readFile = (path: string) => {
      if (path !== 'trusted.json') return text;
      if (manifest === null) throw Object.assign(new Error('no file'), { code: 'ENOENT' });
      return manifest;
    };
    return loadConfig({ configPath: 'a.yaml', env: {}, providers, readFile });
  }

  test('are read at start', () => {
    const loaded = loadWith('{"sha256:abc":"{ viewer { id } }"}');
    expect(loaded).toMatchObject({ outcome: 'loaded' });
    expect(loaded.outcome === 'loaded' && loaded.config.server.trustedDocuments).toEqual({
      texts: new Map([['abc', '{ viewer { id } }']]),
      only: true,
    });
  });

  test('that cannot be read are a mistake, never a server without them', () => {
    for (const manifest of [null, '', '{', '[]', '{}', '{"abc":1}', '{"abc":""}', 'null']) {
      expect(loadWith(manifest)).toMatchObject({
        outcome: 'invalid',
        problems: [{ path: 'server.trustedDocuments.manifest', message: expect.stringContaining('must name a ') }],
      });
    }
    expect(mistakesIn(`server: { trustedDocuments: { only: true } }\n${account('')}`)).toEqual([
      'server.trustedDocuments.manifest: is missing',
    ]);
  });
});

describe('which file', () => {
  test('without any file it is sandbox mode on the default address', () => {
    expect(configOf(null)).toMatchObject({
      mode: 'sandbox',
      server: { host: '127.0.0.1', port: 4000, graphiql: true, corsOrigins: [] },
    });
  });

  test('puts the emulators of the sandbox next to the graph, or where EMULATOR_PORT says', () => {
    const portsFor = (env: Record<string, string>) => configOf(null, env);
    expect(portsFor({})).toMatchObject({ emulatorPorts: { first: 4001, isNamed: false } });
    expect(portsFor({ PORT: '5000' })).toMatchObject({ emulatorPorts: { first: 5001, isNamed: false } });
    expect(portsFor({ PORT: '0' })).toMatchObject({ emulatorPorts: { first: 0, isNamed: false } });
    expect(portsFor({ EMULATOR_PORT: '7000' })).toMatchObject({ emulatorPorts: { first: 7000, isNamed: true } });
    expect(mistakesIn(null, { EMULATOR_PORT: 'x' })).toEqual(['EMULATOR_PORT: must be a whole number from 0 to 65535']);
  });

  test('a named file that cannot be read is a mistake, never sandbox mode', () => {
    expect(mistakesIn(null, {}, 'elsewhere.yaml')).toEqual([': The file cannot be read (ENOENT).']);
    expect(mistakesIn(null, { UPSELL_GRAPH_CONFIG: 'elsewhere.yaml' })).toEqual([
      ': The file cannot be read (ENOENT).',
    ]);
  });

  test('--config wins over UPSELL_GRAPH_CONFIG, which wins over the default', () => {
    const read: string[] = [];
    const readFile = (path: string) => {
      read.push(path);
      return account('');
    };
    const env = { UPSELL_GRAPH_CONFIG: 'from-environment.yaml' };
    loadConfig({ configPath: 'from-command-line.yaml', env, providers, readFile });
    loadConfig({ configPath: null, env, providers, readFile });
    loadConfig({ configPath: null, env: {}, providers, readFile });
    expect(read).toEqual(['from-command-line.yaml', 'from-environment.yaml', 'upsell-graph.yaml']);
  });
});

describe('mistakes', () => {
  test('are all reported in one message with their paths, and no configured value', () => {
    const text = `
server: { port: 70000, cors: { origins: ['https://shop.example/path'] }, grahpiql: true }
auth: { secret: too-short-SECRET, jwksUrl: http://keys.example/SECRET, audience: 7 }
storage: { url: 'mysql://user:SECRET@db', retentionDays: 0 }
accounts:
  - { key: OG_US, provider: demo, merchantId: 42, apiKey: '\${NOT_SET}', apiKy: SECRET, timeZone: Mars/SECRET }
  - { key: sc, provider: demmo }
  - { key: sc, provider: hosted, merchantId: m, currency: XXZ, timeoutMs: 99, environment: SECRET, label: [SECRET] }
  - SECRET
colour: SECRET
`;
    const loaded = load(text);
    const message = loaded.outcome === 'invalid' ? loaded.message : '';
    expect(message.split('\n').sort()).toEqual(
      [
        'The configuration has 25 mistakes (upsell-graph.yaml):',
        '  storage.encryptionKey: is missing. Make one with `openssl rand -base64 32` and keep it.',
        '  server.port: must not be greater than 65535',
        '  server.cors.origins: must list origins such as https://shop.example',
        '  server.grahpiql: is not a setting; did you mean graphiql?',
        '  auth.secret: must be text of at least 32 bytes',
        '  auth.jwksUrl: must be an https URL (http only to this machine), without credentials, query or fragment',
        '  auth.issuer: is missing',
        '  auth.audience: must be a string: put it in quotes',
        '  auth: must have either jwksUrl or secret',
        '  storage.url: must be a URL such as postgres://user:password@host:5432/database',
        '  storage.retentionDays: must not be less than 1',
        '  accounts[0].key: must be lower-case letters, digits and single hyphens',
        '  accounts[0].merchantId: must be a string: put it in quotes',
        '  accounts[0].apiKey: The environment variable NOT_SET is not set.',
        '  accounts[0].apiKy: is not a setting; did you mean apiKey?',
        '  accounts[0].timeZone: must be an IANA time zone such as Europe/Stockholm',
        '  accounts[1].provider: must be one of demo, hosted; did you mean demo?',
        '  accounts[2].key: is already the key of accounts[1]',
        '  accounts[2].baseUrl: is missing: this provider has no common host',
        '  accounts[2].currency: must be an ISO 4217 currency code such as USD',
        '  accounts[2].timeoutMs: must not be less than 100',
        '  accounts[2].environment: must be one of the following values: live, test',
        '  accounts[2].label: must be a string',
        '  accounts[3]: must be a group of settings',
        '  colour: is not a setting; known are server, auth, storage, observability, accounts',
      ].sort(),
    );
    expect(message).not.toContain('SECRET');
  });

  test('a variable that is not set is named once, however many rules its setting has', () => {
    expect(mistakesIn(valid, { OG_KEY: 'k' })).toEqual([
      'auth.secret: The environment variable JWT_SECRET is not set.',
    ]);
  });

  test('a variable written in another way is explained', () => {
    const mistakes = mistakesIn(account("apiKey: 'x${not a name}y'"));
    expect(mistakes).toEqual(['accounts[0].apiKey: A variable is written ${NAME}.']);
    expect(mistakesIn(account("apiKey: 'x${OPEN'"))).toEqual(mistakes);
  });

  test('an empty file misses what every deployment needs', () => {
    expect(mistakesIn('').sort()).toEqual([
      'accounts: is missing',
      'auth.audience: is missing',
      'auth.issuer: is missing',
      'auth: must have either jwksUrl or secret',
    ]);
    expect(mistakesIn('auth:\naccounts: []').sort()).toEqual(['accounts: should not be empty', 'auth: is missing']);
  });

  test('groups written as something else are mistakes, not crashes', () => {
    expect(mistakesIn('- a\n- b')).toEqual([': The file must hold groups of settings.']);
    expect(mistakesIn('server: text\nauth: [1]\naccounts: text')).toEqual(
      expect.arrayContaining([
        'server: must be a group of settings',
        'auth: must be a group of settings',
        'accounts: must be an array',
      ]),
    );
  });

  test('broken YAML is located without quoting the line', () => {
    const mistakes = mistakesIn('auth: { secret: "SECRET\naccounts: [}\n');
    expect(mistakes.length).toBeGreaterThan(0);
    expect(mistakes.every((line) => /^: Line \d+, column \d+ is not valid YAML \([a-z ]+\)\.$/.test(line))).toBe(true);
  });

  test('a key that is a word of the language is refused', () => {
    expect(mistakesIn(account('constructor: 1, __proto__: { a: 1 }'))).toEqual([
      ': No setting can be called constructor.',
      ': No setting can be called __proto__.',
    ]);
  });

  test('plain http is refused for any other machine', () => {
    for (const host of [
      'http://api.example.com',
      'http://127.0.0.1.example.com',
      'ftp://127.0.0.1',
      'https://u:p@api.example.com',
    ]) {
      expect(mistakesIn(account(`baseUrl: '${host}'`))).toHaveLength(1);
    }
  });
});

describe('the command line', () => {
  test('takes a file, help and version', () => {
    expect(readCommandLine([])).toEqual({ action: 'start', configPath: null, sandbox: false });
    expect(readCommandLine(['doctor', '--customer', 'og-us=1', '--json'])).toEqual({
      action: 'doctor',
      configPath: null,
      customers: { 'og-us': '1' },
      json: true,
    });
    expect(readCommandLine(['doctor', '--customer', 'og-us'])).toMatchObject({ action: 'refuse' });
    expect(readCommandLine(['--sandbox'])).toEqual({ action: 'start', configPath: null, sandbox: true });
    for (const misuse of [
      ['--sandbox', '--config', 'a.yaml'],
      ['operations', '--sandbox'],
    ]) {
      expect(readCommandLine(misuse)).toMatchObject({
        action: 'refuse',
        message: expect.stringContaining('--sandbox'),
      });
    }
    expect(readCommandLine(['--config', 'a.yaml'])).toEqual({ action: 'start', configPath: 'a.yaml', sandbox: false });
    expect(readCommandLine(['--help'])).toEqual({ action: 'help' });
    expect(readCommandLine(['--version'])).toEqual({ action: 'version' });
  });

  test('takes the command that prints operations', () => {
    expect(readCommandLine(['operations', '--unsettled', '--config', 'a.yaml'])).toEqual({
      action: 'operations',
      configPath: 'a.yaml',
      unsettledOnly: true,
    });
    expect(readCommandLine(['--unsettled'])).toMatchObject({ action: 'refuse' });
  });

  test('takes the command that prints a token, with defaults that suit a shopper', () => {
    expect(readCommandLine(['token'])).toEqual({
      action: 'token',
      configPath: null,
      token: {
        kind: 'customer',
        sub: 'customer-1',
        scopes: ['upsell:read', 'upsell:write'],
        customers: {},
        orders: {},
        lifetimeSeconds: 3_600,
      },
    });
    const words = 'token --kind guest --sub g --order sc=a --order sc=b=c --order og=d --customer og=1 --expires 2d';
    expect(readCommandLine([...words.split(' '), '--scope', 'upsell:read'])).toMatchObject({
      token: {
        kind: 'guest',
        sub: 'g',
        scopes: ['upsell:read'],
        customers: { og: '1' },
        orders: { sc: ['a', 'b=c'], og: ['d'] },
        lifetimeSeconds: 172_800,
      },
    });
  });

  test.each([
    ['--kind custmer', "--kind 'custmer' is not known; did you mean customer?"],
    ['--kind admin', "--kind 'admin' is not known; there is customer, recognised, guest, service."],
    ['--scope upsell:wrte', "--scope 'upsell:wrte' is not known; did you mean upsell:write?"],
    ['--sub=', '--sub must not be empty.'],
    ['--customer 123', "--customer '123' is not written <account>=<id>."],
    ['--customer og-us=', "--customer 'og-us=' is not written <account>=<id>."],
    ['--customer og-us=1 --customer og-us=2', "--customer names the account 'og-us' twice."],
    ['--order =abc', "--order '=abc' is not written <account>=<id>."],
    ...['1', '0s', '-5m', '1.5h', '1w', '31d', '9'.repeat(400) + 's', ''].map((duration) => [
      `--expires=${duration}`,
      `--expires '${duration}' is no duration such as 90s, 30m, 8h or 7d, up to 30d.`,
    ]),
  ])('refuses a token with %s', (words, message) => {
    expect(readCommandLine(['token', ...words.split(' ')])).toEqual({ action: 'refuse', message });
  });

  test('refuses an option of another command', () => {
    expect(readCommandLine(['token', '--unsettled'])).toEqual({
      action: 'refuse',
      message: '--unsettled belongs to the command operations.',
    });
    expect(readCommandLine(['operations', '--sub', 'a'])).toMatchObject({
      message: '--sub belongs to the command token.',
    });
    expect(readCommandLine(['--kind', 'guest'])).toMatchObject({ message: '--kind belongs to the command token.' });
  });

  test('refuses what it does not know', () => {
    expect(readCommandLine(['constructor'])).toMatchObject({ message: "Unknown command 'constructor'." });
    expect(readCommandLine(['--prot', '1'])).toMatchObject({ action: 'refuse' });
    expect(readCommandLine(['file.yaml'])).toMatchObject({ action: 'refuse' });
  });
});
