import { readFileSync } from 'node:fs';
import { SignJWT } from 'jose';
import { loadConfig } from '../../src/config.js';
import { emulators, type RunningEmulator } from '../../src/emulators/index.js';
import { providers } from '../../src/providers/index.js';
import { createLog } from '../../src/server/log.js';
import { memoryStorage, type Storage } from '../../src/server/storage.js';
import { createUpsellServer } from '../../src/server.js';

/** The whole server with a configuration of its own, spoken to over HTTP. */
export interface LimitedServer {
  readonly url: string;
  /** As the demo shopper, unless the headers say otherwise. */
  post(body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  get(parameters: Readonly<Record<string, string>>): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly data?: Readonly<Record<string, unknown>> | null;
    readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  };
}

/** Its status tells what was refused. */
const ACCEPTED = 'application/graphql-response+json';

const secret = 'a secret of at least thirty-two bytes';
/** How both servers of these tests check tokens. */
export const auth = { secret, issuer: 'https://issuer.test', audience: 'upsell-graph' };

export async function startLimitedServer(
  emulator: RunningEmulator,
  server: Readonly<Record<string, unknown>>,
  storage: Storage = memoryStorage(),
): Promise<LimitedServer> {
  const { account } = emulators.ordergroove.sandbox(emulator.url);
  const file = { server: { port: 0, ...server }, auth, accounts: [account] };
  const loaded = loadConfig({
    configPath: 'test.yaml',
    providers,
    env: {},
    // JSON is YAML.
    readFile: (path) => (path === 'test.yaml' ? JSON.stringify(file) : readFileSync(path, 'utf8')),
  });
  if (loaded.outcome === 'invalid') throw new Error(loaded.message);
  const running = await createUpsellServer({
    config: loaded.config,
    log: createLog('warn', { write: () => {} }),
    storage,
  });
  const url = await running.listen();
  const own = await authorization();

  return {
    url,
    async post(body, headers = {}) {
      return read(
        await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: ACCEPTED, authorization: own, ...headers },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
      );
    },
    async get(parameters) {
      const search = new URLSearchParams(parameters).toString();
      return read(
        await fetch(`${url}/graphql?${search}`, {
          headers: { accept: ACCEPTED, authorization: own, 'apollo-require-preflight': '1' },
        }),
      );
    },
    close: () => running.close(),
  };
}

/** Of the demo shopper of the sandbox, with other claims where they are given. */
export async function authorization(claims: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const { account, shopper } = emulators.ordergroove.sandbox('http://127.0.0.1:1');
  const token = await new SignJWT({
    sub: 'shopper-1',
    iss: auth.issuer,
    aud: auth.audience,
    exp: Math.floor(Date.now() / 1_000) + 3_600,
    kind: 'customer',
    scope: 'upsell:read upsell:write',
    customers: { [account.key]: shopper.customerId },
    ...claims,
  })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(secret));
  return `Bearer ${token}`;
}

async function read(response: Response): Promise<Answer> {
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

export function codesOf({ body }: Answer): readonly string[] {
  return (body.errors ?? []).map(({ extensions }) => extensions.code);
}
