import { SignJWT } from 'jose';
import { loadConfig } from '../../src/config.js';
import { toGlobalId } from '../../src/domain/reference.js';
import { EmulatorClock, emulators, type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import { providers } from '../../src/providers/index.js';
import { createLog } from '../../src/server/log.js';
import { memoryStorage } from '../../src/server/storage.js';
import { createUpsellServer, type ServerParts } from '../../src/server.js';
import { Json } from '../emulators/calls.js';

export type Shop = keyof typeof emulators;

export interface MallOptions {
  readonly shops?: readonly Shop[];
  /** Over the settings of the sandbox accounts. */
  readonly settings?: Partial<Record<Shop, Readonly<Record<string, unknown>>>>;
  readonly scenarios?: Partial<Record<Shop, string>>;
  readonly switches?: Partial<Record<Shop, Readonly<Record<string, unknown>>>>;
  readonly parts?: Partial<ServerParts>;
}

/** Who asks: the demo shopper, known at every shop, by default. */
export interface Asking {
  readonly sub?: string;
  readonly kind?: 'customer' | 'service';
  readonly customers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface OpenShop {
  readonly emulator: RunningEmulator;
  /** Key of its account. */
  readonly key: string;
  readonly customerId: string;
}

/** One whole server in front of an emulator of every provider, spoken to over HTTP. */
export interface Mall {
  readonly shops: Readonly<Record<Shop, OpenShop>>;
  readonly customers: Readonly<Record<string, string>>;
  /** The data of an answer; an answer without data is an error. */
  ask(query: string, variables?: object, asking?: Asking): Promise<Json>;
  /** Requests an emulator has got, as `GET /orders/`. */
  calls(shop: Shop): readonly string[];
  /** Fresh data and no faults; limits and circuits of the server stay as they are. */
  reset(): void;
  close(): Promise<void>;
}

const secret = 'a secret of at least thirty-two bytes';
const auth = { secret, issuer: 'https://issuer.test', audience: 'upsell-graph' };

export async function openMall(options: MallOptions = {}): Promise<Mall> {
  const { settings = {}, scenarios = {}, switches = {}, parts = {} } = options;
  const names = options.shops ?? (Object.keys(emulators) as Shop[]);
  const clock = new EmulatorClock();
  const opened = await Promise.all(
    names.map(async (name) => {
      const emulator = await startEmulator(emulators[name], {
        clock,
        ...(scenarios[name] && { scenario: scenarios[name] }),
        switches: switches[name] ?? {},
      });
      const { account, shopper } = emulators[name].sandbox(emulator.url);
      return {
        name,
        entry: { ...account, ...settings[name] },
        shop: { emulator, key: account.key, customerId: shopper.customerId },
      };
    }),
  );
  const limits = { rate: { shopper: 0, service: 0 } };
  const file = { server: { port: 0, limits }, auth, accounts: opened.map(({ entry }) => entry) };
  // JSON is YAML.
  const loaded = loadConfig({ configPath: 'test.yaml', providers, env: {}, readFile: () => JSON.stringify(file) });
  if (loaded.outcome === 'invalid') throw new Error(loaded.message);
  const server = await createUpsellServer({
    config: loaded.config,
    clock: () => clock.now(),
    log: createLog('warn', { write: () => {} }),
    storage: memoryStorage(),
    ...parts,
  });
  const url = await server.listen();
  const shops = Object.fromEntries(opened.map(({ name, shop }) => [name, shop])) as Record<Shop, OpenShop>;
  const customers = Object.fromEntries(opened.map(({ shop }) => [shop.key, shop.customerId]));

  return {
    shops,
    customers,
    async ask(query, variables = {}, { signal, ...who } = {}) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await tokenOf({ customers, ...who }, clock.now())}`,
        },
        body: JSON.stringify({ query, variables }),
        ...(signal && { signal }),
      });
      const answer = JSON.parse(await response.text());
      if (!answer.data) throw new Error(JSON.stringify(answer));
      return new Json(answer.data);
    },
    calls: (name) => shops[name].emulator.requests.list().map(({ method, path }) => `${method} ${path}`),
    reset() {
      for (const [index, { shop, name }] of opened.entries()) {
        shop.emulator.reset(scenarios[name], switches[name] ?? {});
        if (index === 0) clock.release();
      }
    },
    async close() {
      await server.close();
      await Promise.all(opened.map(({ shop }) => shop.emulator.close()));
    },
  };
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

function tokenOf({ sub = 'shopper-1', kind = 'customer', customers = {} }: Asking, now: Date): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000);
  return new SignJWT({ kind, scope: 'upsell:read upsell:write', customers })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setIssuer(auth.issuer)
    .setAudience(auth.audience)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + 3_600)
    .sign(new TextEncoder().encode(secret));
}
