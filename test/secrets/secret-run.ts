import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { type OtlpReceiver, startOtlpReceiver } from '../observability/otlp-receiver.js';
import { freshDatabase } from '../storage/postgres.js';
import type { FullStack } from '../support/full-stack.js';
import { type Ask, Drive } from './drive.js';
import { type Finding, Markers } from './markers.js';
import { plantSecrets, startSecretStack } from './secret-stack.js';
import { readFileBytes, type ReadStored, readRows } from './stored-rows.js';
import { WatchedOutput } from './watched-output.js';

export type StorageKind = 'file' | 'database';

/** Plants secrets, watches all output of one suite, and ends it with the counts. */
export class SecretRun {
  readonly markers = new Markers();
  readonly planted = plantSecrets(this.markers);
  readonly output = new WatchedOutput();
  readonly card = { card: this.markers.plant('payment field'), nested: [{ iban: this.markers.plant('bank account') }] };
  readonly #folder = mkdtempSync(join(tmpdir(), 'upsell-graph-secrets-'));
  readonly #ends: (() => Promise<void>)[] = [];
  #stored: ReadStored[] = [];
  #collector: OtlpReceiver | null = null;
  #bearer: string | null = null;
  #storages = 0;
  /** Failure paths driven so far. */
  paths = 0;

  constructor() {
    beforeAll(async () => {
      this.#collector = await startOtlpReceiver();
      this.output.watchProcess();
    });
    afterAll(async () => {
      this.output.release();
      await this.#collector?.close();
      for (const end of this.#ends) await end();
      rmSync(this.#folder, { recursive: true });
      process.stdout.write(
        `Secrets: ${this.markers.count} markers planted, ${this.paths} failure paths driven, ` +
          `${Math.round(this.markers.searched / 1024)} KiB of output and stored rows searched\n`,
      );
    });
  }

  /** A new one. Without a PostgreSQL server every storage is a file. */
  async storage(kind: StorageKind): Promise<{ readonly file: string } | { readonly url: string }> {
    const database = kind === 'database' ? await freshDatabase().catch(() => null) : null;
    if (database) {
      this.#stored.push(readRows(database.url));
      this.#ends.push(() => database.drop());
      return { url: this.withPassword(database.url) };
    }
    const file = join(this.#folder, `${(this.#storages += 1)}.db`);
    this.#stored.push(readFileBytes(file));
    return { file };
  }

  /** A database that trusts this machine does not look at it. */
  withPassword(databaseUrl: string): string {
    const url = new URL(databaseUrl);
    url.password = this.planted.databasePassword;
    return url.href;
  }

  open(storage: object, settings?: Readonly<Record<string, object>>): Promise<FullStack> {
    const otlpUrl = this.#collector?.url ?? '';
    const { planted, output } = this;
    return startSecretStack({ planted, output, otlpUrl, storage, ...(settings && { settings }) });
  }

  /** Of the shopper, as the server knows them: the same at every stack. */
  async bearerAt(stack: FullStack): Promise<string> {
    const { claims, swaps } = this.planted;
    const marked = (text: string) => swaps.reduce((swapped, [real, to]) => swapped.replaceAll(real, to), text);
    const customers = Object.fromEntries(stack.fixtures.map(({ account, shopper }) => [account, marked(shopper)]));
    this.#bearer ??= await stack.bearer({ ...claims, customers });
    this.markers.watch('bearer token', this.#bearer.split('.').at(-1) ?? '');
    return this.#bearer;
  }

  /** Whatever comes back is output; only the session is handed back to the shopper. */
  async send(stack: FullStack, body: unknown, headers: Readonly<Record<string, string>>): Promise<string> {
    const answer = await stack.send(body, headers);
    const told = Array.from(answer.headers).filter(([name]) => name !== 'x-shopper-session');
    this.output.note('an HTTP answer', `${answer.status} ${JSON.stringify(told)}\n${answer.text}`);
    const renewed = answer.headers.get('x-shopper-session')?.split('=')[1];
    if (renewed !== undefined) this.markers.watch('renewed session token', renewed);
    return answer.text;
  }

  async askerAt(stack: FullStack, headers: Readonly<Record<string, string>> = {}): Promise<Ask> {
    const authorization = await this.bearerAt(stack);
    return (query, variables) => this.send(stack, { query, variables }, { authorization, ...headers });
  }

  /** Asks all there is of a stack, once its checkouts are finished. */
  async driveAt(stack: FullStack): Promise<Drive> {
    return Drive.start(await this.askerAt(stack), this.card);
  }

  async close(stack: FullStack): Promise<void> {
    this.output.note('the metrics', await (await fetch(`${stack.url}/metrics`)).text());
    await stack.close();
  }

  /** Looks through everything since the last time. */
  async findings(): Promise<readonly Finding[]> {
    this.output.note('a span', (this.#collector?.takeTexts() ?? []).join('\n'));
    for (const read of this.#stored.splice(0)) this.output.note('a stored row', await read());
    return this.output.find(this.markers);
  }
}
