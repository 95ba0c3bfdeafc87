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
  readonly mutation: 'addUpsellItem' | 'convertToSubscription' | 'completeCheckout';
  /** Without its idempotency key. */
  readonly input: object;
  count(): number;
}

export interface CrashShopOptions {
  readonly provider: keyof typeof emulators;
  readonly scenario: string;
  readonly switches?: Readonly<Record<string, unknown>>;
  readonly storage: 'embedded' | 'postgres';
  /** What becomes of the process whose writes stand still: it dies, or sleeps until another replica has ended them. */
  readonly fate: 'killed' | 'frozen';
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
   * Stops one write at each point, kills or freezes the process they run in, and repeats their requests at another replica.
   */
  crash(cases: readonly PlannedCrash[]): Promise<CrashResults>;
  /** Lets one write run through; the points it passes, in order, each once. */
  trace(how: CrashCase): Promise<readonly string[]>;
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
  // Dozens of processes share the server with other suites, and those that are frozen keep what they have.
  const storage = database
    ? { url: database.url, encryptionKey: auth.secret, connections: 2 }
    : { file: join(folder, 'ledger.db') };
  const definition = emulators[options.provider];
  const emulator = await startEmulator(definition, { scenario: options.scenario, switches: options.switches ?? {} });
  // Long enough for the process to die before the provider has done anything.
  emulator.faults.add({
    match: { headers: { 'x-slow': 'yes' } },
    times: 'always',
    action: { kind: 'delay', milliseconds: 5_000 },
  });
  emulator.faults.add({ match: { headers: { 'x-lost': 'yes' } }, times: 'always', action: { kind: 'reset' } });
  const { account, shopper } = definition.sandbox(emulator.url);
  const token = await tokenFor(account.key, shopper.customerId);
  const survivors = new Map<string, ServerProcess>();

  function configFile(name: string): string {
    const file = join(folder, `${name}.yaml`);
    const accounts = [{ ...account, ...options.settings[name] }];
    // One shopper does everything, and writes stand still for long.
    const server = { host: '127.0.0.1', port: 0, limits: { rate: { shopper: 0 }, requestSeconds: 300 } };
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

  /** Stops each write at its point, all in one process, and kills or freezes it. The others' answers come once it thaws. */
  async function cutOff(writes: readonly ReturnType<typeof planned>[], settings: string): Promise<CutOff> {
    const victim = await startServerProcess(configFile(settings));
    let hasStopped = false;
    const sent = writes.map(async ({ id, at, pass, request }) => {
      const headers = { 'x-stop-id': id, 'x-stop-at': at, 'x-stop-pass': String(pass) };
      const answer = await send(victim, token, request, headers).catch((error: unknown) => String(error));
      if (!hasStopped) throw new Error(`no write came to ${at}: ${JSON.stringify(answer)}`);
      return answer;
    });
    const answers = Promise.all(sent);
    try {
      await Promise.race([victim.stopped(new Map(writes.map(({ id, at }) => [id, at]))), answers]);
      hasStopped = true;
    } catch (error) {
      await victim.kill();
      throw error;
    }
    if (options.fate === 'killed') {
      await victim.kill();
      expect(await answers).toEqual(writes.map(() => 'TypeError: fetch failed'));
      return { thaw: async () => {} };
    }
    victim.freeze();
    return {
      async thaw(operations) {
        victim.thaw();
        const told = await answers;
        await victim.kill();
        // Whoever slept may say that it does not know, and nothing else than what is so.
        const statuses = told.map((answer) => (typeof answer === 'string' ? null : (answer.operation?.status ?? null)));
        expect(statuses.filter((status, index) => status !== null && status !== operations[index])).toEqual([]);
      },
    };
  }

  async function crash(wanted: readonly PlannedWrite[], settings: string): Promise<TitledRow[]> {
    const writes = wanted.map(planned);
    const { thaw } = await cutOff(writes, settings);
    const survivor = await survivorOf(settings);
    const ended = await Promise.all(writes.map(({ request }) => repeatUntilSettled(survivor, token, request)));
    await thaw(ended.map(({ operation }) => operation?.status ?? 'none'));
    return Promise.all(
      writes.map(async ({ title, at, count, before, request }, index): Promise<TitledRow> => {
        // And once more: the answer stays, nothing is added.
        const again = await send(survivor, token, request);
        const settled = ended[index]?.operation;
        // While an operation is open, each look may tell of another hindrance.
        const operation = settled?.status === 'INDETERMINATE' ? { status: settled.status } : settled;
        expect(again).toMatchObject({ replayed: true, operation });
        return [title, [at, again.operation?.status ?? 'none', count() - before]];
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

    async trace(how) {
      const { id, request } = planned({ title: '', at: 'nowhere', pass: 1, ...how });
      const survivor = await survivorOf(how.settings);
      const { operation } = await send(survivor, token, request, { 'x-stop-id': id, 'x-stop-at': 'nowhere' });
      expect(operation?.status).toBe('SUCCEEDED');
      return survivor.passed(id);
    },

    async close() {
      await Promise.all(Array.from(survivors.values(), (survivor) => survivor.kill()));
      await emulator.close();
      await database?.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

interface CutOff {
  /** Wakes the process, whose answers must not contradict how the operations ended. */
  thaw(statuses: readonly string[]): Promise<void>;
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

/** What is open and shows no more than this long after it was first said to be is not waited for: it may take until its order closes. */
const RESTING_MS = 5_000;

/** What has no end after this has none. */
const PATIENCE_MS = 300_000;

/** What a good client does after a lost response: the same request with the same key, as long as the answer advises it. */
async function repeatUntilSettled(server: ServerProcess, token: string, request: WriteRequest): Promise<Payload> {
  const deadline = performance.now() + PATIENCE_MS;
  let openSince: number | null = null;
  for (;;) {
    const payload = await send(server, token, request);
    if (performance.now() > deadline) throw new Error(`no end of ${JSON.stringify(payload)}`);
    const advice = new Set(payload.errors.map(({ retry }) => retry));
    if (!advice.has('SAME_KEY') && !advice.has('CHECK_OPERATION')) return payload;
    openSince = payload.operation?.status === 'INDETERMINATE' ? (openSince ?? performance.now()) : null;
    if (openSince !== null && performance.now() - openSince > RESTING_MS) return payload;
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
