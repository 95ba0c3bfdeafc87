import { readFileSync } from 'node:fs';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type GraphQLFormattedError, print } from 'graphql';
import { SignJWT } from 'jose';
import type { Providers } from '../../src/config/accounts.js';
import { loadConfig } from '../../src/config.js';
import type { Account } from '../../src/domain/account.js';
import { toGlobalId } from '../../src/domain/reference.js';
import type { Transport } from '../../src/domain/transport.js';
import {
  EmulatorClock,
  emulators as knownEmulators,
  type RunningEmulator,
  startEmulator,
} from '../../src/emulators/index.js';
import { createTransport } from '../../src/http/transport.js';
import { providers as knownProviders } from '../../src/providers/index.js';
import { createLog } from '../../src/server/log.js';
import { memoryStorage } from '../../src/server/storage.js';
import { createUpsellServer, type ServerParts } from '../../src/server.js';
import { Json } from '../emulators/calls.js';

export type Emulators = Readonly<Record<string, (typeof knownEmulators)[keyof typeof knownEmulators]>>;
type Named<Value> = Readonly<Record<string, Value>>;
export type Claims = Named<unknown>;

export interface FullStackOptions {
  /** Registered ones, by name; all of them when absent. */
  readonly only?: readonly string[];
  /** Registries to take them from. */
  readonly providers?: Providers;
  readonly emulators?: Emulators;
  /** Emulators that run already, by provider; they are not closed. */
  readonly running?: Named<RunningEmulator>;
  /** By provider: over the settings of its sandbox account. */
  readonly settings?: Named<object>;
  readonly scenarios?: Named<string>;
  readonly switches?: Named<Named<unknown>>;
  /** Groups of the configuration file; `server` is laid over a port of its own and no rate limits. */
  readonly groups?: Named<object>;
  readonly secret?: string;
  /** Calls at a time at every account, in place of the provider's own limits. */
  readonly parallel?: number;
  /** Where the log goes, from this level on. */
  readonly log?: { readonly level: 'trace' | 'info' | 'warn'; write(line: string): void };
  /** Stands between the server and an emulator. */
  readonly between?: (transport: Transport, account: Account) => Transport;
  /** Other parts of the server. Storage is in memory unless it is among them or in the groups. */
  readonly parts?: Partial<ServerParts>;
}

export interface ProviderFixture {
  readonly name: string;
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

export interface GraphAnswer<Data> {
  readonly status: number;
  readonly data?: Data | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** Who asks, and how. */
export interface Asking {
  /** Over those of the demo shopper, who is known at every account. */
  readonly claims?: Claims;
  readonly headers?: Named<string>;
  readonly signal?: AbortSignal;
}

/** The whole server in front of an emulator of every provider, spoken to over HTTP. */
export interface FullStack {
  readonly url: string;
  readonly fixtures: readonly ProviderFixture[];
  fixture(name: string): ProviderFixture;
  /** An `Authorization` header; of the demo shopper where the claims do not say otherwise. */
  bearer(claims?: Claims): Promise<string>;
  /** Sends a body as it is, by nobody unless the headers say so. */
  send(body: unknown, headers: Named<string>, signal?: AbortSignal): Promise<Answer>;
  ask<Data, Variables extends object>(
    document: TypedDocumentNode<Data, Variables> | string,
    variables?: Variables,
    asking?: Asking,
  ): Promise<GraphAnswer<Data>>;
  /** The data of an answer. Throws when there is none. */
  data(query: string, variables?: object, asking?: Asking): Promise<Json>;
  /** Requests an emulator has got, as `GET /orders/`. */
  calls(name: string): readonly string[];
  /** Fresh data, no faults and real time; limits and circuits of the server stay as they are. */
  reset(): void;
  close(): Promise<void>;
}

export const ISSUER = 'https://issuer.test';
export const AUDIENCE = 'upsell-graph';
export const SECRET = 'a secret of at least thirty-two bytes';

/** One provider keeps the clock its scenario starts; several share one, in real time until a test moves it. */
export async function startFullStack(options: FullStackOptions = {}): Promise<FullStack> {
  const { providers = knownProviders, secret = SECRET } = options;
  const emulators: Emulators = options.emulators ?? knownEmulators;
  const { groups = {}, settings = {}, scenarios = {}, switches = {}, running = {}, between, log, parts = {} } = options;
  const names = options.only ?? Object.keys(providers);
  const shared = names.length > 1 ? new EmulatorClock() : null;
  const opened = await Promise.all(
    names.map(async (name) => {
      const definition = emulators[name];
      if (!definition) throw new Error(`there is no emulator of ${name}`);
      const scenario = scenarios[name];
      const emulator =
        running[name] ??
        (await startEmulator(definition, {
          ...(shared && { clock: shared }),
          ...(scenario !== undefined && { scenario }),
          switches: switches[name] ?? {},
        }));
      const { account, shopper } = definition.sandbox(emulator.url);
      const fixture: ProviderFixture = { name, emulator, account: account.key, shopper: shopper.customerId };
      return { fixture, entry: { ...account, ...settings[name] } };
    }),
  );
  const fixtures = opened.map(({ fixture }) => fixture);
  const clock = shared ?? fixtures[0]?.emulator.clock ?? new EmulatorClock();
  const limits = { rate: { shopper: 0, service: 0, anonymous: 0 } };
  const auth = { secret, issuer: ISSUER, audience: AUDIENCE };
  const server = { port: 0, graphiql: false, limits, ...groups['server'] };
  const file = { auth, ...groups, server, accounts: opened.map(({ entry }) => entry) };
  const loaded = loadConfig({
    configPath: 'test.yaml',
    providers,
    env: {},
    // JSON is YAML.
    readFile: (path) => (path === 'test.yaml' ? JSON.stringify(file) : readFileSync(path, 'utf8')),
  });
  if (loaded.outcome === 'invalid') throw new Error(loaded.message);
  if (loaded.config.mode === 'sandbox') throw new Error('the file was not read');
  const { parallel } = options;
  const accounts = loaded.config.accounts.map((account) =>
    parallel === undefined ? account : { ...account, limits: { all: { parallel } } },
  );
  const logger = createLog('info', { write: log?.write ?? (() => {}) });
  logger.level = log?.level ?? 'warn';
  const upsell = await createUpsellServer({
    config: { ...loaded.config, accounts },
    providers,
    clock: () => clock.now(),
    log: logger,
    ...(groups['storage'] ? {} : { storage: memoryStorage(() => clock.now()) }),
    ...(between && {
      transportFor: (account, connections) => {
        const transport = createTransport({ connections });
        return { ...transport, send: between(transport.send, account) };
      },
    }),
    ...parts,
  });
  const url = await upsell.listen();
  const customers = Object.fromEntries(fixtures.map(({ account, shopper }) => [account, shopper]));

  const stack: FullStack = {
    url,
    fixtures,
    fixture(name) {
      const found = fixtures.find((each) => each.name === name);
      if (!found) throw new Error(`there is no emulator of ${name}`);
      return found;
    },
    async bearer(claims = {}) {
      const seconds = Math.floor(clock.now().getTime() / 1_000);
      const token = await new SignJWT({
        sub: 'shopper-1',
        iss: ISSUER,
        aud: AUDIENCE,
        iat: seconds,
        exp: seconds + 3_600,
        kind: 'customer',
        scope: 'upsell:read upsell:write',
        customers,
        ...claims,
      })
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode(secret));
      return `Bearer ${token}`;
    },
    async send(body, headers, signal = AbortSignal.timeout(30_000)) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
        signal,
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
    async ask(document, variables, { claims, headers, signal } = {}) {
      const query = typeof document === 'string' ? document : print(document);
      const authorization = await stack.bearer(claims);
      const { status, text } = await stack.send({ query, variables }, { authorization, ...headers }, signal);
      return { status, ...JSON.parse(text) };
    },
    async data(query, variables = {}, asking = {}) {
      const answer = await stack.ask(query, variables, asking);
      if (!answer.data) throw new Error(JSON.stringify(answer));
      return new Json(answer.data);
    },
    calls: (name) =>
      stack
        .fixture(name)
        .emulator.requests.list()
        .map(({ method, path }) => `${method} ${path}`),
    reset() {
      for (const { name, emulator } of fixtures) emulator.reset(scenarios[name], switches[name] ?? {});
      shared?.release();
    },
    async close() {
      await upsell.close();
      const own = fixtures.filter(({ name }) => !running[name]);
      await Promise.all(own.map(({ emulator }) => emulator.close()));
    },
  };
  return stack;
}

export function orderId(account: string, key: string): string {
  return toGlobalId({ type: 'Order', account, key });
}

/** Waits until something holds, however slow the machine is. */
export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`it never came to this: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
