import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type GraphQLFormattedError, print } from 'graphql';
import { SignJWT } from 'jose';
import { loadConfig } from '../../src/config.js';
import { emulators, type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import { providers } from '../../src/providers/index.js';
import { createLog } from '../../src/server/log.js';
import { memoryStorage, type Storage } from '../../src/server/storage.js';
import { createUpsellServer } from '../../src/server.js';

export interface ShopOptions {
  readonly scenario: string;
  readonly switches?: Readonly<Record<string, unknown>>;
  /** Customer of the shopper's token; the demo shopper when absent. */
  readonly customer?: string;
  /** Over the settings of the sandbox account. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** More groups of the configuration file. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly storage?: Storage;
  /** Given every line of the log from `info` on. */
  readonly onLog?: (line: string) => void;
}

export interface Answer<Data> {
  readonly status: number;
  readonly data?: Data | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** The whole server in front of an Ordergroove emulator, spoken to over HTTP with a shopper's token. */
export interface Shop {
  readonly url: string;
  readonly emulator: RunningEmulator;
  ask<Data, Variables>(
    document: TypedDocumentNode<Data, Variables> | string,
    variables?: Variables,
    customer?: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer<Data>>;
  /** Requests the emulator got since the last time this was asked. */
  calls(): readonly string[];
  close(): Promise<void>;
}

const secret = 'a secret of at least thirty-two bytes';
const auth = { secret, issuer: 'https://issuer.test', audience: 'upsell-graph' };

export async function openShop({
  scenario,
  switches = {},
  customer,
  settings = {},
  ...more
}: ShopOptions): Promise<Shop> {
  const emulator = await startEmulator(emulators.ordergroove, { scenario, switches });
  const { account, shopper } = emulators.ordergroove.sandbox(emulator.url);
  const own = customer ?? shopper.customerId;
  const file = { server: { port: 0 }, auth, accounts: [{ ...account, ...settings }], ...more.config };
  // JSON is YAML.
  const loaded = loadConfig({ configPath: 'test.yaml', providers, env: {}, readFile: () => JSON.stringify(file) });
  if (loaded.outcome === 'invalid') throw new Error(loaded.message);
  const clock = () => emulator.clock.now();
  const server = await createUpsellServer({
    config: loaded.config,
    clock,
    log: createLog('info', { write: more.onLog ?? (() => {}) }),
    storage: more.storage ?? memoryStorage(clock),
    writeTiming: { deadlineMs: 6_000, recoveryIntervalMs: 50 },
  });
  const url = await server.listen();

  return {
    url,
    emulator,
    async ask(document, variables, asCustomer = own, headers = {}) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'application/json',
          authorization: `Bearer ${await tokenFor(asCustomer, account.key, emulator.clock.now())}`,
        },
        body: JSON.stringify({ query: typeof document === 'string' ? document : print(document), variables }),
      });
      return { status: response.status, ...JSON.parse(await response.text()) };
    },
    calls() {
      const calls = emulator.requests.list().map(({ method, path }) => `${method} ${path}`);
      emulator.requests.clear();
      return calls;
    },
    async close() {
      await server.close();
      await emulator.close();
    },
  };
}

function tokenFor(customer: string, account: string, now: Date): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000);
  return new SignJWT({ kind: 'customer', scope: 'upsell:read upsell:write', customers: { [account]: customer } })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(`shopper-${customer}`)
    .setIssuer(auth.issuer)
    .setAudience(auth.audience)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + 3_600)
    .sign(new TextEncoder().encode(secret));
}
