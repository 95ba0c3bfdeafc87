import { readFileSync } from 'node:fs';
import { SignJWT } from 'jose';
import { loadConfig } from '../src/config.js';
import type { Account } from '../src/domain/account.js';
import type { Transport } from '../src/domain/transport.js';
import { emulators as definitions, type RunningEmulator, startEmulator } from '../src/emulators/index.js';
import { createTransport } from '../src/http/transport.js';
import type { WriteTiming } from '../src/operations/write-timing.js';
import { providers } from '../src/providers/index.js';
import { createLog } from '../src/server/log.js';
import type { Storage } from '../src/server/storage.js';
import { createUpsellServer } from '../src/server.js';

export type EmulatorName = keyof typeof definitions;

/** What is written of a running shop for a provider. */
export interface Stall {
  readonly name: EmulatorName;
  readonly emulator: RunningEmulator;
  /** Key of its account. */
  readonly account: string;
  /** The demo shopper's identifier there. */
  readonly shopper: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface WholeShop {
  readonly url: string;
  readonly stalls: readonly Stall[];
  stall(name: EmulatorName): Stall;
  /** An `Authorization` header; of the demo shopper where the claims do not say otherwise. */
  bearer(claims?: Readonly<Record<string, unknown>>): Promise<string>;
  send(body: unknown, headers: Readonly<Record<string, string>>): Promise<Answer>;
  close(): Promise<void>;
}

export interface WholeShopOptions {
  /** Over what the sandbox knows of each account. */
  readonly settings?: Readonly<Partial<Record<EmulatorName, object>>>;
  /** Further groups of the configuration. */
  readonly groups?: Readonly<Record<string, object>>;
  readonly secret?: string;
  /** By default as configured. */
  readonly storage?: Storage;
  readonly writeTiming?: Partial<WriteTiming>;
  readonly log: (line: string) => void;
  /** Stands between the server and an emulator. */
  readonly between?: (transport: Transport, account: Account) => Transport;
}

const ISSUER = 'https://issuer.test';
const AUDIENCE = 'upsell-graph';

/** Tests ask more in a second than shoppers do. */
const unlimited: Readonly<Partial<Record<EmulatorName, Readonly<Record<string, unknown>>>>> = {
  ordergroove: { rateLimitPerMinute: 0 },
  surecart: { rateLimit: 0 },
};

/** The whole server, configured for all providers, in front of their emulators. */
export async function openWholeShop(options: WholeShopOptions): Promise<WholeShop> {
  const { settings = {}, groups = {}, secret = 'a secret of at least thirty-two bytes', between } = options;
  const opened = await Promise.all(
    (Object.keys(definitions) as EmulatorName[]).map(async (name) => {
      const emulator = await startEmulator(definitions[name], { switches: unlimited[name] ?? {} });
      const { account, shopper } = definitions[name].sandbox(emulator.url);
      const entry = { ...account, ...settings[name] };
      return { stall: { name, emulator, account: account.key, shopper: shopper.customerId }, entry };
    }),
  );
  const stalls = opened.map(({ stall }) => stall);
  const auth = { secret, issuer: ISSUER, audience: AUDIENCE };
  const rate = { shopper: 0, service: 0, anonymous: 0 };
  const server = { port: 0, graphiql: false, limits: { rate } };
  const file = { server, auth, accounts: opened.map(({ entry }) => entry), ...groups };
  const loaded = loadConfig({
    configPath: 'test.yaml',
    providers,
    env: {},
    // JSON is YAML.
    readFile: (path) => (path === 'test.yaml' ? JSON.stringify(file) : readFileSync(path, 'utf8')),
  });
  if (loaded.outcome === 'invalid') throw new Error(loaded.message);
  if (loaded.config.mode === 'sandbox') throw new Error('the file was not read');
  const accounts = loaded.config.accounts.map((account) => ({ ...account, limits: { all: { parallel: 64 } } }));
  const log = createLog('info', { write: options.log });
  log.level = 'trace';
  const running = await createUpsellServer({
    config: { ...loaded.config, accounts },
    log,
    ...(options.storage && { storage: options.storage }),
    ...(options.writeTiming && { writeTiming: options.writeTiming }),
    transportFor: (account, connections) => {
      const transport = createTransport({ connections });
      return between ? { ...transport, send: between(transport.send, account) } : transport;
    },
  });
  const url = await running.listen();

  return {
    url,
    stalls,
    stall(name) {
      const found = stalls.find((each) => each.name === name);
      if (!found) throw new Error(`there is no emulator of ${name}`);
      return found;
    },
    async bearer(claims = {}) {
      const token = await new SignJWT({
        sub: 'shopper-1',
        iss: ISSUER,
        aud: AUDIENCE,
        exp: Math.floor(Date.now() / 1_000) + 3_600,
        kind: 'customer',
        scope: 'upsell:read upsell:write',
        customers: Object.fromEntries(stalls.map(({ account, shopper }) => [account, shopper])),
        ...claims,
      })
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode(secret));
      return `Bearer ${token}`;
    },
    async send(body, headers) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
        signal: AbortSignal.timeout(30_000),
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
    async close() {
      await running.close();
      await Promise.all(stalls.map(({ emulator }) => emulator.close()));
    },
  };
}
