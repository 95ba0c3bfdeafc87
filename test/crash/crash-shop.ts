import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { SignJWT } from 'jose';
import { toGlobalId } from '../../src/domain/reference.js';
import { emulators, type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import { freshDatabase } from '../storage/postgres.js';
import { type ServerProcess, startServerProcess } from './server-process.js';

/** Where the process dies, what the client's repeated request must end in, and how many items the provider has then. */
export type Row = readonly [at: string, status: string, items: number];

/** One item that may be added to one order, and how often the provider's own books show it. */
export interface Chance {
  readonly orderKey: string;
  readonly product: object;
  count(): number;
}

export interface CrashShopOptions {
  readonly provider: keyof typeof emulators;
  readonly scenario: string;
  readonly switches?: Readonly<Record<string, unknown>>;
  readonly storage: 'embedded' | 'postgres';
  /** Each an account configuration of its own, by name. */
  readonly settings: Readonly<Record<string, object>>;
  /** Orders to use up, one a case. */
  chances(emulator: RunningEmulator, ask: Ask): Chance[] | Promise<Chance[]>;
}

/** Asks a running replica with the shopper's token; the data of the answer. */
export type Ask = (query: string, variables: object) => Promise<unknown>;

export interface CrashShop {
  readonly emulator: RunningEmulator;
  /** Kills a server at a point of a write, lets the surviving replica answer the repeated request. */
  crash(at: string, settings: string, more?: { subscribe?: boolean; pass?: number }): Promise<Row>;
  /** The same, but the survivor is gone too and started again. */
  crashAll(at: string, settings: string): Promise<Row>;
  close(): Promise<void>;
}

const SLOW = 'while the provider works';

const auth = {
  secret: 'a secret of at least thirty-two bytes',
  issuer: 'https://issuer.test',
  audience: 'upsell-graph',
};

export async function openCrashShop(options: CrashShopOptions): Promise<CrashShop> {
  const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-crash-'));
  const database = options.storage === 'postgres' ? await freshDatabase() : null;
  const storage = database ? { url: database.url, encryptionKey: auth.secret } : { file: join(folder, 'ledger.db') };
  const definition = emulators[options.provider];
  const emulator = await startEmulator(definition, { scenario: options.scenario, switches: options.switches ?? {} });
  const { account, shopper } = definition.sandbox(emulator.url);
  const token = await tokenFor(account.key, shopper.customerId);
  const survivors = new Map<string, ServerProcess>();

  function configFile(name: string): string {
    const file = join(folder, `${name}.yaml`);
    const accounts = [{ ...account, ...options.settings[name] }];
    // One shopper does everything.
    const server = { host: '127.0.0.1', port: 0, limits: { rate: { shopper: 0 } } };
    // JSON is YAML.
    writeFileSync(file, JSON.stringify({ server, auth, storage, accounts }));
    return file;
  }

  async function startSurvivor(name: string): Promise<ServerProcess> {
    const survivor = await startServerProcess(configFile(name), null);
    survivors.set(name, survivor);
    return survivor;
  }

  for (const name of Object.keys(options.settings)) await startSurvivor(name);
  const [anySurvivor] = survivors.values();
  if (!anySurvivor) throw new Error('there are no settings');
  const chances = await options.chances(emulator, (query, variables) => ask(anySurvivor, token, query, variables));

  async function run(
    at: string,
    settings: string,
    survivorOf: () => Promise<ServerProcess>,
    { subscribe = false, pass = 1 } = {},
  ): Promise<Row> {
    const chance = chances.shift();
    if (!chance) throw new Error('there are fewer orders than cases');
    const orderId = toGlobalId({ type: 'Order', account: account.key, key: chance.orderKey });
    const before = chance.count();
    if (at === SLOW) delayWrites(emulator);
    const request = {
      idempotencyKey: `${at}, ${orderId}`.slice(-120),
      orderId,
      item: { product: chance.product },
      ifPresent: 'ADD',
      ...(subscribe && { subscribe: { every: 8, unit: 'WEEK' } }),
    };
    const victim = await startServerProcess(configFile(settings), { at, pass });
    await expect(send(victim, token, request)).rejects.toThrow('fetch failed');
    await victim.gone;
    const survivor = await survivorOf();
    const settled = await repeatUntilSettled(survivor, token, request);
    // And once more: the answer stays, nothing is added.
    const again = await send(survivor, token, request);
    expect(again).toMatchObject({ replayed: true, operation: settled.operation });
    return [at, settled.operation?.status ?? 'none', chance.count() - before];
  }

  const survivorOf = (settings: string) => {
    const survivor = survivors.get(settings);
    if (!survivor) throw new Error(`no survivor was started for ${settings}`);
    return survivor;
  };

  return {
    emulator,
    crash: (at, settings, more) => run(at, settings, async () => survivorOf(settings), more),
    crashAll: (at, settings) =>
      run(at, settings, async () => {
        await survivorOf(settings).kill();
        return startSurvivor(settings);
      }),
    async close() {
      await Promise.all(Array.from(survivors.values(), (survivor) => survivor.kill()));
      await emulator.close();
      await database?.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A few at a time, since each starts a process; alone where the provider is slowed down for whoever comes next. */
export async function crashAtEach(rows: readonly Row[], crash: (at: string) => Promise<Row>): Promise<Row[]> {
  const results = new Map<string, Row>();
  const queue = rows.map(([at]) => at).filter((at) => at !== SLOW);
  const worker = async () => {
    for (let at = queue.shift(); at !== undefined; at = queue.shift()) results.set(at, await crash(at));
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  if (rows.some(([at]) => at === SLOW)) results.set(SLOW, await crash(SLOW));
  return rows.map(([at]) => results.get(at) ?? [at, 'was not run', 0]);
}

/** The emulator's records as plain data. */
export function recordsOf(emulator: RunningEmulator): unknown {
  return JSON.parse(JSON.stringify(emulator.state()));
}

/** Long enough for the client to die before the provider has done anything. */
function delayWrites(emulator: RunningEmulator): void {
  for (const method of ['POST', 'PUT']) {
    emulator.faults.add({ match: { method }, action: { kind: 'delay', milliseconds: 500 } });
  }
}

interface Payload {
  readonly replayed: boolean;
  readonly operation: { readonly status: string } | null;
  readonly errors: readonly { readonly retry: string }[];
}

async function send(server: ServerProcess, token: string, input: object): Promise<Payload> {
  const query = `mutation ($input: AddUpsellItemInput!) {
    addUpsellItem(input: $input) { replayed operation { status } errors { retry } }
  }`;
  const { addUpsellItem } = (await ask(server, token, query, { input })) as { addUpsellItem: Payload };
  return addUpsellItem;
}

async function ask({ url }: ServerProcess, token: string, query: string, variables: object): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = JSON.parse(await response.text());
  if (!data) throw new Error(JSON.stringify(errors));
  return data;
}

/** What a good client does after a lost response: the same request with the same key, as long as the answer advises it. */
async function repeatUntilSettled(server: ServerProcess, token: string, request: object): Promise<Payload> {
  for (;;) {
    const payload = await send(server, token, request);
    if (payload.errors.every(({ retry }) => retry === 'NEW_REQUEST')) return payload;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function tokenFor(account: string, customerId: string): Promise<string> {
  return new SignJWT({ kind: 'customer', scope: 'upsell:read upsell:write', customers: { [account]: customerId } })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('shopper-1')
    .setIssuer(auth.issuer)
    .setAudience(auth.audience)
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(auth.secret));
}
