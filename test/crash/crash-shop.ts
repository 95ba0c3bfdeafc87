import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { SignJWT } from 'jose';
import { type emulators, startEmulator } from '../../src/emulators/index.js';
import { Json } from '../emulators/calls.js';
import { freshDatabase } from '../storage/postgres.js';
import {
  ADDING,
  type CrashedAccount,
  type CrashedWrite,
  type CrashSubject,
  type Row,
  type WriteScenario,
  type WriteScenarios,
} from './crash-subject.js';
import { type ServerProcess, startServerProcess } from './server-process.js';

/** A provider whose writes are stopped. */
export interface CrashedProvider {
  readonly name: string;
  readonly emulator: (typeof emulators)[keyof typeof emulators];
  readonly subject: CrashSubject;
  readonly writes: readonly CrashedWrite[];
}

export interface CrashSetting {
  readonly storage: 'embedded' | 'postgres';
  /** What becomes of the process whose writes stand still: it dies, or sleeps until another replica has ended them. */
  readonly fate: 'killed' | 'frozen';
  /** No other replica runs: one is started after the crash. */
  readonly isAlone?: boolean;
}

export interface CrashResults {
  /** By the title of the write. */
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  /** What a write passes that nothing is in the way of, in order, each once. */
  readonly points: readonly string[];
}

/**
 * Stops one write at each point, at all providers, in one process on one ledger; kills or freezes it, and repeats the
 * requests at another replica. By the name of the provider.
 */
export async function crashAll(
  providers: readonly CrashedProvider[],
  setting: CrashSetting,
): Promise<ReadonlyMap<string, CrashResults>> {
  const site = await openSite(providers, setting);
  try {
    const rows = await site.crash();
    const results = new Map<string, CrashResults>();
    for (const provider of providers) {
      const points = await site.trace(provider);
      results.set(provider.name, { rows: rowsOf(provider, rows), points });
    }
    return results;
  } finally {
    await site.close();
  }
}

/** The rows of each write in the order of its points. */
function rowsOf({ name, writes }: CrashedProvider, all: readonly EndedWrite[]): CrashResults['rows'] {
  const mine = all.filter((each) => each.provider === name);
  return new Map(
    writes.map(({ title, rows }) => [
      title,
      rows.map(
        ([at]): Row => mine.find((each) => each.title === title && each.row[0] === at)?.row ?? [at, 'was not run', 0],
      ),
    ]),
  );
}

interface PlannedWrite {
  readonly id: string;
  readonly provider: string;
  readonly title: string;
  readonly at: string;
  readonly pass: number;
  readonly count: () => number;
  /** What the books showed before. */
  readonly before: number;
  readonly request: WriteRequest;
}

interface EndedWrite {
  readonly provider: string;
  readonly title: string;
  readonly row: Row;
}

interface OpenAccount extends CrashedAccount {
  readonly settings: object;
}

const auth = {
  secret: 'a secret of at least thirty-two bytes',
  issuer: 'https://issuer.test',
  audience: 'upsell-graph',
};

async function openSite(providers: readonly CrashedProvider[], { storage: kind, fate, isAlone }: CrashSetting) {
  const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-crash-'));
  const database = kind === 'postgres' ? await freshDatabase() : null;
  // Other suites use the server as well, and a process that is frozen keeps what it has.
  const storage = database
    ? { url: database.url, encryptionKey: auth.secret, connections: 4 }
    : { file: join(folder, 'ledger.db') };
  const accounts = new Map<string, OpenAccount>();
  const nameOf = (provider: string, settings: string) => `${provider}, ${settings}`;
  const scenarios = new Map<string, WriteScenarios>();
  const configFile = join(folder, 'upsell-graph.yaml');
  let token = '';
  let survivor: ServerProcess | null = null;
  try {
    await open();
  } catch (error) {
    await close();
    throw error;
  }

  async function open(): Promise<void> {
    for (const { name, emulator, subject, writes } of providers) {
      for (const settings of new Set(writes.map((write) => write.settings))) {
        accounts.set(nameOf(name, settings), await openAccount(emulator, subject, settings));
      }
    }
    token = await tokenFor(accounts.values());
    // JSON is YAML. One shopper does everything, and writes stand still for long.
    const server = { host: '127.0.0.1', port: 0, limits: { rate: { shopper: 0 }, requestSeconds: 300 } };
    const entries = Array.from(accounts.values(), ({ settings }) => settings);
    writeFileSync(configFile, JSON.stringify({ server, auth, storage, accounts: entries }));
    if (isAlone !== true) await survive();
    for (const { name, subject, writes } of providers) {
      for (const settings of new Set(writes.map((write) => write.settings))) {
        const place = nameOf(name, settings);
        scenarios.set(place, await subject.scenarios(accountOf(place)));
      }
    }
  }

  async function close(): Promise<void> {
    await survivor?.kill();
    await Promise.all(Array.from(accounts.values(), ({ emulator }) => emulator.close()));
    await database?.drop();
    rmSync(folder, { recursive: true });
  }

  function accountOf(place: string): OpenAccount {
    const account = accounts.get(place);
    if (!account) throw new Error(`there is no account of ${place}`);
    return account;
  }

  async function openAccount(
    definition: CrashedProvider['emulator'],
    subject: CrashSubject,
    settings: string,
  ): Promise<OpenAccount> {
    const emulator = await startEmulator(definition, { scenario: subject.scenario, switches: subject.switches ?? {} });
    // Long enough for the process to die before the provider has done anything.
    const slow = { kind: 'delay', milliseconds: 5_000 } as const;
    emulator.faults.add({ match: { headers: { 'x-slow': 'yes' } }, times: 'always', action: slow });
    emulator.faults.add({ match: { headers: { 'x-lost': 'yes' } }, times: 'always', action: { kind: 'reset' } });
    const { account, shopper } = definition.sandbox(emulator.url);
    const key = `${account.key}-${accounts.size}`;
    return {
      emulator,
      account: key,
      customerId: shopper.customerId,
      // That a machine is busy is not what is tried.
      settings: { ...account, timeoutMs: 60_000, ...subject.settings[settings], key },
      ask: async (query, variables) => new Json(await ask(await survive(), token, query, variables)),
    };
  }

  /** The replica that is not stopped; it is started when it is first asked for. */
  async function survive(): Promise<ServerProcess> {
    survivor ??= await startServerProcess(configFile);
    return survivor;
  }

  function planned(provider: string, write: Omit<CrashedWrite, 'rows'>, at: string): PlannedWrite {
    const scenario = scenarios.get(nameOf(provider, write.settings))?.[write.write]?.shift();
    if (!scenario) throw new Error(`there are fewer scenarios of ${write.write} at ${provider} than points`);
    const { mutation, input, count } = scenario;
    const request = { mutation, input: { idempotencyKey: randomUUID(), ...input } };
    const { title, pass = 1 } = write;
    return { id: randomUUID(), provider, title, at, pass, count, before: count(), request };
  }

  /** Stops each write at its point, all in one process, and kills or freezes it. The others' answers come once it thaws. */
  async function cutOff(writes: readonly PlannedWrite[]): Promise<CutOff> {
    const victim = await startServerProcess(configFile);
    let hasStopped = false;
    const answers = new Map<string, Promise<Payload | string>>();
    async function stop({ id, provider, title, at, pass, request }: PlannedWrite): Promise<void> {
      const headers = { 'x-stop-id': id, 'x-stop-at': at, 'x-stop-pass': String(pass) };
      const answer = send(victim, token, request, headers).catch((error: unknown) => String(error));
      answers.set(id, answer);
      const answered = async () => {
        const early = JSON.stringify(await answer);
        if (!hasStopped) throw new Error(`no write at ${provider} came to ${at}: ${early}`);
      };
      await Promise.race([victim.stopped(id, `${at} (${provider}: ${title})`), answered()]);
    }
    try {
      // The provider works for seconds only: those writes come last.
      for (const isLast of [false, true]) {
        await inTurns(
          writes.filter(({ at }) => (at === 'while the provider works') === isLast),
          stop,
        );
      }
      hasStopped = true;
    } catch (error) {
      await victim.kill();
      throw error;
    }
    if (fate === 'killed') {
      await victim.kill();
      expect(await Promise.all(answers.values())).toEqual(writes.map(() => 'TypeError: fetch failed'));
      return { thaw: async () => {} };
    }
    victim.freeze();
    return {
      async thaw(operations) {
        victim.thaw();
        const told = await Promise.all(writes.map(({ id }) => answers.get(id) ?? Promise.resolve('not sent')));
        await victim.kill();
        // Whoever slept may say that it does not know, and nothing else than what is so.
        const statuses = told.map((answer) => (typeof answer === 'string' ? null : (answer.operation?.status ?? null)));
        expect(statuses.filter((status, index) => status !== null && status !== operations[index])).toEqual([]);
      },
    };
  }

  return {
    async crash(): Promise<readonly EndedWrite[]> {
      const writes = providers.flatMap(({ name, writes: own }) =>
        own.flatMap((write) => write.rows.map(([at]) => planned(name, write, at))),
      );
      const { thaw } = await cutOff(writes);
      const replica = await survive();
      const ended = await inTurns(writes, ({ request }) => repeatUntilSettled(replica, token, request));
      await thaw(ended.map(({ operation }) => operation?.status ?? 'none'));
      return inTurns(writes, async ({ provider, title, at, count, before, request }, index): Promise<EndedWrite> => {
        // And once more: the answer stays, nothing is added.
        const again = await send(replica, token, request);
        const settled = ended[index]?.operation;
        // While an operation is open, each look may tell of another hindrance.
        const operation = settled?.status === 'INDETERMINATE' ? { status: settled.status } : settled;
        expect(again).toMatchObject({ replayed: true, operation });
        return { provider, title, row: [at, again.operation?.status ?? 'none', count() - before] };
      });
    },

    async trace({ name, subject }: CrashedProvider): Promise<readonly string[]> {
      const [settings = ''] = Object.keys(subject.settings);
      const { id, request } = planned(name, { title: '', write: ADDING, settings }, 'nowhere');
      const replica = await survive();
      const { operation } = await send(replica, token, request, { 'x-stop-id': id, 'x-stop-at': 'nowhere' });
      expect(operation?.status).toBe('SUCCEEDED');
      return replica.passed(id);
    },

    close,
  };
}

interface CutOff {
  /** Wakes the process, whose answers must not contradict how the operations ended. */
  thaw(statuses: readonly string[]): Promise<void>;
}

/** How many writes are in motion at a time: a ledger that hundreds come to at once says that it cannot be reached. */
const AT_ONCE = 24;

async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const left = items.entries();
  const turns = Array.from({ length: AT_ONCE }, async () => {
    for (const [index, item] of left) results[index] = await work(item, index);
  });
  await Promise.all(turns);
  return results;
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

/** Repeats a request as long as the answer advises it, as where the ledger's disk is too slow for all that comes to it. */
async function ask(
  { url }: ServerProcess,
  token: string,
  query: string,
  variables: object,
  headers = {},
): Promise<unknown> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = JSON.parse(await response.text());
    if (data) return data;
    const isAdvised = new Json(errors).at(0, 'extensions', 'retry') === 'SAME_KEY';
    if (!isAdvised || performance.now() > deadline) throw new Error(JSON.stringify(errors));
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** What is open and shows no more than this long after it was first said to be is not waited for: it may take until its order closes. */
const RESTING_MS = 5_000;

/** Between two requests of one client: hundreds of them repeat theirs at the same replica. */
const PAUSE_MS = 400;

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
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

function tokenFor(accounts: Iterable<CrashedAccount>): Promise<string> {
  const customers = Object.fromEntries(Array.from(accounts, ({ account, customerId }) => [account, customerId]));
  return new SignJWT({ kind: 'customer', scope: 'upsell:read upsell:write', customers })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('shopper-1')
    .setIssuer(auth.issuer)
    .setAudience(auth.audience)
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(auth.secret));
}
