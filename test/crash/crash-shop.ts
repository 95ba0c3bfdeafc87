import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { SignJWT } from 'jose';
import { emulators, type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import { freshDatabase } from '../storage/postgres.js';
import { type ServerProcess, startServerProcess } from './server-process.js';

/** Where a write is stopped, what the client's repeated request must end in, and how many the provider's books show then. */
export type Row = readonly [at: string, status: string, made: number];

/** One write that may be made once, and how often the provider's own books show what it makes. */
export interface WriteScenario {
  readonly mutation: 'addUpsellItem' | 'convertToSubscription';
  /** Without its idempotency key. */
  readonly input: object;
  count(): number;
}

export interface CrashShopOptions {
  readonly provider: keyof typeof emulators;
  readonly scenario: string;
  readonly switches?: Readonly<Record<string, unknown>>;
  readonly storage: 'embedded' | 'postgres';
  /** No other replica runs: one is started after the crash. */
  readonly isAlone?: boolean;
  /** Each an account configuration of its own, by name. */
  readonly settings: Readonly<Record<string, object>>;
  /** Creates the scenarios to use up, one per case. */
  scenarios(emulator: RunningEmulator, ask: Ask): WriteScenarios | Promise<WriteScenarios>;
}

/** By what is made of them. */
export type WriteScenarios = Readonly<Record<string, WriteScenario[]>>;

/** Asks a running replica with the shopper's token; the data of the answer. */
export type Ask = (query: string, variables: object) => Promise<unknown>;

export interface CrashShop {
  /**
   * Stops one write at each point, kills the process they run in, and repeats their requests at another replica.
   */
  crash(cases: readonly PlannedCrash[]): Promise<CrashResults>;
  close(): Promise<void>;
}

/** By the title of the case. */
export type CrashResults = ReadonlyMap<string, readonly Row[]>;

export interface CrashCase {
  readonly settings: string;
  /** The name of the scenarios to take. */
  readonly write: string;
  /** Which time the point is passed; 1 unless told. */
  readonly pass?: number;
}

interface PlannedCrash extends CrashCase {
  readonly title: string;
  readonly points: readonly string[];
}

interface PlannedWrite extends Required<CrashCase> {
  readonly title: string;
  readonly at: string;
}

type TitledRow = readonly [title: string, row: Row];

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
  // Long enough for the process to die before the provider has done anything.
  emulator.faults.add({
    match: { headers: { 'x-slow': 'yes' } },
    times: 'always',
    action: { kind: 'delay', milliseconds: 5_000 },
  });
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

  async function survivorOf(settings: string): Promise<ServerProcess> {
    const survivor = survivors.get(settings) ?? (await startServerProcess(configFile(settings)));
    survivors.set(settings, survivor);
    return survivor;
  }

  if (options.isAlone !== true) {
    await Promise.all(Object.keys(options.settings).map((name) => survivorOf(name)));
  }
  const [anySettings = ''] = Object.keys(options.settings);
  const scenarios = await options.scenarios(emulator, async (query, variables) =>
    ask(await survivorOf(anySettings), token, query, variables),
  );

  function planned({ title, write, at, pass }: PlannedWrite) {
    const scenario = scenarios[write]?.shift();
    if (!scenario) throw new Error(`there are fewer scenarios of ${write} than cases`);
    const { mutation, input, count } = scenario;
    const request = { mutation, input: { idempotencyKey: randomUUID(), ...input } };
    return { id: randomUUID(), title, at, pass, count, before: count(), request };
  }

  /** Stops each write at its point, all in one process, and kills it. */
  async function cutOff(writes: readonly ReturnType<typeof planned>[], settings: string): Promise<void> {
    const victim = await startServerProcess(configFile(settings));
    const sent = writes.map(async ({ id, at, pass, request }) => {
      const answer = send(victim, token, request, { 'x-stop-id': id, 'x-stop-at': at, 'x-stop-pass': String(pass) });
      await expect(answer.then((payload) => ({ at, payload }))).rejects.toThrow('fetch failed');
    });
    try {
      await Promise.race([victim.stopped(new Map(writes.map(({ id, at }) => [id, at]))), Promise.all(sent)]);
    } finally {
      await victim.kill();
    }
    await Promise.all(sent);
  }

  async function crash(wanted: readonly PlannedWrite[], settings: string): Promise<TitledRow[]> {
    const writes = wanted.map(planned);
    await cutOff(writes, settings);
    const survivor = await survivorOf(settings);
    return Promise.all(
      writes.map(async ({ title, at, count, before, request }): Promise<TitledRow> => {
        const settled = await repeatUntilSettled(survivor, token, request);
        // And once more: the answer stays, nothing is added.
        const again = await send(survivor, token, request);
        expect(again).toMatchObject({ replayed: true, operation: settled.operation });
        return [title, [at, settled.operation?.status ?? 'none', count() - before]];
      }),
    );
  }

  return {
    async crash(cases) {
      const writes = cases.flatMap(({ points, pass = 1, ...how }) => points.map((at) => ({ ...how, at, pass })));
      const runs = Object.keys(options.settings).map((settings) =>
        crash(
          writes.filter((write) => write.settings === settings),
          settings,
        ),
      );
      // None starts processes any more when the shop is closed after another one failed.
      await Promise.allSettled(runs);
      const rows = await Promise.all(runs);
      return new Map(cases.map(({ title, points }) => [title, sorted(rows.flat(), title, points)]));
    },

    async close() {
      await Promise.all(Array.from(survivors.values(), (survivor) => survivor.kill()));
      await emulator.close();
      await database?.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The rows of a case in the order of its points. */
function sorted(rows: readonly TitledRow[], title: string, points: readonly string[]): readonly Row[] {
  const mine = rows.flatMap(([owner, row]) => (owner === title ? [row] : []));
  return points.map((point) => mine.find(([at]) => at === point) ?? [point, 'was not run', 0]);
}

interface Payload {
  readonly replayed: boolean;
  readonly operation: { readonly status: string } | null;
  readonly errors: readonly { readonly retry: string }[];
}

interface WriteRequest {
  readonly mutation: WriteScenario['mutation'];
  readonly input: object;
}

async function send(
  server: ServerProcess,
  token: string,
  { mutation, input }: WriteRequest,
  headers = {},
): Promise<Payload> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) {
    payload: ${mutation}(input: $input) { replayed operation { status steps { name outcome problem { kind detail } } } errors { code message retry } }
  }`;
  const { payload } = (await ask(server, token, query, { input }, headers)) as { payload: Payload };
  return payload;
}

async function ask(
  { url }: ServerProcess,
  token: string,
  query: string,
  variables: object,
  headers = {},
): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = JSON.parse(await response.text());
  if (!data) throw new Error(JSON.stringify(errors));
  return data;
}

/** What a good client does after a lost response: the same request with the same key, as long as the answer advises it. */
async function repeatUntilSettled(server: ServerProcess, token: string, request: WriteRequest): Promise<Payload> {
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
