import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '../../src/config.js';
import type { WriteTiming } from '../../src/operations/write-timing.js';
import { providers } from '../../src/providers/index.js';
import { createLog } from '../../src/server/log.js';
import { createUpsellServer } from '../../src/server.js';
import { caller, type Json } from '../emulators/calls.js';

/** The whole server in front of the emulators of all providers, asked over HTTP by the demo shopper. */
export interface Sandbox {
  readonly url: string;
  ask(query: string, variables?: object, headers?: Record<string, string>): Promise<Json>;
  /** What the provider behind an account was asked since the last time. */
  calls(account: string): Promise<readonly string[]>;
  reset(account: string, scenario: string, switches: object): Promise<void>;
  /** As its page shows it. */
  command(account: string, purpose: RegExp): Promise<string>;
  clearFaults(account: string): Promise<void>;
  emulatorUrl(account: string): string;
  /** Waits until the write with this key has an outcome. */
  settled(idempotencyKey: string): Promise<string>;
  /** How often faults struck since the emulator started over. */
  struck(account: string): Promise<number>;
  close(): Promise<void>;
}

export async function openSandbox(writeTiming: Partial<WriteTiming> = {}): Promise<Sandbox> {
  const loaded = loadConfig({ configPath: null, providers, env: { PORT: '0' } });
  if (loaded.outcome === 'invalid') throw new Error(loaded.message);
  const config = { ...loaded.config, server: { ...loaded.config.server, graphiql: false } };
  const server = await createUpsellServer({ config, writeTiming, log: createLog('warn', { write: () => {} }) });
  const url = await server.listen();
  const call = caller(url);
  const emulator = (account: string) => {
    const found = server.emulators.find((each) => each.account === account);
    if (!found) throw new Error(`there is no emulator for ${account}`);
    return caller(found.url);
  };

  return {
    url,
    ask: async (query, variables, headers) => (await call('POST', '/graphql', { query, variables }, headers)).json,
    async calls(account) {
      const { json } = await emulator(account)('GET', '/__emulator/requests');
      await emulator(account)('DELETE', '/__emulator/requests');
      return json.rows().map((row) => `${row.text('method')} ${row.text('path')}`);
    },
    async reset(account, scenario, switches) {
      await emulator(account)('POST', '/__emulator/reset', { scenario, switches });
    },
    async command(account, purpose) {
      const { json } = await call('GET', '/sandbox');
      const listing = json.rows('emulators').find((each) => each.at('account') === account);
      const control = listing?.rows('controls').find((each) => purpose.test(each.text('purpose')));
      if (!control) throw new Error(`there is no such command for ${account}`);
      return control.text('command');
    },
    async struck(account) {
      const { json } = await emulator(account)('GET', '/__emulator/faults');
      return json.rows().reduce((sum, fault) => sum + Number(fault.at('struck')), 0);
    },
    async clearFaults(account) {
      await emulator(account)('DELETE', '/__emulator/faults');
    },
    emulatorUrl: (account) => server.emulators.find((each) => each.account === account)?.url ?? '',
    async settled(idempotencyKey) {
      const query = 'query ($key: String!) { operationByKey(idempotencyKey: $key) { status } }';
      for (;;) {
        const { json } = await call('POST', '/graphql', { query, variables: { key: idempotencyKey } });
        const status = json.text('data', 'operationByKey', 'status');
        if (status !== 'INDETERMINATE' && status !== 'PENDING') return status;
        await sleep(200);
      }
    },
    close: () => server.close(),
  };
}
