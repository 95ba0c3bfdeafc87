import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createKeyedMutex } from '../../src/operations/keyed-mutex.js';

const script = fileURLToPath(new URL('crashing-server.mjs', import.meta.url));

/** Longer than a write may take. */
const PATIENCE_MS = 120_000;

const START_PATIENCE_MS = 600_000;
const starts = createKeyedMutex();

export interface ServerProcess {
  readonly url: string;
  /** Resolves once each of these writes stands at its point, `points` by the id of the write; rejects with those not come to. */
  stopped(points: ReadonlyMap<string, string>): Promise<void>;
  kill(): Promise<void>;
}

/** One at a time: those that run already must not starve meanwhile. */
export async function startServerProcess(configFile: string): Promise<ServerProcess> {
  const release = await starts.acquire('', { timeoutMs: START_PATIENCE_MS });
  if (!release) throw new Error('no turn came to start a server');
  try {
    return await start(configFile);
  } finally {
    release();
  }
}

async function start(configFile: string): Promise<ServerProcess> {
  const child = spawn(process.execPath, [script, configFile], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone: Promise<unknown> = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('the server process ended');
    return value;
  };
  return {
    url: await nextLine(),
    async stopped(points) {
      const missing = new Map(points);
      const tooLate = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      try {
        while (missing.size > 0) missing.delete((await nextLine()).replace('stopped ', ''));
      } catch (error) {
        throw new Error(`no write came to: ${Array.from(missing.values()).join(', ')}`, { cause: error });
      } finally {
        clearTimeout(tooLate);
      }
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
