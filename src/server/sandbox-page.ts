import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { stringify } from 'yaml';
import type { TokenRules } from '../auth/token-rules.js';
import { toGlobalId } from '../domain/reference.js';
import type { SandboxControl } from '../emulators/kit/definition.js';
import type { GraphiqlLink } from './graphiql.js';
import { packageFile } from './package-files.js';
import type { Sandbox, SandboxEmulator } from './sandbox.js';
import type { SandboxShopper } from './sandbox-shoppers.js';

export const SANDBOX_PATH = '/sandbox';

/** The pages that GraphiQL leads to. */
export const sandboxLinks: readonly GraphiqlLink[] = [
  { href: 'sandbox', text: 'Sandbox' },
  { href: 'sandbox/docs/graphql-over-http.md', text: 'Docs' },
];

/** Seconds that the controls of passing faults last. */
const PASSING_SECONDS = 30;

interface Control extends SandboxControl {
  readonly url: string;
  readonly command: string;
}

const contentTypes: Readonly<Record<string, string>> = {
  'page.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
};

/** Serves `/sandbox`: shoppers, records and controls of the emulators, as a page for people and JSON for programs. */
export function serveSandbox(app: FastifyInstance, { emulators, shopper, shoppers, tokenRules }: Sandbox): void {
  const listings = emulators.map(({ title, url, account, ...emulator }) => ({
    title,
    url,
    account,
    customerId: shopper.customers[account] ?? '',
    records: emulator.records.map((record) => ({ ...record, id: globalId(record, account) })),
    goods: emulator.goods,
    controls: controlsOf(url, emulator),
  }));
  if (!existsSync(packageFile(`${DIRECTORY}index.html`))) {
    throw new Error('The files of the sandbox page are missing. Run `npm run build` first.');
  }
  const page = readFileSync(packageFile(`${DIRECTORY}index.html`));
  const policy = contentSecurityPolicy(emulators);

  app.get(SANDBOX_PATH, (request, reply) => {
    if (!request.headers.accept?.includes('text/html')) return reply.send({ shoppers, emulators: listings });
    return reply.headers({ 'content-security-policy': policy }).type('text/html; charset=utf-8').send(page);
  });
  app.get(`${SANDBOX_PATH}/upsell-graph.yaml`, (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send(configurationFile(emulators, shoppers, tokenRules)),
  );
  for (const name of readdirSync(packageFile('docs/')).filter((each) => each.endsWith('.md'))) {
    const content = readFileSync(packageFile(`docs/${name}`));
    app.get(`${SANDBOX_PATH}/docs/${name}`, (_request, reply) => reply.type('text/plain; charset=utf-8').send(content));
  }
  for (const [name, contentType] of Object.entries(contentTypes)) {
    const content = readFileSync(packageFile(DIRECTORY + name));
    app.get(`${SANDBOX_PATH}/${name}`, (_request, reply) => reply.type(contentType).send(content));
  }
}

/** Directory created by the build. */
const DIRECTORY = 'dist/sandbox-page/';

/** Allows this server, and requests to the emulators. */
function contentSecurityPolicy(emulators: readonly SandboxEmulator[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    'img-src data:',
    `connect-src 'self' ${emulators.map(({ url }) => url).join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Returns the ID of a record. A checkout has none, because its order may have another identifier. */
function globalId({ type, providerId }: SandboxEmulator['records'][number], account: string): string | null {
  if (type === 'CHECKOUT') return null;
  return toGlobalId({ type: type === 'ORDER' ? 'Order' : 'Product', account, key: providerId });
}

function controlsOf(
  url: string,
  { targets, decline }: Pick<SandboxEmulator, 'targets' | 'decline'>,
): readonly Control[] {
  const { addition, reads } = targets;
  const outage = { match: reads, times: 'always', action: { kind: 'status', status: 503 } };
  const controls: readonly SandboxControl[] = [
    decline,
    {
      purpose: 'Refuse the next added item',
      expect: 'REJECTED, with the provider’s reason; nothing changed.',
      path: 'faults',
      body: { match: addition, action: { kind: 'status', status: 400, body: {} } },
    },
    {
      purpose: 'Lose the response to the next added item',
      expect: 'SUCCEEDED a little later: a read finds the item, which is there once.',
      path: 'faults',
      body: { match: addition, action: { kind: 'applyThenReset' } },
    },
    {
      purpose: `Stay in doubt about the next added item for ${PASSING_SECONDS} s`,
      expect:
        'INDETERMINATE: the response is lost and no read answers. It settles by itself; a new key would buy twice.',
      path: 'faults',
      body: {
        match: addition,
        followedBy: [{ ...outage, forSeconds: PASSING_SECONDS }],
        action: { kind: 'applyThenReset' },
      },
    },
    {
      purpose: 'Let a week pass, so that windows close',
      expect: 'CLOSED windows; an addition is REJECTED with WINDOW_CLOSED.',
      path: 'clock',
      body: { advanceSeconds: 604_800 },
    },
    {
      purpose: `Throttle every request for ${PASSING_SECONDS} s`,
      expect: 'The account is named in `sources` as SKIPPED or FAILED with RATE_LIMITED; the others still answer.',
      path: 'faults',
      body: { times: 'always', forSeconds: PASSING_SECONDS, action: { kind: 'status', status: 429, body: {} } },
    },
    {
      purpose: 'Fail every read with an outage, until faults are cleared',
      expect: 'The account is named in `sources` as FAILED; an addition is FAILED before anything was sent.',
      path: 'faults',
      body: outage,
    },
    {
      purpose: 'Start over with fresh data',
      expect: 'Orders, clock and switches as at the start, and no faults.',
      path: 'reset',
      body: {},
    },
  ];
  return controls.map((control) => {
    const address = `${url}/__emulator/${control.path}`;
    const body = JSON.stringify(control.body);
    const command = `curl -X POST ${address} -H 'content-type: application/json' -d '${body}'`;
    return { ...control, url: address, command };
  });
}

/** Renders a configuration for the running emulators, and a token of it for each shopper. */
function configurationFile(
  emulators: readonly SandboxEmulator[],
  shoppers: readonly SandboxShopper[],
  { key, issuer, audience }: TokenRules,
): string {
  const configuration = {
    server: { port: 4100, cors: { origins: ['http://localhost:5173', 'http://127.0.0.1:5173'] } },
    auth: { ...(key.kind === 'secret' && { secret: key.secret }), issuer, audience },
    accounts: emulators.map(({ settings }) => settings),
  };
  const tokens = shoppers.map(({ name, token }) => `# ${name}:\n# authorization: Bearer ${token}\n`);
  return [
    '# A server of its own over the emulators of the sandbox that is running now:\n',
    '#   npx upsell-graph --config upsell-graph.yaml\n',
    '# Secret and tokens are of this start of the sandbox. Never take the secret elsewhere.\n\n',
    stringify(configuration, { lineWidth: 0 }),
    '\n',
    ...tokens,
  ].join('');
}
